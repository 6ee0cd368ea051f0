import type { Op } from "../op.ts"
import { order, type Value } from "../value.ts"
import type { Source } from "./expr.ts"

/** A `Value` of a traced program: an op with the places of its inputs on the tape, or a leaf. */
export interface TapeNode {
  /** Undefined for a leaf. */
  readonly op: Op | undefined
  /** Places of the inputs on the tape, always before this one; −1: no such input. */
  readonly a: number
  readonly b: number
  /** Of a leaf: where its number comes from, and which one it is; for a constant, the number itself. */
  readonly source: Source
  readonly index: number
}

/** A program as a list: each value after its inputs, in the order of `order`, because gradients must add up in that order. */
export interface Tape {
  readonly nodes: readonly TapeNode[]
  /** The places of the results. */
  readonly outputs: readonly number[]
}

/** The leaves that are not constants. */
export type Leaves = Map<Value, { readonly source: Source; readonly index: number }>

/** How many values a pass works through before it lets others have the thread (see `compileAsync`). */
export const slice = 2000

/** Writes down the graph below `roots`, with the values that it was made of. */
export function record(roots: readonly Value[], leaves: Leaves): Tape & { origins: Value[] } {
  const origins: Value[] = []
  const nodes: TapeNode[] = []
  const places = new Map<Value, number>()
  const place = (input: Value | undefined): number => (input ? places.get(input)! : -1)
  for (const root of roots) {
    if (places.has(root)) continue
    for (const value of order(root)) {
      if (places.has(value)) continue
      const { rule: op, a, b } = value
      const { source, index } = leaves.get(value) ?? { source: "constant", index: value.data }
      nodes.push({ op, a: place(a), b: place(b), source, index })
      places.set(value, origins.push(value) - 1)
    }
  }
  return { nodes, outputs: roots.map(place), origins }
}
