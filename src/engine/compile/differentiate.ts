import { constant, deepest, type Expr, leaf } from "./expr.ts"
import { flow } from "./flow.ts"
import { everywhere, type Region } from "./regions.ts"
import { rules } from "./rules.ts"
import type { Statement } from "./statement.ts"
import { slice, type Tape } from "./tape.ts"

/**
 * The backward pass of a row: the chain rule from the loss to the parameters, in the order in which the eager engine
 * walks, so that every sum of gradients adds up in the same order. What differs does not change the result: only what
 * leads to a parameter gets a gradient; a gradient that arrives once and is read once is not stored but written into its
 * reader, so that a sum costs nothing; and what only flows through a closed relu, and so would be 0, is left out.
 */
export function* differentiate(
  tape: Tape,
  values: readonly Expr[],
  locals: string[],
  gates: boolean,
): Generator<undefined, Statement[]> {
  const { nodes } = tape
  const { needed, arrivals, regions, beyond } = yield* flow(tape, values, gates)
  const zeros: Statement[] = []
  const statements: Statement[] = []
  const gradients: (Expr | undefined)[] = []

  /** Keeps the gradient of value `i` in a local variable of its own. */
  function keep(i: number, gradient: Expr): number {
    gradient.depth = 0
    return (gradient.local = locals.push(`g${i}`) - 1)
  }

  function arrive(i: number, value: Expr, region: Region): void {
    const node = nodes[i]!
    const before = gradients[i]
    value.uses++
    if (!node.op) statements.push({ kind: "gradient", index: node.index!, value, region })
    else if (before) statements.push({ kind: "add", index: before.local, value, region })
    else if (arrivals[i] === 1) gradients[i] = value
    else {
      const zero = (gradients[i] = constant(0))
      const index = keep(i, zero)
      const first = region === regions[i]
      if (!first) zeros.push({ kind: "set", index, value: zero, region: everywhere })
      statements.push({ kind: first ? "set" : "add", index, value, region })
    }
  }

  function pass(i: number): void {
    const grad = gradients[i]
    const node = nodes[i]!
    if (!node.op || !grad) return
    const { op, a, b } = node
    const { shares, gate } = rules[op.name]!
    if (gate && gates) return arrive(a, grad, beyond[i]!)
    const both = needed[a] && needed[b]
    const isReady = !grad.a || grad.local >= 0 // reading it costs no arithmetic
    if (!isReady && (both || grad.depth > deepest)) {
      statements.push({ kind: "set", index: keep(i, grad), value: grad, region: regions[i]! })
    }
    const k = op.exponent ?? 0
    if (needed[a]) arrive(a, shares[0]!(grad, values[a]!, values[b]!, values[i]!, k), beyond[i]!)
    if (needed[b]) arrive(b, shares[1]!(grad, values[a]!, values[b]!, values[i]!, k), beyond[i]!)
  }

  const root = tape.outputs[0]!
  if (needed[root]) arrive(root, leaf("seed"), everywhere)
  for (let i = root; i >= 0; i--) {
    pass(i)
    if (i % slice === 0) yield
  }
  return zeros.concat(statements)
}
