import { order, type Value } from "./value.ts"

/** A value as a node of a drawing. */
export interface TraceNode {
  /** The same `Value` has the same id in every trace; no other `Value` ever gets it. */
  readonly id: number
  readonly value: Value
  readonly op: string
  readonly label: string
  readonly data: number
  readonly grad: number
}

/** From an input to the value made from it; `a.add(a)` has two edges. */
export interface TraceEdge {
  readonly from: number
  readonly to: number
  /** 0 for the first input of the op, 1 for the second. */
  readonly position: number
}

const ids = new WeakMap<Value, number>()
let made = 0

function id(value: Value): number {
  let found = ids.get(value)
  if (found === undefined) ids.set(value, (found = ++made))
  return found
}

/** The expression graph below `root`: nodes in topological order (inputs first), and the edges between them. */
export function trace(root: Value): { nodes: TraceNode[]; edges: TraceEdge[] } {
  const values = order(root)
  return {
    nodes: values.map((value) => {
      const { op, label, data, grad } = value
      return { id: id(value), value, op, label, data, grad }
    }),
    edges: values.flatMap((value) =>
      value.inputs.map((input, position) => ({ from: id(input), to: id(value), position })),
    ),
  }
}
