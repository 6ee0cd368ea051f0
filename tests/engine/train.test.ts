import { describe, expect, test } from "vitest"
import {
  Adam,
  backwardByExample,
  meanSquaredError,
  MLP,
  setParameters,
  SGD,
  threeBowls,
  threeBowlsStart,
  type Dataset,
  type Value,
} from "../../src/engine/index.ts"
import { expectClose, thrown } from "./support.ts"

/** The seven knobs at the start G. */
function machine(): { model: MLP; parameters: Value[]; loss: (x: number[], y: number) => Value } {
  const model = new MLP(1, [2, 1])
  const parameters = model.parameters()
  setParameters(parameters, threeBowlsStart)
  return { model, parameters, loss: (x, y) => model.forward(x)[0]!.sub(y).pow(2) }
}

// The table of chapter 3, here in the order w1 b1 w2 b2 v1 v2 c: each bowl's own gradient, already divided by 3.
const table = {
  cold: [-0.209, 0.209, -0.1265, 0.1265, -0.307, 0.4015, 0.6643],
  warm: [0, -0.1585, 0, -0.1453, -0.2329, -0.0995, -0.504],
  hot: [0.0614, 0.0614, 0.2333, 0.2333, 0.7692, -0.2476, 0.8498],
  sum: [-0.1476, 0.1119, 0.1068, 0.2145, 0.2293, 0.0545, 1.0101],
}

describe("backwardByExample", () => {
  test("gives the loss and the gradient of the Three Bowls at G", () => {
    const { parameters, loss } = machine()
    expectClose(backwardByExample(threeBowls, loss), 1.0631, 5e-5)
    expectClose(
      parameters.map((p) => p.grad),
      table.sum,
      5e-5,
    )
  })

  test("adds the bowls' own gradients up", () => {
    for (const [i, bowl] of (["cold", "warm", "hot"] as const).entries()) {
      const { parameters, loss } = machine()
      loss(threeBowls.inputs[i]!, threeBowls.targets[i]!).div(3).backward()
      expectClose(
        parameters.map((p) => p.grad),
        table[bowl],
        6e-5,
      )
    }
  })

  test("gives bit for bit what the whole batch in one graph gives", () => {
    const [one, other] = [machine(), machine()]
    const predictions = threeBowls.inputs.map((x) => one.model.forward(x)[0]!)
    const whole = meanSquaredError(predictions, threeBowls.targets)
    whole.backward()
    expect(backwardByExample(threeBowls, other.loss)).toBe(whole.data)
    expect(other.parameters.map((p) => p.grad)).toEqual(one.parameters.map((p) => p.grad))
  })

  test("adds to what the parameters hold already", () => {
    const { parameters, loss } = machine()
    backwardByExample(threeBowls, loss)
    const once = parameters.map((p) => p.grad)
    backwardByExample(threeBowls, loss)
    expectClose(
      parameters.map((p) => p.grad),
      once.map((g) => 2 * g),
      1e-15,
    )
  })

  test.each<[string, Dataset]>([
    ["no examples", { inputs: [], targets: [] }],
    ["a target too few", { inputs: [[1], [2]], targets: [1] }],
  ])("refuses %s", (_, data) => {
    expect(thrown(() => backwardByExample(data, machine().loss))).toMatchSnapshot()
  })
})

describe("training the Three Bowls from G", () => {
  /** The losses before each of `steps` steps, and after the last. */
  function losses(
    steps: number,
    rate: number,
    make = (p: Value[], learningRate: number): SGD | Adam => new SGD(p, { learningRate }),
  ): number[] {
    const { parameters, loss } = machine()
    const optimizer = make(parameters, rate)
    return Array.from({ length: steps + 1 }, () => {
      optimizer.zeroGrad()
      const found = backwardByExample(threeBowls, loss)
      optimizer.step()
      return found
    })
  }
  const firstBelow = (found: number[]): number => found.findIndex((loss) => loss < 0.01)

  // Chapter 4, "Goldilocks": the loss after 0, 10, 50 and 200 steps, computed in Python.
  test.each([
    [0.003, [1.063, 1.03, 0.939, 0.825]],
    [0.03, [1.063, 0.874, 0.767, 0.203]],
    [0.3, [1.063, 0.65, 0.00007, 0]],
  ])("with the rate %d gives the table of chapter 4", (rate, expected) => {
    const found = losses(200, rate)
    expectClose(
      [0, 10, 50, 200].map((k) => found[k]!),
      expected,
      6e-4,
    )
  })

  test("with the rate 0.3 gives the curve of chapter 4", () => {
    const found = losses(50, 0.3)
    expectClose(
      [0, 1, 5, 10, 20, 30].map((k) => found[k]!),
      [1.063, 0.842, 0.771, 0.65, 0.22, 0.022],
      6e-4,
    )
  })

  test("solves it in as many steps as in Python: SGD 33 and 20, momentum 19, Adam 22", () => {
    expect([
      firstBelow(losses(60, 0.3)),
      firstBelow(losses(60, 0.5)),
      firstBelow(losses(60, 0.1, (p, learningRate) => new SGD(p, { learningRate, momentum: 0.9 }))),
      firstBelow(losses(60, 0.1, (p, learningRate) => new Adam(p, { learningRate }))),
    ]).toEqual([33, 20, 19, 22])
  })

  test("with the rate 1 blows up: 5.9 after 10 steps, 2e10 after 20", () => {
    const found = losses(20, 1)
    expectClose(found[10]!, 5.9, 0.05)
    expectClose(found[20]!, 2e10, 0.5)
  })

  test("with a rate that never stops growing ends in an error that names what broke, not in NaN", () => {
    expect(thrown(() => losses(2000, 1))).toMatchSnapshot()
  })
})
