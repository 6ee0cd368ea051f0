import { describe, expect, test } from "vitest"
import {
  compile,
  compileAsync,
  hinge,
  l2,
  mean,
  meanSquaredError,
  MLP,
  setParameters,
  SGD,
  sum,
  threeBowls,
  threeBowlsStart,
  Value,
} from "../../../src/engine/index.ts"
import { leaves, rows } from "../support.ts"
import { asGraph, backends, compiled } from "./support.ts"

/** The seven knobs at the start "G". */
function sevenKnobs(): MLP {
  const model = new MLP(1, [2, 1])
  setParameters(model.parameters(), threeBowlsStart)
  return model
}

const options = (model: MLP) => ({
  parameters: model.parameters(),
  inputs: model.nin,
  targets: 1,
  row: (x: Value[], y: Value[]) => meanSquaredError(model.forward(x), y),
})

const gradients = (model: MLP): number[] => model.parameters().map((p) => p.grad)

describe.each(backends)("a step by %s", (backend) => {
  test("returns the loss and adds to the gradients, as backward() does", () => {
    const [model, twin] = [sevenKnobs(), sevenKnobs()]
    const step = compile({ ...options(model), backend })
    for (let time = 0; time < 2; time++) {
      const loss = mean(threeBowls.inputs.map((x, i) => meanSquaredError(twin.forward(x), [threeBowls.targets[i]!])))
      loss.backward()
      expect(step(threeBowls.inputs, threeBowls.targets)).toBe(loss.data)
      expect(gradients(model)).toEqual(gradients(twin))
    }
  })

  test("reads the parameters anew each time", () => {
    const model = sevenKnobs()
    const step = compile({ ...options(model), backend })
    const before = step(threeBowls.inputs, threeBowls.targets)
    setParameters(model.parameters(), [4, -4, 2, 2, 1, 1, -1])
    expect(step(threeBowls.inputs, threeBowls.targets)).not.toBe(before)
    setParameters(model.parameters(), threeBowlsStart)
    expect(step(threeBowls.inputs, threeBowls.targets)).toBe(before)
  })

  test("reads the data anew each time", () => {
    const model = sevenKnobs()
    const step = compile({ ...options(model), backend })
    const inputs = [[-1], [0], [1]]
    const before = step(inputs, [-1, 1, -1])
    inputs[2]![0] = 2
    expect(step(inputs, [-1, 1, -1])).not.toBe(before)
  })

  test("takes the rows that are picked, in that order, one twice if it is asked to", () => {
    const [X, Y] = [rows(9, 2, [-1, 1]), rows(9, 1, [-1, 1], 2)]
    const model = new MLP(2, [3, 1])
    const pick = [8, 3, 3, 0]
    const step = compile({ ...options(model), backend })
    const loss = step(X, Y, pick)
    const twin = new MLP(2, [3, 1])
    const expected = mean(pick.map((i) => meanSquaredError(twin.forward(X[i]!), leaves(Y[i]!))))
    expected.backward()
    expect(loss).toBe(expected.data)
    expect(gradients(model)).toEqual(gradients(twin))
  })

  test("takes numbers, arrays and typed arrays as rows", () => {
    const model = sevenKnobs()
    const step = compile({ ...options(model), backend })
    const expected = step(threeBowls.inputs, threeBowls.targets)
    expect(step([-1, 0, 1], [[-1], [1], [-1]])).toBe(expected)
    expect(step(Float64Array.of(-1, 0, 1), threeBowls.targets)).toBe(expected)
    const typed = threeBowls.inputs.map((row) => Float64Array.from(row))
    expect(step(typed, threeBowls.targets, Int32Array.of(0, 1, 2))).toBe(expected)
  })

  test("grows with the batch, and shrinks again", () => {
    const model = new MLP(2, [3, 1], { activation: "relu" })
    const step = compile({ ...options(model), backend })
    for (const count of [1, 127, 128, 129, 5000, 2]) {
      const [X, Y] = [rows(count, 2, [-1, 1]), rows(count, 1, [-1, 1], 2)]
      model.zeroGrad()
      const found = { loss: step(X, Y), gradients: gradients(model) }
      const twin = new MLP(2, [3, 1], { activation: "relu" })
      const loss = mean(X.map((x, i) => meanSquaredError(twin.forward(x), leaves(Y[i]!))))
      loss.backward()
      expect(found, `${count} rows`).toEqual({ loss: loss.data, gradients: gradients(twin) })
    }
  })

  test("trains on targets that it is not given", () => {
    const [p] = leaves([0.5]) as [Value]
    const step = compile({ parameters: [p], inputs: 1, targets: 0, row: ([x]) => x!.mul(p).sub(x!).pow(2), backend })
    expect(step([1, 2, 3], [])).toBe((0.25 + 1 + 2.25) / 3)
    expect(p.grad).toBeCloseTo((-1 - 4 - 9) / 3, 12)
  })

  test("works for a loss that is a leaf, and for a parameter that is used by both inputs of an op", () => {
    const [p, q] = leaves([3, 5]) as [Value, Value]
    const leaf = compile({ parameters: [p, q], inputs: 1, targets: 0, row: () => p, penalty: () => q, backend })
    expect(leaf([1, 2], [])).toBe(8)
    expect([p.grad, q.grad]).toEqual([1, 1])
    const square = compile({ parameters: [p, q], inputs: 1, targets: 0, row: () => p.mul(p).add(p.add(p)), backend })
    expect(square([1], [])).toBe(15)
    expect([p.grad, q.grad]).toEqual([9, 1])
  })

  test("leaves the gradient of a parameter alone that the program does not read", () => {
    const [p, q] = leaves([3, 5]) as [Value, Value]
    q.grad = 7
    const step = compile({ parameters: [p, q], inputs: 1, targets: 0, row: () => p.mul(p), backend })
    step([1], [])
    expect([p.grad, q.grad]).toEqual([6, 7])
  })

  test("adds the penalty once, not once per row", () => {
    const model = sevenKnobs()
    const penalty = (): Value => l2(model.parameters())
    const plain = compile({ ...options(model), backend })(threeBowls.inputs, threeBowls.targets)
    const step = compile({ ...options(model), penalty, backend })
    expect(step(threeBowls.inputs, threeBowls.targets)).toBe(plain + penalty().data)
  })

  test("is not deeper than the stack: 30,000 ops in a row, and a sum over 10,000 products", () => {
    const [p] = leaves([0.5]) as [Value]
    const row = ([x]: Value[]): Value => {
      let value = p
      for (let i = 0; i < 30_000; i++) value = value.add(x!)
      return value
    }
    const deep = { parameters: [p], inputs: 1, targets: 0, row }
    const [X, Y] = [
      [[1], [2]],
      [[], []],
    ]
    expect(compiled({ program: deep, X, Y }, backend)).toEqual(asGraph({ program: deep, X, Y }))

    const weights = rows(1, 10_000, [-1, 1])[0]!.map((x) => new Value(x))
    const wide = { ...deep, parameters: weights, row: ([x]: Value[]) => sum(weights.map((w) => w.mul(x!))) }
    expect(compiled({ program: wide, X, Y }, backend)).toEqual(asGraph({ program: wide, X, Y }))
  })

  test("keeps the sign of a loss of −0, of the rows and of the penalty", () => {
    const [p] = leaves([0]) as [Value]
    const row = ([x]: Value[]): Value => p.mul(x!)
    const program = { parameters: [p], inputs: 1, targets: 0, row }
    const batch = { X: [[-1], [-2]], Y: [[], []] }
    for (const penalty of [undefined, () => p.mul(-1)]) {
      const { loss } = compiled({ program: { ...program, penalty }, ...batch }, backend)
      expect(loss).toBe(-0)
      expect(asGraph({ program: { ...program, penalty }, ...batch }).loss).toBe(-0)
    }
  })

  test("computes the loss without touching the gradients", () => {
    const model = sevenKnobs()
    const step = compile({ ...options(model), penalty: () => l2(model.parameters()), backend })
    const loss = step.loss(threeBowls.inputs, threeBowls.targets)
    expect(gradients(model)).toEqual([0, 0, 0, 0, 0, 0, 0])
    expect(step(threeBowls.inputs, threeBowls.targets)).toBe(loss)
    expect(step.loss(threeBowls.inputs, threeBowls.targets, [1])).toBe(step([0], [1]))
  })

  test("predicts a number for each row", () => {
    const model = sevenKnobs()
    const step = compile({ ...options(model), output: (x) => model.forward(x)[0]!, backend })
    const grid = Array.from({ length: 300 }, (_, i) => i / 100 - 1.5)
    expect([...step.predict(grid)]).toEqual(grid.map((x) => model.forward([x])[0]!.data))
  })

  test("predicts several numbers for each row, one row after the other, also what is an input or comes twice", () => {
    const model = new MLP(2, [3, 2])
    const output = (x: Value[]): Value[] => {
      const scores = model.forward(x)
      return [...scores, x[1]!, scores[0]!]
    }
    const step = compile({ ...options(model), row: (x, y) => hinge([model.forward(x)[0]!], y), output, backend })
    const X = rows(5, 2, [-1, 1])
    const expected = X.flatMap((x) => output(leaves(x)).map((value) => value.data))
    expect([...step.predict(X)]).toEqual(expected)
  })

  test("can use its parts in any order", () => {
    const model = sevenKnobs()
    const step = compile({
      ...options(model),
      penalty: () => l2(model.parameters()),
      output: (x) => model.forward(x),
      backend,
    })
    const { inputs, targets } = threeBowls
    const first = [step(inputs, targets), step.loss(inputs, targets), ...step.predict(inputs)]
    const again = [...step.predict(inputs), step(inputs, targets), step.loss(inputs, targets)]
    expect([...again.slice(3), ...again.slice(0, 3)]).toEqual(first)
  })

  test("compiled in slices it is the same step", async () => {
    const [model, twin] = [sevenKnobs(), sevenKnobs()]
    const step = await compileAsync({ ...options(model), output: (x) => model.forward(x), backend })
    const expected = compile({ ...options(twin), backend })
    const { inputs, targets } = threeBowls
    expect(step(inputs, targets)).toBe(expected(inputs, targets))
    expect(gradients(model)).toEqual(gradients(twin))
    expect([step.backend, step.bytes, step.source]).toEqual([expected.backend, expected.bytes, expected.source])
    expect(step.loss(inputs, targets)).toBe(step(inputs, targets))
    expect([...step.predict(inputs)]).toEqual(inputs.map((x) => twin.forward(x)[0]!.data))
  })
})

test("the optimisers and batches of the engine work on it unchanged", () => {
  const model = sevenKnobs()
  const step = compile(options(model))
  const optimiser = new SGD(model.parameters(), { learningRate: 0.3 })
  for (let k = 0; k < 50; k++) {
    optimiser.zeroGrad()
    step(threeBowls.inputs, threeBowls.targets)
    optimiser.step()
  }
  expect(step.loss(threeBowls.inputs, threeBowls.targets)).toBeLessThan(1e-4)
})

test("many steps live side by side", () => {
  const models = [sevenKnobs(), sevenKnobs()]
  setParameters(models[1]!.parameters(), [4, -4, 2, 2, 1, 1, -1])
  const [one, two] = models.map((model) => compile(options(model))) as [
    ReturnType<typeof compile>,
    ReturnType<typeof compile>,
  ]
  const { inputs, targets } = threeBowls
  const [first, second] = [one(inputs, targets), two(inputs, targets)]
  expect(first).not.toBe(second)
  expect([one(inputs, targets), two(inputs, targets)]).toEqual([first, second])
})

test("says which backend it uses, why, and how large it is", () => {
  const model = sevenKnobs()
  const { backend, reason, bytes } = compile(options(model))
  expect({ backend, reason }).toEqual({ backend: "wasm", reason: "" })
  expect(bytes).toBeGreaterThan(100)
  expect(bytes).toBeLessThan(1000)
  const columns = compile({ ...options(model), backend: "columns" })
  expect([columns.backend, columns.reason, columns.bytes]).toEqual(["columns", "it was asked for", 0])
})

test("shows the program of the seven knobs as JavaScript", () => {
  expect(compile(options(sevenKnobs())).source).toMatchInlineSnapshot(`
    "// Returns the loss and adds its gradients to G. P: parameters, X and Y: rows.
    function step(P, G, X, Y) {
      const losses = X.map((x, i) => row(P, G, x, Y[i], 1 / X.length))
      const mean = losses.reduce((sum, loss) => sum + loss) / X.length
      return mean
    }

    function row(P, G, x, y, seed) {
      const v7 = Math.tanh(P[3] + P[2] * x[0])
      const v14 = Math.tanh(P[1] + P[0] * x[0])
      const v20 = P[6] + P[4] * v14 + P[5] * v7 - y[0]
      const loss = v20 * v20
      const g19 = 2 * v20 * seed
      G[6] += g19
      G[4] += v14 * g19
      const g13 = (1 - v14 * v14) * (P[4] * g19)
      G[1] += g13
      G[0] += x[0] * g13
      G[5] += v7 * g19
      const g6 = (1 - v7 * v7) * (P[5] * g19)
      G[3] += g6
      G[2] += x[0] * g6
      return loss
    }
    "
  `)
})

test("shows what a closed relu saves", () => {
  const model = new MLP(1, [1, 1], { activation: "relu" })
  const row = (x: Value[], y: Value[]): Value => hinge(model.forward(x), y)
  const penalty = (): Value => l2(model.parameters())
  expect(compile({ ...options(model), row, penalty }).source).toMatchInlineSnapshot(`
    "// Returns the loss and adds its gradients to G. P: parameters, X and Y: rows.
    function step(P, G, X, Y) {
      const losses = X.map((x, i) => row(P, G, x, Y[i], 1 / X.length))
      const mean = losses.reduce((sum, loss) => sum + loss) / X.length
      return mean + penalty(P, G, [], [], 1)
    }

    function row(P, G, x, y, seed) {
      let g11, g6
      const v7 = Math.max(0, P[1] + P[0] * x[0])
      const v15 = Math.max(0, 1 - (P[3] + P[2] * v7) * y[0])
      const loss = v15
      if (v15 > 0) {
        g11 = y[0] * -seed
        G[3] += g11
        G[2] += v7 * g11
        if (v7 > 0) {
          g6 = P[2] * g11
          G[1] += g6
          G[0] += x[0] * g6
        }
      }
      return loss
    }

    function penalty(P, G, x, y, seed) {
      const loss = (P[0] * P[0] + P[1] * P[1] + P[2] * P[2] + P[3] * P[3]) / 4
      const g11 = seed / 4
      G[0] += 2 * P[0] * g11
      G[1] += 2 * P[1] * g11
      G[2] += 2 * P[2] * g11
      G[3] += 2 * P[3] * g11
      return loss
    }
    "
  `)
})
