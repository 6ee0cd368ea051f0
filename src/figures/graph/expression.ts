import { wrong } from "../expected.ts"

/** What a drawing asks of a value: the engine's `Value`, as it stands or as a reader has edited it, has all of it. */
export interface Expression {
  data: number
  grad: number
  readonly label: string
  /** The name of the op that made it; "" for a leaf. */
  readonly op: string
  readonly inputs: readonly Expression[]
  /** The engine's own rule for the op: what the figure runs, so that it never keeps a second copy of the maths. */
  readonly rule?: Rule | undefined
  backward?(): void
}

export interface Rule {
  readonly exponent?: number | undefined
  forward(a: number, b: number): number
  backward(out: Expression, a: Expression, b: Expression): void
}

/** One value of the expression. `inputs` are places in the list of nodes: `a.add(a)` names the same one twice. */
export interface ExprNode {
  readonly value: Expression
  readonly inputs: readonly number[]
}

/** One use of a value by another: `from` and `to` are places in the list of nodes, `position` the place of the input. */
export interface ExprEdge {
  readonly from: number
  readonly to: number
  readonly position: number
}

/** The values that `root` was made from and, last, `root`: inputs before what is made from them, read left to right. */
export function readExpression(root: unknown): ExprNode[] {
  const places = new Map<Expression, number>()
  const open = new Set<Expression>()
  const nodes: ExprNode[] = []
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const value = expectValue(waiting.at(-1), waiting.length === 1)
    const missing = places.has(value) ? [] : value.inputs.filter((input) => !places.has(input))
    if (missing.length > 0) {
      if (open.has(value)) throw new TypeError("graph: expected an expression, found a value made from itself.")
      open.add(value)
      waiting.push(...missing.reverse())
      continue
    }
    waiting.pop()
    if (places.has(value)) continue
    places.set(value, nodes.length)
    nodes.push({ value, inputs: value.inputs.map((input) => places.get(input)!) })
  }
  return nodes
}

/** Every use of a value, in the order of the nodes that use it. */
export const edgesOf = (nodes: readonly ExprNode[]): ExprEdge[] =>
  nodes.flatMap(({ inputs }, to) => inputs.map((from, position) => ({ from, to, position })))

function expectValue(found: unknown, isRoot: boolean): Expression {
  const value = found as Expression | null | undefined
  if (typeof value === "object" && value !== null && typeof value.data === "number" && Array.isArray(value.inputs)) {
    return value
  }
  const expected = isRoot ? "a Value (with data, grad, label, op and inputs)" : "Values as the inputs of a Value"
  throw wrong("graph", expected, found, "pass what an expression gives, as in graph(a.mul(b)).")
}
