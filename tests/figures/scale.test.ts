import { describe, expect, test } from "vitest"
import { path, sample } from "../../src/figures/path.ts"
import { extent, linear, log, powers, ticks } from "../../src/figures/scale.ts"

describe("a scale", () => {
  test("leads from the data to the drawing and back", () => {
    const x = linear([-1, 1], [20, 620])
    expect(x(0)).toBe(320)
    expect(x.invert(170)).toBe(-0.5)
  })

  test("of powers of ten gives each power the same room", () => {
    const h = log([1e-16, 1], [0, 160])
    expect(h(1e-8)).toBeCloseTo(80)
    expect(h.invert(80)).toBeCloseTo(1e-8)
  })

  test.each([
    [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[-4.5, 2], 3, [-4, -2, 0, 2]],
    [[0.9, 26], 5, [5, 10, 15, 20, 25]],
    [[1, 1], 5, []],
  ] as const)("has round ticks: %j in %d", (domain, count, expected) => {
    expect(ticks(domain, count)).toEqual(expected)
  })

  test("of powers of ten has whole powers for ticks", () => {
    expect(powers([1e-3, 10])).toEqual([1e-3, 1e-2, 0.1, 1, 10])
    expect(powers([1e-16, 1], 8)).toEqual([1e-16, 1e-8, 1])
  })

  test("looks past what is not finite when it seeks the extent", () => {
    expect(extent([1, Number.NaN, 3, Infinity], 0.5)).toEqual([0, 4])
    expect(extent([])).toEqual([-1, 1])
    expect(extent([2])).toEqual([1, 3])
  })
})

describe("a path", () => {
  test("lifts the pen where a point is not finite", () => {
    const points = [
      [0, 1],
      [1, Number.NaN],
      [2, 3],
      [3, 4],
    ] as const
    expect(path(points)).toBe("M0,1M2,3L3,4")
  })

  test("samples both ends of the domain", () => {
    expect(sample((x) => x * x, [-1, 1], 2)).toEqual([
      [-1, 1],
      [0, 0],
      [1, 1],
    ])
  })
})
