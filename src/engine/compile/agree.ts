import type { Op } from "../op.ts"
import { apply, Value } from "../value.ts"
import { type Expr, leaf } from "./expr.ts"
import { loops } from "./loops.ts"
import { rules } from "./rules.ts"

/** Where to compare: both signs and both orders of the inputs a and b. */
const points = [
  [0.5, 0.75],
  [1.5, -2.5],
  [-0.5, 2],
  [-3, -1],
]

/**
 * Whether the compiler's rule for an op says what the op itself says. It does not for an op of your own, and not when
 * someone has rewritten `mul`: what cannot be compiled faithfully must not be compiled.
 */
export function agrees(op: Op): boolean {
  if (!Object.hasOwn(rules, op.name)) return false
  const { value, shares } = rules[op.name]!
  const [a, b, out, grad] = [0, 1, 2, 3].map((index) => leaf("row", index)) as [Expr, Expr, Expr, Expr]
  const k = op.exponent ?? 0
  const formulas = [value(a, b, k), ...shares.map((share) => share(grad, a, b, out, k))]
  return points.every(([x, y]) => {
    if (Number.isNaN(op.forward(x!, y!))) return true
    const inputs = [new Value(x!), new Value(y!)] as const
    const result = apply(op, inputs[0], shares.length > 1 ? inputs[1] : undefined)
    for (const value of [...inputs, result]) value.grad = 0.7
    op.backward(result, ...inputs)
    return [result.data, ...inputs.map((input) => input.grad - 0.7)].every((expected, i) => {
      const found = i < formulas.length ? evaluate(formulas[i]!, [x!, y!, result.data, 0.7]) : 0
      return found === expected || Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    })
  })
}

function evaluate({ op, a, b, value }: Expr, row: readonly number[]): number {
  if (op === "constant") return value!
  if (!a) return row[value!]!
  const out = Float64Array.of(evaluate(a, row))
  loops[op as keyof typeof loops](out, out, Float64Array.of(b ? evaluate(b, row) : 0), 1)
  return out[0]!
}
