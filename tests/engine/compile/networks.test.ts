import { describe, expect, test } from "vitest"
import { compile, hinge, l2, MLP, setParameters, SGD } from "../../../src/engine/index.ts"
import { fixture } from "../support.ts"
import { combinations, yinYangTraining } from "./networks.ts"
import { backends } from "./support.ts"

test("there are 3 losses × 4 activations × 4 optimisers", () => {
  expect(combinations).toHaveLength(48)
})

describe.each([...combinations, yinYangTraining])("$name", ({ walk }) => {
  test("walks the same way, compiled or as a graph, bit for bit", () => {
    const expected = walk("graph")
    for (const backend of backends) expect(walk(backend), backend).toEqual(expected)
  })
})

test("the yin-yang is learned", () => {
  const losses = yinYangTraining.walk("wasm").slice(0, 100)
  expect(losses[99]).toBeLessThan(0.5 * losses[0]!)
})

test.each(backends)("%s gives the 100 losses that micrograd recorded on its moons", (backend) => {
  interface Moons {
    X: [number, number][]
    y: number[]
    parameters: number[]
    losses: number[]
  }
  const moons = fixture<Moons>("moons")
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  setParameters(parameters, moons.parameters)
  const optimiser = new SGD(parameters)
  const step = compile({
    parameters,
    inputs: 2,
    targets: 1,
    row: (x, y) => hinge(model.forward(x), y),
    penalty: () => l2(parameters).mul(1e-4 * parameters.length),
    backend,
  })
  for (const [k, expected] of moons.losses.entries()) {
    optimiser.zeroGrad()
    const loss = step(moons.X, moons.y)
    optimiser.learningRate = 1 - (0.9 * k) / 100
    optimiser.step()
    expect(Math.abs(loss - expected) / expected, `step ${k}`).toBeLessThanOrEqual(1e-9)
  }
})
