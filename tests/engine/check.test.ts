import { describe, expect, test } from "vitest"
import {
  apply,
  checkGradients,
  meanSquaredError,
  MLP,
  numericalGradient,
  setParameters,
  threeBowls,
  threeBowlsStart,
  Value,
  type Op,
} from "../../src/engine/index.ts"
import { expectClose, leaves, thrown } from "./support.ts"

describe("numericalGradient", () => {
  test("measures the slope of a function of one number", () => {
    expectClose(
      numericalGradient((x) => x ** 3, 2),
      12,
      1e-9,
    )
    expectClose(numericalGradient(Math.tanh, 0.5), 0.7864477329659274, 1e-10)
  })

  test("measures the slopes of a function of several numbers, one at a time", () => {
    const loss = ([w, b]: number[]): number => (w! + b! + 1) ** 2
    expectClose(numericalGradient(loss, [1, 1]), [6, 6], 1e-9)
    expectClose(numericalGradient(loss, [0, -1]), [0, 0], 1e-9)
  })

  test("leaves the point as it is", () => {
    const x = [1, 2]
    numericalGradient(([a, b]) => a! * b!, x)
    expect(x).toEqual([1, 2])
  })

  test("errs by h² if h is large, and loses its digits if h is tiny: chapter 1's table for tanh at 0.5", () => {
    const error = (h: number): number => Math.abs(numericalGradient(Math.tanh, 0.5, h) - 0.7864477329659274)
    expectClose(error(0.1), 0.00094, 1e-5)
    expect(error(1e-5)).toBeLessThan(2e-11)
    expect(error(1e-14)).toBeGreaterThan(1e-3)
    expect(numericalGradient(Math.tanh, 0.5, 1e-17)).toBe(0)
  })

  test.each<[string, () => unknown]>([
    ["a function that gives a Value", () => numericalGradient((x) => new Value(x).tanh() as never, 1)],
    ["a function that gives nothing", () => numericalGradient(() => undefined as never, [1, 2])],
    ["a nudge of 0", () => numericalGradient(Math.tanh, 1, 0)],
    ["a nudge of NaN", () => numericalGradient(Math.tanh, 1, NaN)],
    ["a point that is a string", () => numericalGradient(Math.tanh, "1" as never)],
    ["a point that is missing", () => numericalGradient(Math.tanh, undefined as never)],
    ["a point with a string in it", () => numericalGradient(([x]) => x!, ["1" as never])],
  ])("refuses %s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})

/** tanh with a derivative that is wrong by a factor. */
const faulty = (factor: number): Op => ({
  name: "tanh",
  forward: (a) => Math.tanh(a),
  backward(out, a) {
    a.grad += factor * (1 - out.data ** 2) * out.grad
  },
})

describe("checkGradients", () => {
  test("passes the seven knobs of the Three Bowls", () => {
    const model = new MLP(1, [2, 1])
    const parameters = model.parameters()
    setParameters(parameters, threeBowlsStart)
    const report = checkGradients(
      () =>
        meanSquaredError(
          threeBowls.inputs.map((x) => model.forward(x)[0]!),
          threeBowls.targets,
        ),
      parameters,
    )
    expect(report.passed).toBe(true)
    expect(report.checks).toHaveLength(7)
    expect(report.suspects).toEqual([])
    expect(Math.max(...report.checks.map(({ error }) => error))).toBeLessThan(1e-9)
    expect(String(report)).toMatch(/^7 gradients agree with nudging: worst relative error \d\.\de-1\d\.$/)
  })

  test("passes a right rule and fails one that is wrong by 0.05 %", () => {
    const [a] = leaves([0.5])
    expect(checkGradients(() => apply(faulty(1), a!), [a!]).passed).toBe(true)
    expect(checkGradients(() => apply(faulty(1.0005), a!), [a!]).passed).toBe(false)
    expect(checkGradients(() => apply(faulty(0.9995), a!), [a!]).passed).toBe(false)
    expect(checkGradients(() => apply(faulty(-1), a!), [a!]).passed).toBe(false)
  })

  test("says what disagrees, where, by how much, and which op is to blame", () => {
    const [w, x] = [new Value(0.5, "w"), new Value(2)]
    const report = checkGradients(() => apply(faulty(1.0005), w.mul(x)).add(1), [w, x])
    expect(String(report)).toMatchSnapshot()
    expect(report.suspects.map(({ op, point }) => [op, point])).toEqual([["tanh", [1]]])
    expect(report.checks[0]).toMatchObject({ op: "add", by: "w", point: [0.5] })
    expect(report.checks[1]).toMatchObject({ op: "add", by: "parameter 2", point: [2] })
  })

  test("says so when each op on its own is right: then the result does not depend on the parameter through the graph", () => {
    const w = new Value(3, "w")
    const report = checkGradients(() => new Value(w.data).mul(2), [w])
    expect(String(report)).toMatchSnapshot()
  })

  test("finds the one op of two inputs whose second derivative is wrong", () => {
    const wrong: Op = {
      name: "sub",
      forward: (a, b) => a - b,
      backward(out, a, b) {
        a.grad += out.grad
        b.grad += out.grad
      },
    }
    const [a, b] = leaves([3, 1])
    const { suspects } = checkGradients(() => apply(wrong, a!, b!).mul(2), [a!, b!])
    expect(suspects).toMatchObject([{ op: "sub", by: "input 2", point: [3, 1], analytic: 1 }])
    expectClose([suspects[0]!.numeric, suspects[0]!.error], [-1, 2], 1e-9)
  })

  test("fails at a gradient that is NaN or infinite", () => {
    const [a] = leaves([1])
    const report = checkGradients(() => a!.mul(1e200).mul(1e200), [a!])
    expect([report.passed, report.checks[0]!.analytic]).toEqual([false, Infinity])
  })

  test("leaves the data as they were, even when a build fails, and the gradients of one pass", () => {
    const [a] = leaves([3])
    a!.grad = 100
    checkGradients(() => a!.pow(2), [a!])
    expect([a!.data, a!.grad]).toEqual([3, 6])
    const failing = (): Value => {
      if (a!.data !== 3) throw new Error("no")
      return a!.pow(2)
    }
    expect(() => checkGradients(failing, [a!])).toThrow("no")
    expect(a!.data).toBe(3)
  })

  test("takes another tolerance and another nudge", () => {
    const [a] = leaves([0.5])
    const build = (): Value => apply(faulty(1.0005), a!)
    expect(checkGradients(build, [a!], { tolerance: 0.001 }).passed).toBe(true)
    expect(checkGradients(() => a!.tanh(), [a!], { h: 0.1 }).passed).toBe(false)
  })

  test.each<[string, () => unknown]>([
    ["no parameters", () => checkGradients(() => new Value(1), [])],
    ["a parameter that is a number", () => checkGradients(() => new Value(1), [3 as never])],
  ])("refuses %s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})
