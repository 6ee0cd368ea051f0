import { describe, expect, test } from "vitest"
import { crossEntropy, hinge, l2, mean, meanSquaredError, softmax, sum, Value } from "../../src/engine/index.ts"
import { expectClose, leaves, rows, slopes, thrown } from "./support.ts"

const data = (values: Value[]): number[] => values.map((v) => v.data)
const total = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0)

/** The losses in plain numbers, written from their formulas, without care for overflow. */
const plain = {
  meanSquaredError:
    (targets: number[]) =>
    (...p: number[]) =>
      total(p.map((x, i) => (x - targets[i]!) ** 2)) / p.length,
  hinge:
    (targets: number[]) =>
    (...s: number[]) =>
      total(s.map((x, i) => Math.max(0, 1 - targets[i]! * x))) / s.length,
  crossEntropy:
    (target: number) =>
    (...z: number[]) =>
      -Math.log(Math.exp(z[target]!) / total(z.map(Math.exp))),
  l2: (...p: number[]) => total(p.map((x) => x * x)) / p.length,
}

function expectLoss(inputs: Value[], loss: Value, formula: (...x: number[]) => number): void {
  loss.backward()
  expectClose(loss.data, formula(...data(inputs)), 1e-14)
  expectClose(
    inputs.map((x) => x.grad),
    slopes(formula, data(inputs)),
    1e-8,
  )
}

describe("each loss has the value of its formula, and the slopes that a nudge of the formula measures:", () => {
  test("mean squared error", () => {
    for (const [i, x] of rows(20, 4, [-3, 3]).entries()) {
      const targets = rows(1, 4, [-3, 3], 100 + i)[0]!
      const p = leaves(x)
      expectLoss(p, meanSquaredError(p, targets), plain.meanSquaredError(targets))
    }
  })

  test("hinge, on both sides of its kink", () => {
    for (const x of rows(20, 4, [-3, 3])) {
      const p = leaves(x)
      expectLoss(p, hinge(p, [1, -1, -1, 1]), plain.hinge([1, -1, -1, 1]))
    }
  })

  test("cross-entropy, for every class", () => {
    for (const x of rows(20, 4, [-3, 3])) {
      for (const target of [0, 1, 2, 3]) {
        const z = leaves(x)
        expectLoss(z, crossEntropy(z, target), plain.crossEntropy(target))
      }
    }
  })

  test("l2", () => {
    for (const x of rows(20, 4, [-3, 3])) {
      const p = leaves(x)
      expectLoss(p, l2(p), plain.l2)
    }
  })
})

describe("mean squared error", () => {
  test("of the Three Bowls at G is 1.0631", () => {
    expectClose(meanSquaredError(leaves([-0.0035, 0.2441, 0.2747]), [-1, 1, -1]).data, 1.0631, 1e-4)
  })

  test("takes Values as targets, which get gradients too", () => {
    const [p, y] = leaves([3, 1])
    meanSquaredError([p!], [y!]).backward()
    expect([p!.grad, y!.grad]).toEqual([4, -4])
  })
})

describe("hinge", () => {
  test("costs nothing, and teaches nothing, beyond the margin", () => {
    const s = leaves([1.5, -7])
    const loss = hinge(s, [1, -1])
    loss.backward()
    expect([loss.data, s[0]!.grad, s[1]!.grad]).toEqual([0, 0, 0])
  })

  test("grows with the distance from the margin", () => {
    expect(hinge(leaves([0.5, 2]), [1, -1]).data).toBe((0.5 + 3) / 2)
  })

  test("takes Values as targets", () => {
    expect(hinge(leaves([0.5]), leaves([-1])).data).toBe(1.5)
  })
})

describe("softmax", () => {
  test("turns scores into probabilities, in their order", () => {
    expectClose(data(softmax(leaves([2, 1, 0]))), [0.6652, 0.2447, 0.09], 5e-5)
  })

  test("depends on differences only, and never overflows", () => {
    for (const shift of [100, 1000, -1000]) {
      expectClose(data(softmax(leaves([2 + shift, 1 + shift, shift]))), data(softmax(leaves([2, 1, 0]))), 1e-12)
    }
  })

  test("sums to 1, so that its slopes sum to 0", () => {
    for (const x of rows(20, 5, [-30, 30])) {
      const z = leaves(x)
      const p = softmax(z)
      expectClose(total(data(p)), 1, 1e-14)
      p[2]!.backward()
      expectClose(total(z.map((x) => x.grad)), 0, 1e-15)
    }
  })

  test("has the slopes that a nudge of its formula measures", () => {
    for (const x of rows(20, 3, [-3, 3])) {
      for (const k of [0, 1, 2]) {
        const z = leaves(x)
        softmax(z)[k]!.backward()
        expectClose(
          z.map((v) => v.grad),
          slopes((...at) => Math.exp(at[k]!) / total(at.map(Math.exp)), x),
          1e-9,
        )
      }
    }
  })
})

describe("cross-entropy", () => {
  test.each([
    [0, 0.4076],
    [2, 2.4076],
  ])("is the surprise at the true class: scores 2, 1, 0 and class %d give %d", (target, surprise) => {
    expectClose(crossEntropy(leaves([2, 1, 0]), target).data, surprise, 5e-5)
  })

  test("has the gradient probability minus truth, which sums to 0", () => {
    const z = leaves([2, 1, 0])
    crossEntropy(z, 2).backward()
    expectClose(
      z.map((x) => x.grad),
      [0.6652, 0.2447, -0.91],
      5e-5,
    )
    expectClose(total(z.map((x) => x.grad)), 0, 1e-15)
  })

  test("of equal scores is the logarithm of the number of classes", () => {
    const scores = leaves(Array<number>(16).fill(0.3))
    expectClose(crossEntropy(scores, 5).data, Math.log(16), 1e-15)
  })

  test.each([
    [[1000, 0], 0, 0],
    [[1000, 0], 1, 1000],
    [[-1e9, -1e9 - 1], 0, Math.log(1 + Math.exp(-1))],
  ])("stays exact for the scores %j and class %d", (scores, target, surprise) => {
    expectClose(crossEntropy(leaves(scores), target).data, surprise, 1e-12)
  })

  test("takes one probability per class instead of an index, numbers or Values", () => {
    for (const x of rows(10, 3, [-3, 3])) {
      const [z, other] = [leaves(x), leaves(x)]
      crossEntropy(z, 1).backward()
      crossEntropy(other, [new Value(0), 1, 0]).backward()
      expectClose(
        other.map((v) => v.grad),
        z.map((v) => v.grad),
        1e-15,
      )
      const mixed = crossEntropy(leaves(x), [0.5, 0.25, 0.25]).data
      const parts = [0, 1, 2].map((k) => crossEntropy(leaves(x), k).data)
      expectClose(mixed, parts[0]! / 2 + parts[1]! / 4 + parts[2]! / 4, 1e-14)
    }
  })
})

test("sum and mean are what they say, and take one value as well as many", () => {
  const x = leaves([1, 2, 6])
  expect([sum(x).data, mean(x).data, mean(x.slice(1, 2)).data]).toEqual([9, 3, 2])
})

describe("what does not fit is refused:", () => {
  test.each<[string, () => unknown]>([
    ["no predictions", () => meanSquaredError([], [])],
    ["a target too few", () => meanSquaredError(leaves([1, 2]), [1])],
    ["a target too many", () => hinge(leaves([1]), [1, -1])],
    ["no scores", () => hinge([], [])],
    ["a hinge target of 0", () => hinge(leaves([1, 2]), [1, 0])],
    ["a hinge target of NaN", () => hinge(leaves([1]), [NaN])],
    ["a hinge target that is no Value of ±1", () => hinge(leaves([1]), leaves([2]))],
    ["a target that is missing", () => meanSquaredError(leaves([1]), [undefined as never])],
    ["no logits", () => crossEntropy([], 0)],
    ["a class that does not exist", () => crossEntropy(leaves([1, 2]), 2)],
    ["a negative class", () => crossEntropy(leaves([1, 2]), -1)],
    ["half a class", () => crossEntropy(leaves([1, 2]), 0.5)],
    ["a class of NaN", () => crossEntropy(leaves([1, 2]), NaN)],
    ["too few probabilities", () => crossEntropy(leaves([1, 2]), [1])],
    ["a negative probability", () => crossEntropy(leaves([1, 2]), [1.5, -0.5])],
    ["probabilities that do not sum to 1", () => crossEntropy(leaves([1, 2]), [1, 1])],
    ["softmax of nothing", () => softmax([])],
    ["l2 of nothing", () => l2([])],
    ["the mean of nothing", () => mean([])],
    ["the sum of a number", () => sum(3 as never)],
  ])("%s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})
