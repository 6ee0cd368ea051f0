import { describe, expect, test } from "vitest"
import { Value } from "../../src/engine/index.ts"
import { expectClose, leaves, rows, slopes, thrown } from "./support.ts"

/** An op, the same in plain numbers, its derivatives as a table of calculus gives them, and where to try it. */
interface Case {
  op: (...inputs: Value[]) => Value
  formula: (...x: number[]) => number
  derivatives: ((...x: number[]) => number)[]
  range?: readonly [number, number]
}

const gradients = (inputs: Value[]): number[] => inputs.map((input) => input.grad)
const positive = [0.2, 4] as const
const logistic = (a: number): number => 1 / (1 + Math.exp(-a))
const power = (k: number, range?: readonly [number, number]): Case => ({
  op: (a) => a.pow(k),
  formula: (a) => a ** k,
  derivatives: [(a) => k * a ** (k - 1)],
  ...(range && { range }),
})

const cases: Record<string, Case> = {
  add: { op: (a, b) => a.add(b), formula: (a, b) => a + b, derivatives: [() => 1, () => 1] },
  sub: { op: (a, b) => a.sub(b), formula: (a, b) => a - b, derivatives: [() => 1, () => -1] },
  mul: { op: (a, b) => a.mul(b), formula: (a, b) => a * b, derivatives: [(_, b) => b, (a) => a] },
  "div, positive": {
    op: (a, b) => a.div(b),
    formula: (a, b) => a / b,
    derivatives: [(_, b) => 1 / b, (a, b) => -a / b ** 2],
    range: positive,
  },
  "div, negative": {
    op: (a, b) => a.div(b),
    formula: (a, b) => a / b,
    derivatives: [(_, b) => 1 / b, (a, b) => -a / b ** 2],
    range: [-4, -0.2],
  },
  max: {
    op: (a, b) => a.max(b),
    formula: (a, b) => Math.max(a, b),
    derivatives: [(a, b) => (a > b ? 1 : 0), (a, b) => (a > b ? 0 : 1)],
  },
  neg: { op: (a) => a.neg(), formula: (a) => -a, derivatives: [() => -1] },
  "pow 2": power(2),
  "pow 3": power(3),
  "pow -1": power(-1, positive),
  "pow -2, negative base": power(-2, [-4, -0.2]),
  "pow 0.5": power(0.5, positive),
  "pow 1": power(1),
  exp: { op: (a) => a.exp(), formula: Math.exp, derivatives: [Math.exp] },
  log: { op: (a) => a.log(), formula: Math.log, derivatives: [(a) => 1 / a], range: positive },
  tanh: { op: (a) => a.tanh(), formula: Math.tanh, derivatives: [(a) => 1 / Math.cosh(a) ** 2] },
  "relu, open": { op: (a) => a.relu(), formula: (a) => a, derivatives: [() => 1], range: [0.001, 3] },
  "relu, closed": { op: (a) => a.relu(), formula: () => 0, derivatives: [() => 0], range: [-3, -0.001] },
  sigmoid: { op: (a) => a.sigmoid(), formula: logistic, derivatives: [(a) => logistic(a) * (1 - logistic(a))] },
}

describe.each(Object.entries(cases))("%s", (_, { op, formula, derivatives, range = [-3, 3] }) => {
  const points = rows(50, derivatives.length, range)

  test("computes its formula exactly", () => {
    for (const x of points) expect(op(...leaves(x)).data).toBe(formula(...x))
  })

  test("has the derivatives of calculus", () => {
    for (const x of points) {
      const inputs = leaves(x)
      op(...inputs).backward()
      expectClose(
        gradients(inputs),
        derivatives.map((d) => d(...x)),
        1e-14,
      )
    }
  })

  test("has the slopes that a nudge of its formula measures", () => {
    for (const x of points) {
      const inputs = leaves(x)
      op(...inputs).backward()
      expectClose(gradients(inputs), slopes(formula, x), 1e-7)
    }
  })

  test("multiplies what arrives from above by its derivative", () => {
    for (const x of points) {
      const inputs = leaves(x)
      op(...inputs)
        .mul(-2.5)
        .backward()
      expectClose(
        gradients(inputs),
        derivatives.map((d) => -2.5 * d(...x)),
        1e-14,
      )
    }
  })

  //          u · 2
  //  x ─ u <       > y      u may pass its gradient on when both have added theirs, not earlier
  //          u · 5
  test("passes its gradient on when it is complete", () => {
    for (const x of points) {
      const inputs = leaves(x)
      const u = op(...inputs)
      u.mul(2).add(u.mul(5)).backward()
      expectClose(
        gradients(inputs),
        derivatives.map((d) => 7 * d(...x)),
        1e-14,
      )
    }
  })

  test("adds to gradients that its inputs have already", () => {
    for (const x of points) {
      const inputs = leaves(x)
      inputs.reduce((sum, input) => sum.add(input), op(...inputs)).backward()
      expectClose(
        gradients(inputs),
        derivatives.map((d) => d(...x) + 1),
        1e-14,
      )
    }
  })
})

describe("an input used twice by one op gets both shares", () => {
  test.each<[string, (a: Value) => Value, number]>([
    ["a + a", (a) => a.add(a), 2],
    ["a - a", (a) => a.sub(a), 0],
    ["a · a", (a) => a.mul(a), 6],
    ["a / a", (a) => a.div(a), 0],
    ["max(a, a)", (a) => a.max(a), 1],
  ])("%s at 3", (_, build, slope) => {
    const a = new Value(3)
    build(a).backward()
    expect(a.grad).toBe(slope)
  })
})

describe("at a kink, the slope is PyTorch's", () => {
  test("relu has slope 0 at 0", () => {
    const a = new Value(0)
    a.relu().backward()
    expect(a.grad).toBe(0)
  })

  test("a tie in max is shared half and half", () => {
    const [a, b] = [new Value(2), new Value(2)]
    a.max(b).backward()
    expect([a.grad, b.grad]).toEqual([0.5, 0.5])
  })

  test("pow 0 is 1 with slope 0, even at 0", () => {
    const a = new Value(0)
    const y = a.pow(0)
    y.backward()
    expect([y.data, a.grad]).toEqual([1, 0])
  })
})

describe("far from 0", () => {
  test.each([
    ["tanh", 400, 1],
    ["tanh", -400, -1],
    ["sigmoid", 800, 1],
    ["sigmoid", -800, 0],
    ["exp", 710, Infinity],
    ["exp", -800, 0],
  ] as const)("%s(%d) is %d, not NaN", (name, at, result) => {
    const a = new Value(at)
    const y = a[name]()
    expect(y.data).toBe(result)
  })

  test("the slope of a saturated tanh or sigmoid is 0", () => {
    for (const at of [-400, 400]) {
      const a = new Value(at)
      a.tanh().add(a.sigmoid()).backward()
      expect(a.grad).toBeCloseTo(0, 100)
    }
  })
})

describe("where the maths gives infinity, so does the op", () => {
  test.each<[string, () => Value, number]>([
    ["log(0)", () => new Value(0).log(), -Infinity],
    ["1 / 0", () => new Value(1).div(0), Infinity],
    ["-1 / 0", () => new Value(-1).div(0), -Infinity],
    ["0 ** -1", () => new Value(0).pow(-1), Infinity],
  ])("%s", (_, build, result) => {
    expect(build().data).toBe(result)
  })
})

describe("where the maths gives nothing, the op says why", () => {
  test.each<[string, () => Value]>([
    ["log(-1)", () => new Value(-1, "price").log()],
    ["0 / 0", () => new Value(0).div(0)],
    ["Infinity / Infinity", () => new Value(Infinity).div(Infinity)],
    ["(-8) ** (1 / 3)", () => new Value(-8).pow(1 / 3)],
    ["Infinity - Infinity", () => new Value(Infinity).sub(Infinity)],
    ["Infinity + -Infinity", () => new Value(Infinity, "loss").add(-Infinity)],
    ["0 * Infinity", () => new Value(3).sub(3).mul(Infinity)],
  ])("%s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})

test.each([["relu"], ["tanh"], ["sigmoid"], ["exp"], ["log"], ["neg"]] as const)(
  "%s of a NaN is NaN: a parameter that training has ruined is not hidden",
  (name) => {
    const w = new Value(1)
    w.data = NaN
    expect(w[name]().data).toBeNaN()
  },
)
