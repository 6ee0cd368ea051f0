import type { Value } from "../value.ts"
import { type Leaves, placeOf, type Tape } from "./tape.ts"

/**
 * Throws unless a second trace, on other numbers, gave the same program as the first; or if a program reads a `Value` that
 * is there in both, although it is neither a parameter nor a placeholder: what a function makes, it makes anew each time.
 * So branches on `.data`, numbers made from `.data`, random numbers, and parameters missing from the list come to light.
 */
export function compare(name: string, tape: Tape, one: readonly Value[], two: readonly Value[], leaves: Leaves): void {
  const { nodes } = tape
  let outsider: Value | undefined
  for (let i = 0; i < nodes.length || i < two.length; i++) {
    const value = two[i]
    const { op, a, b, source, index } = nodes[i] ?? {}
    const isSame =
      value?.rule === op &&
      placeOf(value?.a) === a &&
      placeOf(value?.b) === b &&
      (op ?? (source === "constant" ? Object.is(value?.data, index) : leaves[source as keyof Leaves][index!] === value))
    if (!isSame) {
      const reader = !op && nodes.find((node) => node.a === i || node.b === i)?.op
      throw new TypeError(
        `compile: expected \`${name}\` to be one program for all numbers, but ${reader ? `what ${reader.name} reads` : `value ${i}`} ` +
          `is ${describe(one[i])} in one trace and ${describe(value)} in another. Nothing may depend on .data or Math.random.`,
      )
    }
    if (value === one[i] && (op ?? (source === "constant" && !outsider))) outsider = value
  }
  if (outsider) {
    throw new TypeError(
      `compile: \`${name}\` reads ${describe(outsider)}, a Value that is not among the parameters and not made inside. ` +
        "Add it to the parameters to train it; else make it inside, or write a plain number.",
    )
  }
}

/** `relu(add)` for what an op made; for a leaf its label, or its number. */
function describe(value: Value | undefined): string {
  if (!value) return "missing"
  const { op, inputs, label, data } = value
  return op ? `${op}(${inputs.map((input) => input.op || describe(input)).join(", ")})` : label || `the number ${data}`
}
