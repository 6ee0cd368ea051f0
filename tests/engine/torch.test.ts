import { expect, test } from "vitest"
import { Value } from "../../src/engine/index.ts"
import { fixture } from "./support.ts"

type Argument = number | { const: number }

interface Program {
  inputs: number[]
  steps: {
    op: "add" | "sub" | "mul" | "div" | "neg" | "pow" | "exp" | "log" | "tanh" | "relu" | "sigmoid"
    args: Argument[]
  }[]
  value: number
  grads: number[]
}

function run({ inputs, steps }: Program): { leaves: Value[]; result: Value } {
  const leaves = inputs.map((x) => new Value(x))
  const nodes = [...leaves]
  for (const { op, args } of steps) {
    const [a, b] = args.map((arg) => (typeof arg === "number" ? nodes[arg]! : arg.const))
    if (!(a instanceof Value)) throw new Error("expected the first argument to be a node")
    if (op === "add" || op === "sub" || op === "mul" || op === "div") nodes.push(a[op](b!))
    else if (op === "pow") nodes.push(a.pow(b as number))
    else nodes.push(a[op]())
  }
  return { leaves, result: nodes.at(-1)! }
}

const relative = (found: number, expected: number): number =>
  found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected)

const { programs } = fixture<{ programs: Program[] }>("torch-graphs")

test("there are 200 programs", () => {
  expect(programs).toHaveLength(200)
})

test.each(programs.map((program, i) => [i, program] as const))(
  "program %i gives PyTorch's value and gradients",
  (_, program) => {
    const { leaves, result } = run(program)
    result.backward()
    expect(relative(result.data, program.value)).toBeLessThanOrEqual(1e-9)
    for (const [i, leaf] of leaves.entries()) expect(relative(leaf.grad, program.grads[i]!)).toBeLessThanOrEqual(1e-9)
  },
)
