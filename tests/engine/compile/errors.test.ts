import { describe, expect, test } from "vitest"
import {
  compile,
  compileAsync,
  crossEntropy,
  hinge,
  meanSquaredError,
  MLP,
  setParameters,
  sum,
  threeBowls,
  Value,
  type CompileOptions,
  type Step,
} from "../../../src/engine/index.ts"
import { leaves, thrown } from "../support.ts"

const model = new MLP(2, [2, 1])
const parameters = model.parameters()
const good: CompileOptions = {
  parameters,
  inputs: 2,
  targets: 1,
  row: (x, y) => meanSquaredError(model.forward(x), y),
}

/** The error of compiling with some options changed; the parameters must be as before. */
function refused(change: Partial<CompileOptions>): string {
  const before = parameters.map((p) => [p.data, p.grad])
  const message = thrown(() => compile({ ...good, ...change }))
  expect(parameters.map((p) => [p.data, p.grad])).toEqual(before)
  return message
}

describe("compile refuses", () => {
  test("parameters that are none, or that come twice", () => {
    expect(refused({ parameters: [] })).toMatchInlineSnapshot(
      `"RangeError: compile: parameters: expected an array of at least one, found an array of 0."`,
    )
    expect(refused({ parameters: [parameters[0]!, 0.5 as unknown as Value] })).toMatchInlineSnapshot(
      `"RangeError: compile: parameters: expected a Value at index 1, found 0.5."`,
    )
    expect(refused({ parameters: [...parameters, parameters[2]!] })).toMatchInlineSnapshot(
      `"RangeError: compile: parameters: expected each parameter once, found 1 listed again."`,
    )
  })

  test("parameters of another model", () => {
    expect(refused({ parameters: new MLP(2, [2, 1]).parameters() })).toMatchInlineSnapshot(
      `"TypeError: compile: \`row\` reads 1.2.w2, a Value that is not among the parameters and not made inside. Add it to the parameters to train it; else make it inside, or write a plain number."`,
    )
  })

  test("a list of parameters that misses one", () => {
    expect(refused({ parameters: parameters.slice(0, -1) })).toMatchInlineSnapshot(
      `"TypeError: compile: \`row\` reads 2.1.b, a Value that is not among the parameters and not made inside. Add it to the parameters to train it; else make it inside, or write a plain number."`,
    )
    const rate = new Value(0.5)
    expect(refused({ row: (x) => x[0]!.mul(parameters[0]!).mul(rate) })).toMatchInlineSnapshot(
      `"TypeError: compile: \`row\` reads the number 0.5, a Value that is not among the parameters and not made inside. Add it to the parameters to train it; else make it inside, or write a plain number."`,
    )
  })

  test("a Value that was computed outside", () => {
    const doubled = parameters[0]!.mul(2)
    expect(refused({ row: (x) => x[0]!.mul(doubled).add(1) })).toMatchInlineSnapshot(
      `"TypeError: compile: \`row\` reads mul(1.1.w1, the number 2), a Value that is not among the parameters and not made inside. Add it to the parameters to train it; else make it inside, or write a plain number."`,
    )
    expect(refused({ penalty: () => doubled })).toMatchInlineSnapshot(
      `"TypeError: compile: \`penalty\` reads mul(1.1.w1, the number 2), a Value that is not among the parameters and not made inside. Add it to the parameters to train it; else make it inside, or write a plain number."`,
    )
  })

  test("widths that are not whole numbers, or not those of the model", () => {
    expect(refused({ inputs: -1 })).toMatchInlineSnapshot(
      `"RangeError: compile: inputs: expected a whole number from 0 to 65535, found -1."`,
    )
    expect(refused({ targets: 1.5 })).toMatchInlineSnapshot(
      `"RangeError: compile: targets: expected a whole number from 0 to 65535, found 1.5."`,
    )
    expect(refused({ inputs: 3 })).toMatchInlineSnapshot(
      `"RangeError: compile: \`row\` fails, whatever numbers it is given: MLP(2 → 2 tanh → 1 linear, 9 parameters): inputs: expected an array of 2, found an array of 3."`,
    )
    expect(refused({ targets: 0 })).toMatchInlineSnapshot(
      `"RangeError: compile: \`row\` fails, whatever numbers it is given: meanSquaredError: targets: expected an array of 1, found an array of 0."`,
    )
  })

  test("functions that do not return one Value", () => {
    expect(refused({ row: () => 1 as unknown as Value })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to return a Value, found 1."`,
    )
    expect(refused({ row: (x) => model.forward(x) as unknown as Value })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to return a Value, found an array of 1."`,
    )
    expect(refused({ penalty: () => undefined as unknown as Value })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`penalty\` to return a Value, found undefined."`,
    )
    const { predict } = compile({ ...good, output: () => [] })
    expect(thrown(() => predict([[1, 2]]))).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`output\` to return a Value, found an array of 0."`,
    )
    expect(thrown(() => compile(good).predict([[1, 2]]))).toMatchInlineSnapshot(
      `"TypeError: step.predict: expected compile to be given an \`output\`, found none."`,
    )
  })

  test("a branch on data, of the inputs, the targets or the parameters", () => {
    const [p] = parameters as [Value]
    expect(refused({ row: ([x]) => (x!.data > 0 ? p.mul(x!).tanh() : p.mul(x!).relu()) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but value 3 is tanh(mul) in one trace and relu(mul) in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ row: ([x], [y]) => (y!.data > 0 ? p.mul(x!) : p.mul(x!).neg()) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but value 3 is missing in one trace and neg(mul) in another. Nothing may depend on .data or Math.random."`,
    )
    const z = (x: Value): Value => p.mul(x)
    expect(refused({ row: ([x]) => (z(x!).data > 0 ? z(x!) : z(x!).mul(0.1)) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what mul reads is the number 0.1 in one trace and x[0] in another. Nothing may depend on .data or Math.random."`,
    )
    const layer = (x: Value[]): Value[] => model.layers[0]!.forward(x)
    expect(refused({ row: (x) => sum(layer(x).map((h) => (h.data > 0 ? h : h.neg()))) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but value 18 is neg(tanh) in one trace and add(tanh, tanh) in another. Nothing may depend on .data or Math.random."`,
    )
    expect(
      refused({ row: ([x]) => sum(parameters.map((q) => (q.data < 0 ? q.neg() : q))).mul(x!) }),
    ).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but value 3 is neg(2.1.w2) in one trace and 2.1.w1 in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ penalty: () => (p.data > 0 ? p : p.neg()) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`penalty\` to be one program for all numbers, but value 1 is neg(1.1.w1) in one trace and missing in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ row: ([x1, x2]) => p.mul(x1!.data > x2!.data ? x1! : x2!) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what mul reads is x[1] in one trace and x[0] in another. Nothing may depend on .data or Math.random."`,
    )
  })

  test("numbers read from data, of the inputs, the targets or the parameters", () => {
    const [p] = parameters as [Value]
    expect(refused({ row: ([x]) => p.mul(x!.data) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what mul reads is the number 0.25 in one trace and the number -0.75 in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ row: (x, [y]) => meanSquaredError(model.forward(x), [y!.data]) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what sub reads is the number 1 in one trace and the number -1 in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ row: ([x]) => x!.mul(p).div(Math.abs(p.data)) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what div reads is the number 0.4463090664656424 in one trace and the number 0.48093997311220665 in another. Nothing may depend on .data or Math.random."`,
    )
    expect(refused({ row: (x, [y]) => crossEntropy([...model.forward(x), p], y!.data) })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but value 26 is sub(1.1.w1, max) in one trace and sub(add, max) in another. Nothing may depend on .data or Math.random."`,
    )
  })

  test("random numbers", () => {
    expect(refused({ row: ([x]) => parameters[0]!.mul(x!).mul(Math.random()) })).toMatch(
      /^TypeError: compile: expected `row` to be one program for all numbers, but what mul reads is the number 0\.\d+ in one trace and the number 0\.\d+ in another\./,
    )
    let length = 0
    const growing = ([x]: Value[]): Value => {
      let value = x!.mul(parameters[0]!)
      for (let i = 0; i <= length; i++) value = value.add(1)
      length++
      return value
    }
    expect(refused({ row: growing })).toMatchInlineSnapshot(
      `"TypeError: compile: expected \`row\` to be one program for all numbers, but what mul reads is 1.1.w1 in one trace and the number 1 in another. Nothing may depend on .data or Math.random."`,
    )
  })

  test("a program that refuses all numbers that it is tried with", () => {
    expect(refused({ row: (x) => x[0]!.mul(parameters[0]!).pow(2).neg().sub(1).log() })).toMatchInlineSnapshot(
      `"RangeError: compile: \`row\` fails, whatever numbers it is given: log(-1.0124494864255895) is not a number: a logarithm needs an input that is not below 0."`,
    )
  })

  test("to be called inside of a program that is being compiled", async () => {
    const inside = (f: () => unknown): string =>
      refused({
        row: (x, y) => {
          f()
          return good.row(x, y)
        },
      })
    const step = compile({ ...good, output: (x) => model.forward(x) })
    expect(inside(() => compile(good))).toMatchInlineSnapshot(
      `"Error: compile: cannot be called inside of \`row\`, which is being compiled."`,
    )
    expect(inside(() => step([[1, 2]], [1]))).toMatchInlineSnapshot(
      `"Error: step: cannot be called inside of \`row\`, which is being compiled."`,
    )
    expect(inside(() => step.loss([[1, 2]], [1]))).toMatchInlineSnapshot(
      `"Error: step.loss: cannot be called inside of \`row\`, which is being compiled."`,
    )
    expect(inside(() => step.predict([[1, 2]]))).toMatchInlineSnapshot(
      `"Error: step.predict: cannot be called inside of \`row\`, which is being compiled."`,
    )
    let later: Promise<unknown> | undefined
    compile({
      ...good,
      row: (x, y) => {
        later ??= compileAsync(good)
        return good.row(x, y)
      },
    })
    await expect(later).rejects.toThrowErrorMatchingInlineSnapshot(
      `[Error: compile: cannot be called inside of \`row\`, which is being compiled.]`,
    )
  })
})

describe("compile accepts", () => {
  test("a loss that checks its targets", () => {
    const step = compile({ ...good, row: (x, y) => hinge(model.forward(x), y) })
    expect(step([[0.5, 0.5]], [1])).toBe(hinge(model.forward([0.5, 0.5]), [1]).data)
  })

  test("a logarithm that refuses small or negative inputs", () => {
    const [p] = leaves([2]) as [Value]
    const far = compile({ parameters: [p], inputs: 1, targets: 0, row: ([x]) => x!.sub(50).log().mul(p) })
    expect(far([51], [])).toBe(0)
    const below = compile({ parameters: [p], inputs: 1, targets: 0, row: ([x]) => x!.mul(p).log() })
    expect(below([Math.E / 2], [])).toBeCloseTo(1, 12)
  })
})

describe("a step refuses", () => {
  const step = compile({ ...good, output: (x) => model.forward(x) })
  const X = [
    [1, 2],
    [3, 4],
    [5, 6],
  ]
  const Y = [1, -1, 1]

  test.each([
    ["an empty batch", () => step([], [])],
    ["no batch", () => step(undefined as unknown as number[], Y)],
    ["an empty pick", () => step(X, Y, [])],
    ["other numbers of rows", () => step(X, [1, -1])],
    ["no targets", () => step(X, undefined as unknown as number[])],
    ["an index out of range", () => step(X, Y, [0, 3])],
    ["an index below 0", () => step(X, Y, [-1])],
    ["an index that is not whole", () => step(X, Y, [0.5])],
    [
      "a row that is too wide",
      () =>
        step(
          [
            [1, 2],
            [3, 4, 5],
            [6, 7],
          ],
          Y,
        ),
    ],
    ["a row that is too narrow", () => step([[1, 2], [3, 4], [5]], Y)],
    ["a number instead of a row", () => step([1, 2, 3], Y)],
    ["a row that is missing", () => step([[1, 2], undefined as unknown as number[], [3, 4]], Y)],
    ["a target that is too wide", () => step(X, [[1], [1, 2], [1]])],
    [
      "NaN among the inputs",
      () =>
        step(
          [
            [1, 2],
            [3, NaN],
            [5, 6],
          ],
          Y,
        ),
    ],
    ["infinity among the targets", () => step(X, [1, Infinity, 1])],
    ["infinity in a row of targets", () => step(X, [[1], [-Infinity], [1]])],
    [
      "text among the inputs",
      () =>
        step(
          [
            [1, 2],
            ["3" as unknown as number, 4],
            [5, 6],
          ],
          Y,
        ),
    ],
    [
      "a picked row that is wrong",
      () =>
        step(
          [
            [1, 2],
            [3, 4],
            [5, NaN],
          ],
          Y,
          [0, 2],
        ),
    ],
    ["the same for its loss", () => step.loss(X, [1, -1])],
    ["the same for predictions", () => step.predict([[1, 2], [3]])],
  ])("%s", (_, call) => {
    const before = parameters.map((p) => p.grad)
    expect(thrown(call)).toMatchSnapshot()
    expect(parameters.map((p) => p.grad)).toEqual(before)
  })

  test("nothing that is right", () => {
    expect(step(X, Y, [2, 0])).toBeGreaterThan(0)
  })
})

describe("a model that has changed since it was compiled is trained as it was:", () => {
  const { inputs, targets } = threeBowls
  const compileModel = (): { model: MLP; step: Step } => {
    const model = new MLP(1, [2, 1])
    setParameters(model.parameters(), [1, 0.5, -0.5, 0.2, 0.4, 0.3, 0])
    const row = (x: Value[], y: Value[]): Value => meanSquaredError(model.forward(x), y)
    return { model, step: compile({ parameters: model.parameters(), inputs: 1, targets: 1, row }) }
  }

  test("a layer that is added is not seen", () => {
    const { model, step } = compileModel()
    const before = step(inputs, targets)
    model.layers.push(new MLP(1, [1]).layers[0]!)
    expect(step(inputs, targets)).toBe(before)
  })

  test("a Value that takes the place of another is not trained, but that other is", () => {
    const { model, step } = compileModel()
    const { weights } = model.layers[0]!.neurons[0]!
    const old = weights[0]!
    weights[0] = new Value(3, "other")
    step(inputs, targets)
    expect(weights[0].grad).toBe(0)
    expect(old.grad).not.toBe(0)
  })

  test("a list of parameters that changes is not seen", () => {
    const parameters = leaves([2, 3])
    const [p, q] = parameters as [Value, Value]
    const step = compile({ parameters, inputs: 1, targets: 0, row: () => p.mul(p).add(q) })
    parameters.reverse()
    expect(step([0], [])).toBe(7)
    expect([p.grad, q.grad]).toEqual([4, 1])
  })
})
