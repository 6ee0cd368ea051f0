import { describe, expect, test } from "vitest"
import type { Value } from "../../src/engine/index.ts"
import { Adam, AdamW, SGD, sum } from "../../src/engine/index.ts"
import { expectClose, fixture, leaves, thrown } from "./support.ts"

interface Fixture {
  curves: number[]
  goals: number[]
  start: number[]
  runs: { optimiser: "SGD" | "Adam" | "AdamW"; options: object; positions: number[][] }[]
}

const { curves, goals, start, runs } = fixture<Fixture>("optimisers")
const optimisers = { SGD, Adam, AdamW }

/** ½ Σ curve · (p − goal)². */
const loss = (p: Value[]): Value =>
  sum(
    p.map((x, i) =>
      x
        .sub(goals[i]!)
        .pow(2)
        .mul(curves[i]! / 2),
    ),
  )

describe("twelve steps are PyTorch's, to 1e-12", () => {
  test.each(runs.map((run) => [run.optimiser, run.options, run] as const))("%s %j", (_, __, run) => {
    const p = leaves(start)
    const optimizer = new optimisers[run.optimiser](p, run.options)
    for (const position of run.positions) {
      optimizer.zeroGrad()
      loss(p).backward()
      optimizer.step()
      expectClose(
        p.map((x) => x.data),
        position,
        1e-12,
      )
    }
  })
})

describe("worked by hand", () => {
  test("SGD moves against the gradient by rate · gradient", () => {
    const [p] = leaves([3])
    p!.grad = 4
    new SGD([p!], { learningRate: 0.5 }).step()
    expect(p!.data).toBe(1)
  })

  test("momentum keeps a share of the last move: 1, then 1 + ½, then 1 + ½ + ¼", () => {
    const [p] = leaves([0])
    p!.grad = 1
    const optimizer = new SGD([p!], { learningRate: 1, momentum: 0.5 })
    const seen = [1, 2, 3].map(() => {
      optimizer.step()
      return p!.data
    })
    expect(seen).toEqual([-1, -2.5, -4.25])
  })

  test.each([1e-4, 1, 1e4])("Adam's first move is the rate, however steep: gradient %d", (gradient) => {
    const [p] = leaves([0])
    p!.grad = gradient
    new Adam([p!], { learningRate: 0.1, eps: 0 }).step()
    expectClose(p!.data, -0.1, 1e-14)
  })

  test("AdamW pulls a parameter without gradient towards 0 by rate · decay, Adam by the rate", () => {
    const [p, q] = leaves([8, 8])
    new AdamW([p!], { learningRate: 0.5, weightDecay: 0.25 }).step()
    new Adam([q!], { learningRate: 0.5, weightDecay: 0.25 }).step()
    expectClose([p!.data, q!.data], [7, 7.5], 1e-8)
  })
})

describe.each(Object.entries(optimisers))("%s", (_, Optimiser) => {
  test("has a learning rate that may change between steps", () => {
    const [p] = leaves([1])
    const optimizer = new Optimiser([p!], { learningRate: 0.1 })
    p!.grad = 1
    optimizer.learningRate = 0
    optimizer.step()
    expect(p!.data).toBe(1)
    optimizer.learningRate = 0.2
    optimizer.step()
    expect(p!.data).toBeLessThan(0.9)
  })

  test("zeroGrad sets every gradient to 0 and moves nothing", () => {
    const p = leaves([1, 2])
    for (const x of p) x.grad = 5
    new Optimiser(p).zeroGrad()
    expect(p.map((x) => [x.data, x.grad])).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  test("starts from a learning rate of 0.001", () => {
    expect(new Optimiser(leaves([1])).learningRate).toBe(0.001)
  })

  test.each<[string, (p: Value[]) => unknown]>([
    ["no parameters", () => new Optimiser([])],
    ["parameters that are no array", () => new Optimiser(undefined as never)],
    ["a negative learning rate", (p) => new Optimiser(p, { learningRate: -0.1 })],
    ["a learning rate of NaN", (p) => new Optimiser(p, { learningRate: NaN })],
    ["an infinite learning rate", (p) => new Optimiser(p, { learningRate: Infinity })],
    [
      "a learning rate that became negative",
      (p) => {
        const optimizer = new Optimiser(p)
        optimizer.learningRate = -1
        optimizer.step()
      },
    ],
    ["a parameter that is listed twice", (p) => new Optimiser([...p, ...p])],
    ["a parameter that is a number", () => new Optimiser([3 as never])],
  ])("refuses %s", (_, build) => {
    expect(thrown(() => build(leaves([1])))).toMatchSnapshot()
  })
})

describe("options out of range are refused:", () => {
  test.each<[string, (p: Value[]) => unknown]>([
    ["a negative momentum", (p) => new SGD(p, { momentum: -0.1 })],
    ["a momentum of 1", (p) => new SGD(p, { momentum: 1 })],
    ["a first beta of 1", (p) => new Adam(p, { betas: [1, 0.9] })],
    ["a second beta of 1", (p) => new AdamW(p, { betas: [0.9, 1] })],
    ["a negative eps", (p) => new Adam(p, { eps: -1e-8 })],
    ["a negative weight decay", (p) => new AdamW(p, { weightDecay: -1 })],
  ])("%s", (_, build) => {
    expect(thrown(() => build(leaves([1])))).toMatchSnapshot()
  })
})
