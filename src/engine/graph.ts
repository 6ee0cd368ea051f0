import { order } from "./order.ts"
import { Value } from "./value.ts"

/** A value of a graph, as it was when the graph was traced. */
export interface TraceNode {
  /** The same `Value` has the same id in every trace; no other ever gets it. */
  readonly id: number
  readonly value: Value
  readonly op: string
  readonly label: string
  readonly data: number
  readonly grad: number
}

/** One use of a value by an op: `a.add(a)` has two edges. */
export interface TraceEdge {
  /** The id of the input. */
  readonly from: number
  /** The id of the value made from it. */
  readonly to: number
  /** 0 for the first input of the op, 1 for the second. */
  readonly position: number
  /** ∂to/∂from along this edge alone; `backward()` adds local × grad of `to` to the grad of `from`. */
  readonly local: number
}

export interface Trace {
  /** In topological order: inputs first, the root last. */
  readonly nodes: TraceNode[]
  readonly edges: TraceEdge[]
}

const ids = new WeakMap<Value, number>()
let count = 0

function id(value: Value): number {
  const known = ids.get(value)
  if (known !== undefined) return known
  ids.set(value, ++count)
  return count
}

/** The expression graph of `root`: everything it was made from, to draw it or to walk through it step by step. */
export function trace(root: Value): Trace {
  const values = order(root)
  return {
    nodes: values.map((value) => {
      const { op, label, data, grad } = value
      return { id: id(value), value, op, label, data, grad }
    }),
    edges: values.flatMap((value) => {
      const locals = localDerivatives(value)
      return value.inputs.map((input, position) => {
        return { from: id(input), to: id(value), position, local: locals[position]! }
      })
    }),
  }
}

/** The local derivative of a value by each of its inputs, asked of its rule on copies that share nothing. */
export function localDerivatives(value: Value): number[] {
  const inputs = value.inputs.map(copy)
  const out = copy(value)
  out.grad = 1
  value.rule?.backward(out, inputs[0]!, inputs[1]!)
  return inputs.map((input) => input.grad)
}

function copy(value: Value): Value {
  const leaf = new Value(0)
  leaf.data = value.data
  return leaf
}
