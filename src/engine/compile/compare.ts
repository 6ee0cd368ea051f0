import type { Value } from "../value.ts"
import type { Tape, TapeNode } from "./tape.ts"

/** Where two programs part, as text: `value 3 is relu(add) in one and tanh(add) in the other`; undefined if nowhere. */
export function difference(one: Tape, two: Tape): string | undefined {
  for (const [i, node] of one.nodes.entries()) {
    const other = two.nodes[i]
    if (!other || node.op !== other.op || node.a !== other.a || node.b !== other.b || node.source !== other.source) {
      return `value ${i} is ${describe(one, node)} in one and ${other ? describe(two, other) : "missing"} in the other`
    }
    if (!node.op && !Object.is(node.index, other.index)) {
      const reader = one.nodes.find(({ a, b }) => a === i || b === i)
      return `${reader ? reader.op!.name : "the result"} reads ${node.index} in one and ${other.index} in the other`
    }
  }
  const [here, there] = [one.nodes.length, two.nodes.length]
  if (here !== there) return `it has ${here} values in one and ${there} in the other`
  return String(one.outputs) === String(two.outputs)
    ? undefined
    : "the results are other values in one than in the other"
}

function describe({ nodes }: Tape, { op, a, b, source, index }: TapeNode): string {
  if (!op) return source === "constant" ? String(index) : `${source} ${index}`
  const names = [a, b].filter((i) => i >= 0).map((i) => nodes[i]!.op?.name ?? nodes[i]!.source)
  return `${op.name}(${names.join(", ")})`
}

/**
 * Throws if a program reads a `Value` that is there in both of its traces, although it is neither a parameter nor a
 * placeholder: what a function makes for itself, it makes anew each time.
 */
export function refuseOutsiders(name: string, { nodes, origins }: Tape & { origins: Value[] }, again: Value[]): void {
  const outside = origins.filter(
    (origin, i) => origin === again[i] && (nodes[i]!.op !== undefined || nodes[i]!.source === "constant"),
  )
  const value = outside.findLast(({ rule }) => rule) ?? outside[0]
  if (!value) return
  const found = value.label ? `${value.label} = ${value.data}` : String(value.data)
  throw new TypeError(
    value.rule
      ? `compile: \`${name}\` reads a Value that was made outside of it, by ${value.op}: ${found}. Make it inside.`
      : `compile: \`${name}\` reads the Value ${found}, which is not among the parameters. ` +
          "Add it to them if it is to be trained; write a plain number if it is a constant.",
  )
}
