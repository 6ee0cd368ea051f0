import { describe, expect, test } from "vitest"
import { mulberry32 } from "../../src/engine/index.ts"
import { defaultRandom, gaussian, shuffled } from "../../src/engine/random.ts"

const draw = (count: number, f: () => number): number[] => Array.from({ length: count }, f)
const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length

describe("mulberry32", () => {
  // As 32-bit integers, from the published C code in Python's integers.
  test("gives the published stream of its seed", () => {
    expect(draw(3, mulberry32(1)).map((x) => x * 2 ** 32)).toEqual([2693262067, 11749833, 2265367787])
    expect(draw(3, mulberry32(1337)).map((x) => x * 2 ** 32)).toEqual([792042790, 815997621, 3480950701])
  })

  test("gives the same numbers for the same seed, others for another", () => {
    expect(draw(5, mulberry32(9))).toEqual(draw(5, mulberry32(9)))
    expect(draw(5, mulberry32(9))).not.toEqual(draw(5, mulberry32(10)))
  })

  test("is uniform on [0, 1): each tenth gets a tenth of 100,000 draws", () => {
    const tenths = Array<number>(10).fill(0)
    for (const x of draw(100_000, mulberry32(3))) tenths[Math.floor(x * 10)]!++
    expect(tenths).toHaveLength(10)
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})

test("the default source is afresh each time: a call does not depend on earlier ones", () => {
  expect(draw(3, defaultRandom())).toEqual(draw(3, defaultRandom()))
  expect(draw(3, defaultRandom())).toEqual(draw(3, mulberry32(1337)))
})

test("gaussian has mean 0 and deviation 1, two thirds of its numbers within 1, and is always finite", () => {
  const x = draw(50_000, () => 0).map(
    (
      (random) => () =>
        gaussian(random)
    )(mulberry32(8)),
  )
  expect(mean(x)).toBeCloseTo(0, 1)
  expect(mean(x.map((xi) => xi * xi))).toBeCloseTo(1, 1)
  expect(mean(x.map((xi) => (Math.abs(xi) < 1 ? 1 : 0)))).toBeCloseTo(0.6827, 2)
  expect(gaussian(() => 0)).toBeCloseTo(0, 100)
})

describe("shuffled", () => {
  test("holds every whole number below the count once", () => {
    expect(shuffled(50, mulberry32(1)).toSorted((a, b) => a - b)).toEqual(
      draw(
        50,
        (
          (i) => () =>
            i++
        )(0),
      ),
    )
    expect(shuffled(0, mulberry32(1))).toEqual([])
  })

  test("gives each of the 6 orders of 3 a sixth of 60,000 times", () => {
    const random = mulberry32(2)
    const seen = new Map<string, number>()
    for (let i = 0; i < 60_000; i++) {
      const order = shuffled(3, random).join()
      seen.set(order, (seen.get(order) ?? 0) + 1)
    }
    expect(seen.size).toBe(6)
    for (const count of seen.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400)
  })
})
