import type { Op } from "../op.ts"
import { apply, Value } from "../value.ts"
import { columns } from "./columns.ts"
import { finish } from "./drive.ts"
import { lower } from "./lower.ts"
import { Memory } from "./memory.ts"
import { rules } from "./rules.ts"

const points = [
  [0.5, 0.75],
  [1.5, -2.5],
  [-0.5, 2],
  [-3, -1],
] as const

const known = new WeakMap<Op, boolean>()

/**
 * Whether the compiler's rule for an op says what the op itself says. It does not for an op of your own, and not when
 * someone has rewritten `mul`: what cannot be compiled faithfully must not be compiled.
 */
export function agrees(op: Op): boolean {
  let answer = known.get(op)
  if (answer === undefined) known.set(op, (answer = Object.hasOwn(rules, op.name) && compareAt(op)))
  return answer
}

function compareAt(op: Op): boolean {
  const unary = rules[op.name]!.shares.length === 1
  const parameter = { op: undefined, a: -1, b: -1, source: "parameter" } as const
  const nodes = [
    { ...parameter, index: 0 },
    { ...parameter, index: 1 },
    { op, a: 0, b: unary ? -1 : 1, source: "constant", index: 0 } as const,
  ]
  const shape = { inputs: 0, targets: 0, gradients: true, regions: false }
  const program = finish(lower({ nodes, outputs: [2] }, shape))
  const memory = new Memory(false)
  const numbers = memory.reserve(5)
  const run = columns(program, 2, memory)
  return points.every((point) => {
    if (Number.isNaN(op.forward(point[0], point[1]))) return true
    const [a, b] = point.map((data) => new Value(data)) as [Value, Value]
    const out = apply(op, a, unary ? undefined : b)
    a.grad = b.grad = 3
    out.grad = 0.7
    op.backward(out, a, b)
    numbers.set([...point, 3, 3])
    run(1, 0.7)
    return [a.grad, b.grad, out.data].every((expected, i) => {
      const found = numbers[2 + i]!
      return found === expected || Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
    })
  })
}
