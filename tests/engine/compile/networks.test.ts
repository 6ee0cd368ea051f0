import { describe, expect, test } from "vitest"
import {
  Adam,
  AdamW,
  compile,
  crossEntropy,
  hinge,
  l2,
  mean,
  meanSquaredError,
  MLP,
  mulberry32,
  SGD,
  Value,
  yinYang,
  type Activation,
} from "../../../src/engine/index.ts"
import { fixture, integer, rows } from "../support.ts"
import { backends } from "./support.ts"

const losses = { meanSquaredError, hinge, crossEntropy } as const
const activations: Activation[] = ["tanh", "relu", "sigmoid", "linear"]
const optimisers = {
  SGD: (p: Value[]) => new SGD(p, { learningRate: 0.1 }),
  momentum: (p: Value[]) => new SGD(p, { learningRate: 0.1, momentum: 0.9 }),
  Adam: (p: Value[]) => new Adam(p, { learningRate: 0.1 }),
  AdamW: (p: Value[]) => new AdamW(p, { learningRate: 0.1 }),
} as const

const X = rows(7, 2, [-1, 1])
const random = mulberry32(5)
/** One of two classes, as each loss wants it. */
const classes = X.map(
  () =>
    [
      [1, 0],
      [0, 1],
    ][integer(random, 2)]!,
)
const signs = classes.map(([a]) => (a ? [1, -1] : [-1, 1]))

const values = (numbers: readonly number[]): Value[] => numbers.map((number) => new Value(number))

describe.each(Object.keys(losses) as (keyof typeof losses)[])("with %s", (name) => {
  const loss = losses[name]
  const Y = name === "crossEntropy" ? classes : signs

  describe.each(activations)("and %s", (activation) => {
    test.each(Object.keys(optimisers) as (keyof typeof optimisers)[])(
      "%s walks the same way, compiled or not",
      (rule) => {
        const train = (batch: (model: MLP) => (step: number) => number): { losses: number[]; parameters: number[] } => {
          const model = new MLP(2, [4, 2], { activation, random: mulberry32(3) })
          const optimiser = optimisers[rule](model.parameters())
          const next = batch(model)
          const losses = Array.from({ length: 6 }, (_, k) => {
            optimiser.zeroGrad()
            const loss = next(k)
            optimiser.step()
            return loss
          })
          return { losses, parameters: model.parameters().map((p) => p.data) }
        }
        /** All rows, then three of them, and so on in turn. */
        const picks = (step: number): number[] => (step % 2 ? [4, 0, 4] : [0, 1, 2, 3, 4, 5, 6])

        const expected = train((model) => (k) => {
          const rows = picks(k).map((i) => loss(model.forward(X[i]!), values(Y[i]!)))
          const total = mean(rows).add(l2(model.parameters()).mul(0.01))
          total.backward()
          return total.data
        })
        for (const backend of backends) {
          const found = train((model) => {
            const step = compile({
              parameters: model.parameters(),
              inputs: 2,
              targets: 2,
              row: (x, y) => loss(model.forward(x), y),
              penalty: () => l2(model.parameters()).mul(0.01),
              backend,
            })
            return (k) => step(X, Y, picks(k))
          })
          expect(found, backend).toEqual(expected)
        }
      },
    )
  })
})

describe("on micrograd's moons", () => {
  interface Moons {
    X: [number, number][]
    y: number[]
    parameters: number[]
    losses: number[]
  }
  const moons = fixture<Moons>("moons")

  test.each(backends)("%s gives the 100 losses that micrograd recorded", (backend) => {
    const model = new MLP(2, [16, 16, 1], { activation: "relu" })
    const parameters = model.parameters()
    parameters.forEach((p, i) => (p.data = moons.parameters[i]!))
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
})

test("on the yin-yang, with cross-entropy and AdamW, 100 steps are the eager ones", () => {
  const { inputs, targets } = yinYang({ count: 60 })
  const oneHot = targets.map((target) => [0, 1, 2].map((k) => (k === target ? 1 : 0)))
  const train = (batch: (model: MLP) => () => number): number[] => {
    const model = new MLP(2, [8, 3], { random: mulberry32(3) })
    const optimiser = new AdamW(model.parameters(), { learningRate: 0.02 })
    const next = batch(model)
    const losses = Array.from({ length: 100 }, () => {
      optimiser.zeroGrad()
      const loss = next()
      optimiser.step()
      return loss
    })
    return [...losses, ...model.parameters().map((p) => p.data)]
  }
  const expected = train((model) => () => {
    const loss = mean(inputs.map((x, i) => crossEntropy(model.forward(x), values(oneHot[i]!))))
    loss.backward()
    return loss.data
  })
  expect(expected[99]).toBeLessThan(0.5 * expected[0]!)
  for (const backend of backends) {
    const found = train((model) => {
      const step = compile({
        parameters: model.parameters(),
        inputs: 2,
        targets: 3,
        row: (x, y) => crossEntropy(model.forward(x), y),
        backend,
      })
      return () => step(inputs, oneHot)
    })
    expect(found, backend).toEqual(expected)
  }
})
