import type { Op } from "../op.ts"
import { order } from "../order.ts"
import type { Value } from "../value.ts"
import type { Source } from "./expr.ts"

/** A `Value` of a traced program that an op has made. */
export interface TapeOp {
  readonly op: Op
  /** The places of the inputs on the tape, always before this one; −1: no such input. */
  readonly a: number
  readonly b: number
}

/** A leaf of a traced program, by where its number comes from. */
export interface TapeLeaf {
  readonly op: undefined
  readonly source: Source
  /** Which parameter, or which number of the row. */
  readonly index?: number
  /** The number of a constant. (In `index`, a fraction would make V8 rebuild every leaf, one by one, as it is read.) */
  readonly value?: number
}

export type TapeNode = TapeOp | TapeLeaf

/** A program as a list: each value after its inputs, in the order of `order`, because gradients must add up in that order. */
export interface Tape {
  readonly nodes: readonly TapeNode[]
  readonly ops: ReadonlySet<Op>
  /** The places of the results. */
  readonly outputs: readonly number[]
  /** Whether the results are kept row by row; else there is one, a loss, which is added up over the rows. */
  readonly many: boolean
  /** How many inputs and targets a row has. */
  readonly given: number
}

/** The leaves that are not constants: the parameters, and the placeholders for the numbers of a row. */
export type Leaves = Readonly<Record<"parameter" | "row", readonly Value[]>>

/** How many values a pass works through before it lets others have the thread (see `compileAsync`). */
export const slice = 2000

/**
 * The values that the results were made from, and for each its place among them. The places are noted in `mark`, where
 * `order` does not mind them, because its walks are below 0: a Map of the values would take as long as all the rest of
 * tracing.
 */
export function sort(results: readonly Value[]): Value[] {
  const values = results.length === 1 ? order(results[0]!) : [...new Set(results.flatMap(order))]
  for (let i = 0; i < values.length; i++) values[i]!.mark = i
  return values
}

/** Writes down sorted values. */
export function record(values: readonly Value[], results: readonly Value[], leaves: Leaves, many: boolean): Tape {
  const nodes = new Array<TapeNode>(values.length)
  const ops = new Set<Op>()
  for (const source of ["parameter", "row"] as const) {
    for (let index = 0; index < leaves[source].length; index++) {
      const leaf = leaves[source][index]!
      if (values[leaf.mark] === leaf) nodes[leaf.mark] = { op: undefined, source, index }
    }
  }
  for (let i = 0; i < nodes.length; i++) {
    const value = values[i]!
    const { rule: op, a, b } = value
    if (op) ops.add(op)
    nodes[i] ??= op ? { op, a: a!.mark, b: b ? b.mark : -1 } : { op, source: "constant", value: value.data }
  }
  return { nodes, ops, outputs: results.map(({ mark }) => mark), many, given: leaves.row.length }
}
