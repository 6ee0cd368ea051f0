import { afterEach, describe, expect, test, vi } from "vitest"
import {
  apply,
  compile,
  compileAsync,
  l2,
  mean,
  meanSquaredError,
  MLP,
  threeBowls,
  Value,
  type CompileOptions,
  type Op,
} from "../../../src/engine/index.ts"
import { leaves, thrown } from "../support.ts"
import { asGraph, backends } from "./support.ts"

const { inputs, targets } = threeBowls
const Y = targets.map((target) => [target])

function program(): CompileOptions {
  const model = new MLP(1, [3, 1], { activation: "relu" })
  return {
    parameters: model.parameters(),
    inputs: 1,
    targets: 1,
    row: (x, y) => meanSquaredError(model.forward(x), y),
    penalty: () => l2(model.parameters()),
    output: (x) => model.forward(x),
  }
}

/** The loss, the gradients, the loss alone and the predictions. */
function numbers(options: CompileOptions, step = compile(options)): unknown[] {
  for (const p of options.parameters) p.grad = 0
  const loss = step(inputs, targets)
  const gradients = options.parameters.map((p) => p.grad)
  return [loss, gradients, step.loss(inputs, targets), [...step.predict(inputs)]]
}

afterEach(() => {
  vi.unstubAllGlobals()
})

describe("where code may not be generated", () => {
  const refusal = "Refused to compile or instantiate WebAssembly module"

  function forbid(): void {
    const refuse = (): never => {
      throw new WebAssembly.CompileError(refusal)
    }
    function Module(): void {
      refuse()
    }
    const { Memory, Instance, CompileError } = WebAssembly
    vi.stubGlobal("WebAssembly", { Memory, Instance, CompileError, Module, compile: refuse })
  }

  test("the same program runs by columns, with the same numbers", () => {
    const expected = numbers(program())
    forbid()
    const step = compile(program())
    expect({ ...step }).toMatchObject({ backend: "columns", reason: refusal, bytes: 0 })
    expect(numbers(program())).toEqual(expected)
  })

  test("the same program runs by columns, compiled in slices", async () => {
    const expected = numbers(program())
    forbid()
    const options = program()
    const step = await compileAsync(options)
    expect({ ...step }).toMatchObject({ backend: "columns", reason: refusal })
    expect(numbers(options, step)).toEqual(expected)
  })

  test("or where there is no WebAssembly at all", async () => {
    const expected = numbers(program())
    vi.stubGlobal("WebAssembly", undefined)
    expect(compile(program()).backend).toBe("columns")
    expect((await compileAsync(program())).backend).toBe("columns")
    expect(numbers(program())).toEqual(expected)
  })

  test("it is an error to ask for it", () => {
    forbid()
    expect(thrown(() => compile({ ...program(), backend: "wasm" }))).toMatchInlineSnapshot(
      `"Error: compile: the backend wasm is not possible here: Refused to compile or instantiate WebAssembly module."`,
    )
  })
})

test("a program too large for one WebAssembly function runs by columns", { timeout: 60_000 }, () => {
  const [p] = leaves([0.5]) as [Value]
  const row = ([x]: Value[]): Value => {
    let value = x!
    for (let i = 0; i < 25_100; i++) value = value.add(p).tanh()
    return value
  }
  const options = { parameters: [p], inputs: 1, targets: 0, row }
  const step = compile(options)
  expect(step.backend).toBe("columns")
  expect(step.reason).toMatch(/local count too large/)
  const expected = asGraph({ program: options, X: [[1], [2]], Y: [[], []] })
  p.grad = 0
  expect({ loss: step([1, 2], []), gradients: [p.grad] }).toEqual(expected)
})

describe("an op that the compiler does not know runs as a graph:", () => {
  const slope = 0.1
  const leaky: Op = {
    name: "leaky",
    forward: (a) => (a > 0 ? a : slope * a),
    backward(out, a) {
      a.grad += (a.data > 0 ? 1 : slope) * out.grad
    },
  }
  const { mul, relu, sub, pow } = Object.fromEntries(
    [new Value(1).mul(1), new Value(1).relu(), new Value(1).sub(1), new Value(1).pow(2)].map(({ op, rule }) => [
      op,
      rule!,
    ]),
  ) as Record<string, Op>

  /** A row that applies an op to a parameter and the input. */
  function withOp(op: Op): CompileOptions {
    const parameters = leaves([0.5, -0.3])
    const [p, q] = parameters as [Value, Value]
    const output = ([x]: Value[]): Value => apply(op, p.mul(x!), q.add(1)).add(q)
    return { parameters, inputs: 1, targets: 1, row: (x, [y]) => output(x).sub(y!).pow(2), output }
  }

  test.each<[string, Op]>([
    ["one of your own", leaky],
    ["one that has the name of another", { ...leaky, name: "relu" }],
    ["mul, with a formula that is wrong by 0.05 %", { ...mul!, forward: (a, b) => 1.0005 * a * b }],
    [
      "mul, with a slope that is wrong by 0.05 %",
      { ...mul!, backward: (out, a, b) => mul!.backward(out, a, { ...b, data: 1.0005 * b.data } as Value) },
    ],
    [
      "mul, with = for +=",
      {
        ...mul!,
        backward(out, a, b) {
          a.grad = b.data * out.grad
          b.grad = a.data * out.grad
        },
      },
    ],
    ["sub, with its inputs swapped", { ...sub!, backward: (out, a, b) => sub!.backward(out, b, a) }],
    ["relu, with a slope of 1 everywhere", { ...relu!, backward: (out, a) => void (a.grad += out.grad) }],
    ["pow, with another exponent than it says", { ...pow!, exponent: 3 }],
  ])("%s", (_, op) => {
    const options = withOp(op)
    const expected = asGraph({ program: options, X: inputs, Y })
    const predictions = inputs.map((x) => (options.output!(leaves(x)) as Value).data)

    const step = compile(options)
    expect([step.backend, step.reason, step.bytes]).toEqual([
      "eager",
      `the compiler knows no op ${op.name} with such rules`,
      0,
    ])
    expect(step.source).toBe(`// ${step.reason}\n`)
    expect(step.loss(inputs, Y)).toBe(expected.loss)
    expect([...step.predict(inputs)]).toEqual(predictions)
    options.parameters.forEach((p, i) => (p.grad = i % 2 ? 0 : 0.1 * i))
    expect({ loss: step(inputs, Y), gradients: options.parameters.map((p) => p.grad) }).toEqual(expected)
  })

  test("and it is an error to ask for more", () => {
    expect(thrown(() => compile({ ...withOp(leaky), backend: "wasm" }))).toMatchInlineSnapshot(
      `"Error: compile: the backend wasm is not possible here: the compiler knows no op leaky with such rules."`,
    )
    expect(thrown(() => compile({ ...withOp(leaky), backend: "columns" }))).toMatchInlineSnapshot(
      `"Error: compile: the backend columns is not possible here: the compiler knows no op leaky with such rules."`,
    )
  })

  test("but a known op is known wherever it comes from", () => {
    expect(compile(withOp(mul!)).backend).toBe("wasm")
    expect(compile(withOp({ ...mul! })).backend).toBe("wasm")
  })
})

describe.each(backends)("where numbers are not finite, %s", (backend) => {
  /** A program of one parameter, run on one row, compiled and as a graph: the same result, or the same error. */
  function bothWays(f: (p: Value, x: Value) => Value, data: number, x = 1): unknown[] {
    const found: unknown[] = []
    for (const way of ["compiled", "graph"]) {
      const p = new Value(0.5)
      const options = { parameters: [p], inputs: 1, targets: 0, row: ([x]: Value[]) => f(p, x!) }
      const step = compile({ ...options, backend })
      p.data = data
      let result: unknown
      try {
        result = way === "compiled" ? step([x], []) : asGraph({ program: options, X: [[x]], Y: [[]] }).loss
      } catch (error) {
        result = String(error)
      }
      found.push([result, p.grad])
    }
    expect(found[0]).toEqual(found[1])
    return found[0] as unknown[]
  }

  test("passes infinity on, as the graph does", () => {
    expect(bothWays((p) => p.pow(-1), 0)).toEqual([Infinity, -Infinity])
    expect(bothWays((p, x) => p.mul(x), Infinity)).toEqual([Infinity, 1])
    expect(bothWays((p) => p.log().neg(), 0)).toEqual([Infinity, -Infinity])
    expect(bothWays((p) => p.exp(), 1000)).toEqual([Infinity, Infinity])
  })

  test("stops a gradient of 0 before an infinite slope, as the graph does", () => {
    expect(bothWays((p) => p.log().relu(), 0)).toEqual([0, 0])
    expect(bothWays((p) => p.pow(0.5).mul(0), 0)).toEqual([0, 0])
    expect(bothWays((p) => p.log().max(0), 0)).toEqual([0, 0])
    expect(bothWays((p) => p.log().exp().mul(0), 0)).toEqual([0, 0])
  })

  test("throws what the graph throws when a NaN comes up", () => {
    expect(bothWays((p) => p.sub(p), Infinity)[0]).toMatchInlineSnapshot(
      `"RangeError: sub(Infinity, Infinity) is not a number: infinite numbers met; has a learning rate made the parameters grow without bound?"`,
    )
    expect(bothWays((p) => p.log(), -1)[0]).toMatchInlineSnapshot(
      `"RangeError: log(-1) is not a number: a logarithm needs an input that is not below 0."`,
    )
    expect(bothWays((p, x) => p.mul(x), NaN)[0]).toMatchInlineSnapshot(
      `"RangeError: backward: expected numbers, found NaN: a leaf without a label was set to it after it was made. Has a learning rate made the parameters grow without bound?"`,
    )
    expect(bothWays((p) => p.pow(0.5).sub(p.pow(0.5).mul(2)), 0)[0]).toMatchInlineSnapshot(
      `"RangeError: backward: expected numbers, found NaN: infinite slopes meet in the gradient of a leaf without a label. Look for a division by 0, a log of 0 or a pow of 0."`,
    )
  })

  test("says what diverged when a learning rate was too large", () => {
    const train = (graph: boolean): string => {
      const options = { ...program(), backend }
      const step = compile(options)
      return thrown(() => {
        for (let k = 0; k < 1000; k++) {
          for (const p of options.parameters) p.grad = 0
          if (graph) {
            const loss = mean(inputs.map((x, i) => options.row(leaves(x), leaves(Y[i]!)))).add(options.penalty!())
            loss.backward()
          } else step(inputs, targets)
          for (const p of options.parameters) p.data -= 3 * p.grad
        }
      })
    }
    expect(train(false)).toBe(train(true))
    expect(train(false)).toMatchInlineSnapshot(
      `"RangeError: backward: expected numbers, found NaN: infinite slopes meet in the gradient of 2.1.w1. Look for a division by 0, a log of 0 or a pow of 0."`,
    )
  })

  test("predicts what the graph answers", () => {
    const [p] = leaves([1]) as [Value]
    const output = ([x]: Value[]): Value => p.mul(x!).log().neg()
    const step = compile({ parameters: [p], inputs: 1, targets: 0, row: output, output, backend })
    expect([...step.predict([1, 0])]).toEqual([-0, Infinity])
    expect(thrown(() => step.predict([1, -1]))).toMatchInlineSnapshot(
      `"RangeError: log(-1) is not a number: a logarithm needs an input that is not below 0."`,
    )
    expect(thrown(() => step.loss([1, -1], []))).toMatchInlineSnapshot(
      `"RangeError: log(-1) is not a number: a logarithm needs an input that is not below 0."`,
    )
  })
})
