import type { Value } from "../value.ts"
import { type Leaves, type Tape, type TapeNode } from "./tape.ts"

/**
 * Throws unless a second trace, on other numbers, gave the same program as the first; or if a program reads a `Value` that
 * is there in both, although it is neither a parameter nor a placeholder: what a function makes, it makes anew each time.
 * So branches on `.data`, numbers made from `.data`, random numbers, and parameters missing from the list come to light.
 */
export function compare(name: string, tape: Tape, one: readonly Value[], two: readonly Value[], leaves: Leaves): void {
  const { nodes } = tape
  let outsider: Value | undefined
  let i = 0
  for (; i < nodes.length && i < two.length; i++) {
    const node = nodes[i]!
    const value = two[i]!
    if (!isSame(node, value, leaves)) break
    if (value === one[i] && (node.op || (node.source === "constant" && !outsider))) outsider = value
  }
  if (i < nodes.length || i < two.length) throw parted(name, nodes, i, one[i], two[i])
  if (outsider) {
    throw new TypeError(
      `compile: \`${name}\` reads ${describe(outsider)}, a Value that is not among the parameters and not made inside. ` +
        "Add it to the parameters to train it; else make it inside, or write a plain number.",
    )
  }
}

/** Whether a value of the second trace is what stands in its place on the tape. */
function isSame(node: TapeNode, value: Value, leaves: Leaves): boolean {
  if (node.op) return value.rule === node.op && value.a!.mark === node.a && (value.b ? value.b.mark : -1) === node.b
  if (value.rule) return false
  return node.source === "constant"
    ? Object.is(value.data, node.value)
    : value === leaves[node.source as keyof Leaves][node.index!]
}

/** What to say of place `i`, the first that differs. */
function parted(name: string, nodes: readonly TapeNode[], i: number, one?: Value, two?: Value): TypeError {
  const reader = !nodes[i]?.op && nodes.find((node) => node.op && (node.a === i || node.b === i))?.op
  return new TypeError(
    `compile: expected \`${name}\` to be one program for all numbers, but ${reader ? `what ${reader.name} reads` : `value ${i}`} ` +
      `is ${describe(one)} in one trace and ${describe(two)} in another. Nothing may depend on .data or Math.random.`,
  )
}

/** `relu(add)` for what an op made; for a leaf its label, or its number. */
function describe(value: Value | undefined): string {
  if (!value) return "missing"
  const { op, inputs, label, data } = value
  return op ? `${op}(${inputs.map((input) => input.op || describe(input)).join(", ")})` : label || `the number ${data}`
}
