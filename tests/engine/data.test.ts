import { describe, expect, test } from "vitest"
import {
  disc,
  MLP,
  moons,
  mulberry32,
  porridge,
  threeBowls,
  threeBowlsStart,
  yinYang,
  type Dataset,
} from "../../src/engine/index.ts"
import { thrown } from "./support.ts"

const generators = { moons, yinYang, disc }
const points = ({ inputs }: Dataset): [number, number][] => inputs as [number, number][]
const share = (data: Dataset, target: number): number =>
  data.targets.filter((t) => t === target).length / data.targets.length

test("the Three Bowls are cold, warm and hot, and only warm is just right", () => {
  expect(threeBowls).toEqual({ inputs: [[-1], [0], [1]], targets: [-1, 1, -1] })
})

test("the start G has a number for each of the seven knobs", () => {
  expect(threeBowlsStart).toEqual([1, 0.5, -0.5, 0.2, 0.4, 0.3, 0])
  expect(threeBowlsStart).toHaveLength(new MLP(1, [2, 1]).parameters().length)
})

test("the porridge text has 78 characters, 16 different ones", () => {
  expect([porridge.length, new Set(porridge).size]).toEqual([78, 16])
})

describe.each(Object.entries(generators))("%s", (_, generate) => {
  test("gives as many examples as asked for, of two inputs and one target each; 100 if not asked", () => {
    for (const count of [1, 2, 7, 100]) {
      const data = generate({ count })
      expect([data.inputs.length, data.targets.length]).toEqual([count, count])
      expect(data.inputs.every((x) => x.length === 2 && x.every(Number.isFinite))).toBe(true)
    }
    expect(generate().inputs).toHaveLength(100)
  })

  test("gives the same data every time, other data from another source", () => {
    expect(generate()).toEqual(generate())
    expect(generate({ random: mulberry32(1337) })).toEqual(generate())
    expect(generate({ random: mulberry32(1) })).not.toEqual(generate())
  })

  test("comes in random order: the first half is not all of one class", () => {
    const { targets } = generate({ count: 60 })
    expect(new Set(targets.slice(0, 30)).size).toBeGreaterThan(1)
  })

  test.each([0, -1, 1.5, NaN, "3" as never])("refuses a count of %j", (count) => {
    expect(thrown(() => generate({ count }))).toMatchSnapshot()
  })
})

describe("moons", () => {
  test("without noise lie on two half circles of radius 1", () => {
    const data = moons({ count: 101, noise: 0 })
    for (const [i, [x, y]] of points(data).entries()) {
      const isUpper = data.targets[i] === -1
      const [cx, cy] = isUpper ? [0, 0] : [1, 0.5]
      expect(Math.hypot(x - cx, y - cy)).toBeCloseTo(1, 12)
      if (isUpper) expect(y).toBeGreaterThanOrEqual(0)
      else expect(y).toBeLessThanOrEqual(0.5)
    }
    expect(data.targets.filter((t) => t === -1)).toHaveLength(50)
  })

  test("with noise stray from them by its deviation", () => {
    const clean = moons({ count: 2000, noise: 0 })
    const noisy = moons({ count: 2000, noise: 0.3 })
    const offsets = points(noisy).flatMap(([x, y], i) => [x - points(clean)[i]![0], y - points(clean)[i]![1]])
    expect(Math.sqrt(offsets.reduce((sum, d) => sum + d * d, 0) / offsets.length)).toBeCloseTo(0.3, 1)
    expect(noisy.targets).toEqual(clean.targets)
  })

  test.each([-0.1, NaN, Infinity])("refuse a noise of %d", (noise) => {
    expect(thrown(() => moons({ noise }))).toMatchSnapshot()
  })
})

describe("yinYang", () => {
  const data = yinYang({ count: 3000, random: mulberry32(4) })

  test("gives each of its three classes a third", () => {
    expect([0, 1, 2].map((target) => share(data, target))).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  test("stays inside the disc, with the third class in two dots", () => {
    for (const [i, [x, y]] of points(data).entries()) {
      expect(Math.hypot(x, y)).toBeLessThanOrEqual(1)
      const inDot = Math.min(Math.hypot(x + 0.5, y), Math.hypot(x - 0.5, y)) <= 0.2
      expect(data.targets[i] === 2).toBe(inDot)
    }
  })

  test("is the same when turned by half a turn, with yin and yang changed round", () => {
    // Away from the dots and the axis, a point and its opposite have different classes.
    const at = new Map(points(data).map((p, i) => [p, data.targets[i]!]))
    const classOf = ([x, y]: readonly [number, number]): number => {
      const [left, right] = [Math.hypot(x + 0.5, y), Math.hypot(x - 0.5, y)]
      if (Math.min(left, right) <= 0.2) return 2
      if (left <= 0.5) return 1
      if (right <= 0.5) return 0
      return y > 0 ? 1 : 0
    }
    for (const [[x, y], target] of at) {
      expect(classOf([x, y])).toBe(target)
      expect(classOf([-x, -y])).toBe(target === 2 ? 2 : 1 - target)
    }
  })
})

describe("disc", () => {
  test("without flips is just right inside r² = 0.6, and nowhere else", () => {
    const data = disc({ count: 500, flip: 0 })
    for (const [i, [x, y]] of points(data).entries()) {
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1)
      expect(data.targets[i]).toBe(x * x + y * y < 0.6 ? 1 : -1)
    }
    expect(share(data, 1)).toBeCloseTo((Math.PI * 0.6) / 4, 1)
  })

  test("flips about the share asked for, and a tenth if not asked", () => {
    const wrong = (data: Dataset): number =>
      points(data).filter(([x, y], i) => (x * x + y * y < 0.6 ? 1 : -1) !== data.targets[i]).length /
      data.targets.length
    expect(wrong(disc({ count: 5000 }))).toBeCloseTo(0.1, 1)
    expect(wrong(disc({ count: 5000, flip: 0.3 }))).toBeCloseTo(0.3, 1)
  })

  test.each([-0.1, 1, NaN])("refuses to flip %d", (flip) => {
    expect(thrown(() => disc({ flip }))).toMatchSnapshot()
  })
})
