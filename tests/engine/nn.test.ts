import { describe, expect, test } from "vitest"
import {
  Layer,
  MLP,
  mulberry32,
  Neuron,
  order,
  setParameters,
  threeBowls,
  threeBowlsStart,
  Value,
} from "../../src/engine/index.ts"
import { expectClose, rows, thrown } from "./support.ts"

const data = (values: Value[]): number[] => values.map((v) => v.data)
const labels = (values: Value[]): string[] => values.map((v) => v.label)

describe("a neuron", () => {
  test("is activation(Σ weight · input + bias): the lecture's", () => {
    const neuron = new Neuron(2)
    setParameters(neuron.parameters(), [-3, 1, 6.8813735870195432])
    const o = neuron.forward([2, 0])
    o.backward()
    expectClose(o.data, Math.SQRT1_2, 1e-14)
    expectClose(
      neuron.parameters().map((p) => p.grad),
      [1, 0, 0.5],
      1e-14,
    )
  })

  test.each([
    ["tanh", Math.tanh(-0.7)],
    ["relu", 0],
    ["sigmoid", 1 / (1 + Math.exp(0.7))],
    ["linear", -0.7],
  ] as const)("bends its sum by %s", (activation, expected) => {
    const neuron = new Neuron(1, { activation })
    setParameters(neuron.parameters(), [2, 0.3])
    expectClose(neuron.forward([-0.5]).data, expected, 1e-15)
  })

  test("reads numbers and Values alike", () => {
    const neuron = new Neuron(2)
    const x = new Value(0.4)
    const y = neuron.forward([x, -1])
    expect(y.data).toBe(neuron.forward([0.4, -1]).data)
    y.backward()
    expect(x.grad).not.toBe(0)
  })

  test("names its parameters w1, w2, ..., b, and gives the same ones each time", () => {
    const neuron = new Neuron(3)
    expect(labels(neuron.parameters())).toEqual(["w1", "w2", "w3", "b"])
    expect(neuron.parameters()[1]).toBe(neuron.weights[1])
    expect(neuron.parameters()[3]).toBe(neuron.bias)
  })
})

describe("a layer", () => {
  test("gives one value per neuron: W x + b", () => {
    const layer = new Layer(2, 3, { activation: "linear" })
    setParameters(layer.parameters(), [1, 2, 10, 3, 4, 20, 5, 6, 30])
    expect(data(layer.forward([1, -1]))).toEqual([9, 19, 29])
  })

  test("computes the hidden layer of chapter 2: W = [[1], [-0.5]], b = [0.5, 0.2], x = -1", () => {
    const layer = new Layer(1, 2)
    setParameters(layer.parameters(), [1, 0.5, -0.5, 0.2])
    expectClose(data(layer.forward([-1])), [-0.4621, 0.6044], 5e-5)
  })

  test("labels say which neuron a parameter belongs to", () => {
    expect(labels(new Layer(1, 2).parameters())).toEqual(["1.w1", "1.b", "2.w1", "2.b"])
  })

  test("does not make twins: its neurons draw from one source", () => {
    const [one, two] = new Layer(2, 2).neurons
    expect(data(one!.weights)).not.toEqual(data(two!.weights))
  })
})

describe("a network", () => {
  // The table of chapter 2: x, h1, h2, prediction, from the start G.
  test.each([
    [-1, -0.4621, 0.6044, -0.0035],
    [0, 0.4621, 0.1974, 0.2441],
    [1, 0.9051, -0.2913, 0.2747],
  ])("gives the Three Bowls' predictions from G: bowl %d", (x, h1, h2, prediction) => {
    const model = new MLP(1, [2, 1])
    setParameters(model.parameters(), threeBowlsStart)
    expectClose(data(model.layers[0]!.forward([x])), [h1, h2], 5e-5)
    expectClose(data(model.forward([x])), prediction, 5e-5)
  })

  test("of relus and whole numbers solves the Three Bowls exactly: -1 + 2 relu(x + 1) - 4 relu(x)", () => {
    const model = new MLP(1, [2, 1], { activation: "relu" })
    setParameters(model.parameters(), [1, 1, 1, 0, 2, -4, -1])
    expect(threeBowls.inputs.map((x) => model.forward(x)[0]!.data)).toEqual(threeBowls.targets)
  })

  test.each([
    [1, [2, 1], 7],
    [3, [4, 4, 1], 41],
    [2, [16, 16, 1], 337],
    [784, [16, 16, 10], 13_002],
  ])("counts its parameters: %d inputs, layers %j: %d", (nin, sizes, count) => {
    const model = new MLP(nin, sizes)
    expect(model.parameters()).toHaveLength(count)
    expect(new Set(model.parameters()).size).toBe(count)
  })

  test("has its parameters in the order layer, neuron, weights, bias", () => {
    expect(labels(new MLP(1, [2, 1]).parameters())).toEqual([
      "1.1.w1",
      "1.1.b",
      "1.2.w1",
      "1.2.b",
      "2.1.w1",
      "2.1.w2",
      "2.1.b",
    ])
  })

  test("bends its hidden layers by tanh and leaves the last one linear, unless told otherwise", () => {
    const activations = (model: MLP): string[] => model.layers.map((layer) => layer.neurons[0]!.activation)
    expect(activations(new MLP(1, [2, 2, 1]))).toEqual(["tanh", "tanh", "linear"])
    expect(activations(new MLP(1, [2, 1], { activation: "relu", output: "sigmoid" }))).toEqual(["relu", "sigmoid"])
    expect(activations(new MLP(1, [1], { activation: "relu" }))).toEqual(["linear"])
  })

  test("makes one leaf of each number it is fed, shared by the neurons of the first layer", () => {
    const [y] = new MLP(2, [3, 1]).forward([0.5, 2])
    const inputs = order(y!).filter(({ op, label }) => op === "" && label.startsWith("x"))
    expect(inputs.map(({ label, data }) => [label, data]).sort()).toEqual([
      ["x1", 0.5],
      ["x2", 2],
    ])
  })

  test("zeroGrad sets the gradients of all parameters to 0", () => {
    const model = new MLP(2, [3, 1])
    model.forward([1, 2])[0]!.backward()
    expect(model.parameters().some((p) => p.grad !== 0)).toBe(true)
    model.zeroGrad()
    expect(model.parameters().every((p) => p.grad === 0)).toBe(true)
  })
})

test("parts and networks describe themselves", () => {
  expect(
    [new Neuron(2), new Layer(2, 16, { activation: "relu" }), new MLP(2, [16, 16, 1], { activation: "relu" })].map(
      String,
    ),
  ).toEqual([
    "Neuron(2 → 1 tanh, 3 parameters)",
    "Layer(2 → 16 relu, 48 parameters)",
    "MLP(2 → 16 relu → 16 relu → 1 linear, 337 parameters)",
  ])
})

describe("initial weights", () => {
  test("are uniform between ±1/√inputs, biases 0", () => {
    const { neurons } = new Layer(25, 400, { random: mulberry32(5) })
    const weights = neurons.flatMap((neuron) => data(neuron.weights))
    const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length
    const variance = weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length
    expect(Math.max(...weights)).toBeLessThan(0.2)
    expect(Math.min(...weights)).toBeGreaterThan(-0.2)
    expect(mean).toBeCloseTo(0, 2)
    expect(variance).toBeCloseTo(0.4 ** 2 / 12, 3)
    expect(neurons.every((neuron) => neuron.bias.data === 0)).toBe(true)
  })

  test("are the same in every run unless another source is given", () => {
    const weights = (seed?: number): number[] =>
      data(new MLP(2, [3, 1], seed ? { random: mulberry32(seed) } : {}).parameters())
    expect(weights()).toEqual(weights())
    expect(weights()).toEqual(weights(1337))
    expect(weights()).not.toEqual(weights(1))
  })

  test("can be drawn another way, from the same source", () => {
    const seen: number[] = []
    const model = new MLP(3, [2, 1], {
      init: (nin, random) => {
        seen.push(nin)
        return 10 + random()
      },
    })
    expect(seen).toEqual([3, 3, 3, 3, 3, 3, 2, 2])
    expect(
      model.layers.every((layer) => layer.neurons.every(({ weights }) => weights.every((w) => w.data >= 10))),
    ).toBe(true)
  })
})

describe("setParameters", () => {
  test("turns each knob to its number and leaves gradients and labels", () => {
    const p = [new Value(1, "a"), new Value(2)]
    p[0]!.grad = 5
    setParameters(p, [3, 4])
    expect([data(p), p[0]!.grad, p[0]!.label]).toEqual([[3, 4], 5, "a"])
  })

  test.each<[string, number[]]>([
    ["too few numbers", [1, 2]],
    ["too many numbers", [1, 2, 3, 4]],
    ["a NaN", [1, NaN, 3]],
    ["a string", [1, 2, "3" as never]],
    ["a hole", [1, 2, undefined as never]],
  ])("refuses %s, and then changes nothing", (_, numbers) => {
    const neuron = new Neuron(2)
    const before = data(neuron.parameters())
    expect(thrown(() => setParameters(neuron.parameters(), numbers))).toMatchSnapshot()
    expect(data(neuron.parameters())).toEqual(before)
  })
})

describe("what does not fit is refused:", () => {
  test.each<[string, () => unknown]>([
    ["a neuron fed too much", () => new Neuron(2).forward([1, 2, 3])],
    ["a layer fed too little", () => new Layer(2, 3).forward([1])],
    ["a network fed too much", () => new MLP(2, [3, 1]).forward([1, 2, 3])],
    ["a network fed a number", () => new MLP(1, [3, 1]).forward(1 as never)],
    ["a network fed nothing", () => new MLP(1, [3, 1]).forward(undefined as never)],
    ["a network fed a string", () => new MLP(1, [1]).forward(["1" as never])],
    ["a network fed a NaN", () => new MLP(1, [1]).forward([NaN])],
    ["a neuron without inputs", () => new Neuron(0)],
    ["half an input", () => new Layer(1.5, 1)],
    ["a layer without neurons", () => new Layer(1, 0)],
    ["a network without layers", () => new MLP(1, [])],
    ["a network with an empty layer", () => new MLP(1, [2, 0, 1])],
    ["layer sizes that are no array", () => new MLP(1, 2 as never)],
    ["an unknown activation", () => new Neuron(1, { activation: "step" as never })],
    ["an unknown output", () => new MLP(1, [2, 1], { output: "softmax" as never })],
    ["an init that gives nothing", () => new Neuron(1, { init: () => undefined as never })],
  ])("%s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})

test("every derivative of a network is what a nudge measures, for each activation", () => {
  const h = 1e-5
  for (const activation of ["tanh", "relu", "sigmoid", "linear"] as const) {
    const model = new MLP(2, [3, 2, 1], { activation, output: activation })
    const p = model.parameters()
    // No bias of 0: an input of 0 to a relu would stand on its kink.
    setParameters(p, rows(1, p.length, [-1, 1], 6)[0]!)
    for (const x of rows(5, 2, [-2, 2], 4)) {
      model.zeroGrad()
      model.forward(x)[0]!.backward()
      const measured = p.map((knob) => {
        const { data } = knob
        const [above, below] = [data + h, data - h].map((nudged) => {
          knob.data = nudged
          return model.forward(x)[0]!.data
        })
        knob.data = data
        return (above! - below!) / (2 * h)
      })
      expectClose(
        p.map((knob) => knob.grad),
        measured,
        1e-8,
      )
    }
  }
})
