import { describe, expect, test } from "vitest"
import { apply, mulberry32, order, Value, type Op, type Random } from "../../src/engine/index.ts"
import { expectClose, integer, thrown } from "./support.ts"

describe("a leaf", () => {
  test("holds its number and its label, and starts with gradient 0", () => {
    const w = new Value(-3, "w")
    expect([w.data, w.grad, w.label, w.op, w.inputs]).toEqual([-3, 0, "w", "", []])
  })

  test("may be infinite and may go without a label", () => {
    expect([new Value(-Infinity).data, new Value(-Infinity).label]).toEqual([-Infinity, ""])
  })

  test.each<[string, unknown]>([
    ["NaN", NaN],
    ["a string", "3"],
    ["nothing", undefined],
    ["null", null],
    ["an array", [1, 2]],
    ["an object", { data: 1 }],
    ["a Value", new Value(1)],
    ["a bigint", 3n],
  ])("refuses %s", (_, data) => {
    expect(thrown(() => new Value(data as number))).toMatchSnapshot()
  })
})

describe("an op", () => {
  test("makes a value that knows the op and its inputs, in order", () => {
    const [a, b] = [new Value(6), new Value(2)]
    const y = a.div(b)
    expect(y.op).toBe("div")
    expect(y.inputs).toEqual([a, b])
    expect(y.inputs[0]).toBe(a)
  })

  test("has two inputs when one value is used twice", () => {
    const a = new Value(3)
    expect(a.add(a).inputs).toEqual([a, a])
  })

  test("makes a leaf of a number", () => {
    const y = new Value(6).sub(2)
    expect(y.data).toBe(4)
    expect(y.inputs.map((input) => [input.data, input.op])).toEqual([
      [6, ""],
      [2, ""],
    ])
  })

  test("has one input if it is a function of one; the exponent of pow is not an input", () => {
    const a = new Value(3)
    for (const y of [a.neg(), a.exp(), a.log(), a.tanh(), a.relu(), a.sigmoid(), a.pow(2)])
      expect(y.inputs).toEqual([a])
    expect(a.pow(2).rule?.exponent).toBe(2)
  })

  test("has the name of its method", () => {
    const a = new Value(3)
    const binary = (["add", "sub", "mul", "div", "max"] as const).map((name) => [name, a[name](2).op])
    const unary = (["neg", "exp", "log", "tanh", "relu", "sigmoid"] as const).map((name) => [name, a[name]().op])
    for (const [name, op] of [...binary, ...unary, ["pow", a.pow(2).op]]) expect(op).toBe(name)
  })

  test("leaves its inputs as they are", () => {
    const a = new Value(3, "a")
    a.mul(2).tanh()
    expect([a.data, a.grad, a.label, a.inputs]).toEqual([3, 0, "a", []])
  })

  test.each<[string, (a: Value) => Value]>([
    ["add of a string", (a) => a.add("3" as never)],
    ["sub of nothing", (a) => a.sub(undefined as never)],
    ["mul of null", (a) => a.mul(null as never)],
    ["div of an array", (a) => a.div([a] as never)],
    ["max of a boolean", (a) => a.max(true as never)],
    ["add of NaN", (a) => a.add(NaN)],
    ["pow of a Value", (a) => a.pow(a as never)],
    ["pow of a string", (a) => a.pow("2" as never)],
    ["pow of NaN", (a) => a.pow(NaN)],
  ])("refuses %s", (_, build) => {
    expect(thrown(() => build(new Value(2)))).toMatchSnapshot()
  })
})

describe("backward", () => {
  test("gives the gradients of the lecture's neuron", () => {
    const x = [new Value(2), new Value(0)]
    const w = [new Value(-3), new Value(1)]
    const o = x[0]!.mul(w[0]!).add(x[1]!.mul(w[1]!)).add(6.8813735870195432).tanh()
    o.backward()
    expectClose(o.data, 0.7071, 5e-5)
    expectClose(
      [x[0]!, w[0]!, x[1]!, w[1]!].map((v) => v.grad),
      [-1.5, 1, 0.5, 0],
      1e-12,
    )
  })

  test("gives the numbers of micrograd's README", () => {
    const [a, b] = [new Value(-4), new Value(2)]
    let c = a.add(b)
    let d = a.mul(b).add(b.pow(3))
    c = c.add(c.add(1))
    c = c.add(new Value(1).add(c).add(a.neg()))
    d = d.add(d.mul(2).add(b.add(a).relu()))
    d = d.add(new Value(3).mul(d).add(b.sub(a).relu()))
    const e = c.sub(d)
    const f = e.pow(2)
    let g = f.div(2)
    g = g.add(new Value(10).div(f))
    g.backward()
    expect([g.data, a.grad, b.grad].map((x) => x.toFixed(4))).toEqual(["24.7041", "138.8338", "645.5773"])
  })

  //        p = 2u
  //  a ─ u        y = p + q          a = 1, u = 3a: dy/da = 3 · (2 + 5)
  //        q = 5u
  test("waits for all that used a value: a diamond", () => {
    const a = new Value(1)
    const u = a.mul(3)
    u.mul(2).add(u.mul(5)).backward()
    expect([u.grad, a.grad]).toEqual([7, 21])
  })

  //  a ─ u ─ v ─ w ─ y = w + u: the short way round must wait for the long one
  test("waits for the longest of several ways", () => {
    const a = new Value(2)
    const u = a.mul(3)
    u.mul(5).mul(7).mul(11).add(u).backward()
    expect(a.grad).toBe(3 * (5 * 7 * 11 + 1))
    const b = new Value(2)
    const v = b.mul(3)
    v.add(v.mul(5).mul(7).mul(11)).backward()
    expect(b.grad).toBe(3 * (1 + 5 * 7 * 11))
  })

  test("follows every one of 2⁶⁰ paths through 60 diamonds, exactly", () => {
    const a = new Value(1)
    let y = a
    for (let i = 0; i < 60; i++) y = y.add(y)
    y.backward()
    expect(a.grad).toBe(2 ** 60)
  })

  test("starts from 1 at the result", () => {
    const y = new Value(3).mul(2)
    y.backward()
    expect(y.grad).toBe(1)
  })

  test("twice gives the leaves exactly the double, and inner values the same", () => {
    const a = new Value(2)
    const ab = a.mul(new Value(-3))
    const y = ab.mul(new Value(-2))
    y.backward()
    expect([a.grad, ab.grad, y.grad]).toEqual([6, -2, 1])
    y.backward()
    expect([a.grad, ab.grad, y.grad]).toEqual([12, -2, 1])
  })

  test("twice gives exactly the double where gradients add up with rounding, too: 200 random graphs", () => {
    const random = mulberry32(21)
    for (let round = 0; round < 200; round++) {
      const nodes = randomGraph(random, 40)
      const root = nodes.at(-1)!
      const leaves = nodes.filter((node) => node.op === "")
      root.backward()
      const once = leaves.map((leaf) => leaf.grad)
      root.backward()
      expect(leaves.map((leaf) => leaf.grad)).toEqual(once.map((grad) => 2 * grad))
    }
  })

  test("of two results adds up in the leaves they share", () => {
    const a = new Value(3)
    a.mul(2).backward()
    a.mul(5).backward()
    expect(a.grad).toBe(7)
  })

  test("of a leaf adds 1 to it", () => {
    const a = new Value(3)
    a.backward()
    a.backward()
    expect(a.grad).toBe(2)
  })

  test("leaves values alone that the result was not made from", () => {
    const [a, b] = [new Value(3), new Value(4)]
    const other = a.mul(b)
    a.mul(2).backward()
    expect([b.grad, other.grad]).toEqual([0, 0])
  })

  test("passes nothing on where the gradient is 0, not even through an infinite slope", () => {
    const a = new Value(0)
    a.pow(0.5).mul(0).backward()
    expect(a.grad).toBe(0)
  })

  test("gives an infinite slope where the maths does", () => {
    const a = new Value(0)
    a.log().backward()
    expect(a.grad).toBe(Infinity)
  })
})

// A minute each, for slow machines: they take about a second.
describe("depth does not matter", { timeout: 60_000 }, () => {
  const chain = (grow: (v: Value) => Value): { start: Value; end: Value } => {
    const start = new Value(1)
    let end = start
    for (let i = 0; i < 1_000_000; i++) end = grow(end)
    return { start, end }
  }

  test("a chain of 1,000,000 adds goes forward and backward", () => {
    const { start, end } = chain((v) => v.add(1))
    end.backward()
    expect([end.data, start.grad]).toEqual([1_000_001, 1])
  })

  test("a chain of 1,000,000 muls by 1 goes forward and backward", () => {
    const { start, end } = chain((v) => v.mul(1))
    end.backward()
    expect([end.data, start.grad]).toEqual([1, 1])
  })

  test("a sum over 100,000 values goes forward and backward", () => {
    const values = Array.from({ length: 100_000 }, (_, i) => new Value(i))
    const total = values.reduce((sum, v) => sum.add(v))
    total.backward()
    expect(total.data).toBe((100_000 * 99_999) / 2)
    expect(values.every((v) => v.grad === 1)).toBe(true)
  })
})

describe("a NaN is never silent", () => {
  test("backward names a parameter that became NaN", () => {
    const w = new Value(2, "w")
    w.data = NaN
    const loss = w.mul(3).add(1).relu()
    expect(loss.data).toBeNaN()
    expect(thrown(() => loss.backward())).toMatchSnapshot()
  })

  test("backward finds a NaN that was set after the result was made", () => {
    const [a, b] = [new Value(2), new Value(3)]
    const sum = a.add(b)
    sum.data = NaN
    expect(thrown(() => sum.mul(0).backward())).toMatchSnapshot("an inner value")
    const y = a.add(b)
    b.data = NaN
    expect(thrown(() => y.backward())).toMatchSnapshot("a leaf")
  })

  test("backward names the value where infinite slopes meet", () => {
    const a = new Value(0, "a")
    expect(thrown(() => a.pow(0.5).sub(a.pow(0.5)).backward())).toMatchSnapshot()
  })
})

test("a value reads as text: its name, its number, its op, its gradient", () => {
  const a = new Value(0.1 + 0.2, "a")
  const y = a.mul(3)
  y.label = "y"
  y.backward()
  expect([String(a), String(y), String(new Value(2).tanh())]).toEqual([
    "a = 0.3, grad 3",
    "y = 0.9 (mul), grad 1",
    "0.964028 (tanh), grad 0",
  ])
})

test("an op of one's own works like those of the table", () => {
  const hypot: Op = {
    name: "hypot",
    forward: (a, b) => Math.hypot(a, b),
    backward(out, a, b) {
      a.grad += (a.data / out.data) * out.grad
      b.grad += (b.data / out.data) * out.grad
    },
  }
  const [a, b] = [new Value(3), new Value(4)]
  const y = apply(hypot, a, b).mul(10)
  y.backward()
  expect([y.data, a.grad, b.grad]).toEqual([50, 6, 8])
})

/** A graph whose nodes draw their inputs from all earlier ones. */
function randomGraph(random: Random, size: number): Value[] {
  const nodes = [new Value(1), new Value(2), new Value(3)]
  const pick = (): Value => nodes[integer(random, nodes.length)]!
  while (nodes.length < size)
    nodes.push(random() < 0.3 ? pick().tanh() : random() < 0.5 ? pick().add(pick()) : pick().sub(pick()))
  return nodes
}

describe("order", () => {
  test("puts every value once, after its inputs, the root last: 200 random graphs", () => {
    const random = mulberry32(7)
    for (let round = 0; round < 200; round++) {
      const nodes = randomGraph(random, 3 + integer(random, 60))
      const root = nodes.at(-1)!
      const sorted = order(root)
      const place = new Map(sorted.map((value, i) => [value, i]))
      expect(place.size).toBe(sorted.length)
      expect(sorted.at(-1)).toBe(root)
      for (const [value, i] of place) for (const input of value.inputs) expect(place.get(input)).toBeLessThan(i)
    }
  })

  test("holds what the root was made from, and nothing else", () => {
    const [a, b, c] = [new Value(1), new Value(2), new Value(3)]
    const y = a.mul(b)
    b.mul(c)
    expect(new Set(order(y))).toEqual(new Set([a, b, y]))
  })

  test("is the same when asked again, and when asked of another root in between", () => {
    const nodes = randomGraph(mulberry32(3), 40)
    const [one, other] = [nodes.at(-1)!, nodes.at(-2)!]
    const first = order(one)
    order(other)
    expect(order(one)).toEqual(first)
  })
})
