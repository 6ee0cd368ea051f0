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
  const k = op.exponent ?? 0
  const a = leaf("row", 0)
  const b = leaf("row", 1)
  const formulas = [value(a, b, k), ...shares.map((share) => share(leaf("row", 3), a, b, leaf("row", 2), k))]
  return points.every((point) => {
    const x = new Value(point[0]!)
    const y = new Value(point[1]!)
    if (Number.isNaN(op.forward(x.data, y.data))) return true
    const result = apply(op, x, shares.length > 1 ? y : undefined)
    x.grad = y.grad = result.grad = 0.7
    op.backward(result, x, y)
    const row = [x.data, y.data, result.data, 0.7]
    return [result.data, x.grad - 0.7, y.grad - 0.7].every((expected, i) => {
      const found = i < formulas.length ? evaluate(formulas[i]!, row) : 0
      return found === expected || Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    })
  })
}

function evaluate({ op, a, b, value }: Expr, row: readonly number[], cells: Float64Array[] = [], level = 0): number {
  if (op === "constant") return value!
  if (!a) return row[value!]!
  const left = (cells[level] ??= new Float64Array(1))
  const right = (cells[level + 1] ??= new Float64Array(1))
  left[0] = evaluate(a, row, cells, level)
  if (b) right[0] = evaluate(b, row, cells, level + 1)
  loops[op as keyof typeof loops](left, left, right, 1)
  return left[0]
}
