import { expect, test } from "vitest"
import { Value } from "../../../src/engine/index.ts"
import { fixture } from "../support.ts"
import { asGraph, asSource, backends, compiled } from "./support.ts"

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

const { programs } = fixture<{ programs: Program[] }>("torch-graphs")

function program({ inputs, steps }: Program): Parameters<typeof asGraph>[0] {
  const parameters = inputs.map((x) => new Value(x))
  const row = (): Value => {
    const nodes = [...parameters]
    for (const { op, args } of steps) {
      const [a, b] = args.map((arg) => (typeof arg === "number" ? nodes[arg]! : arg.const))
      if (!(a instanceof Value)) throw new Error("expected the first argument to be a node")
      if (op === "add" || op === "sub" || op === "mul" || op === "div") nodes.push(a[op](b!))
      else if (op === "pow") nodes.push(a.pow(b as number))
      else nodes.push(a[op]())
    }
    return nodes.at(-1)!
  }
  return { parameters, inputs: 0, targets: 0, row }
}

test.each(programs.map((spec, i) => [i, spec] as const))("program %i is the eager one, bit for bit", (_, spec) => {
  const expected = asGraph(program(spec), [[]], [[]])
  for (const backend of backends) expect(compiled(program(spec), [[]], [[]], backend), backend).toEqual(expected)
  expect(asSource(program(spec), [[]], [[]]), "source").toEqual(expected)
})
