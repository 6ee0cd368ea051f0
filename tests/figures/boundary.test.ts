import { beforeEach, describe, expect, test } from "vitest"
import { area, grid } from "../../src/figures/contour.ts"
import { boundary } from "../../src/figures/index.ts"
import { Value } from "../../src/engine/index.ts"
import { line, openPage } from "./page.ts"

const points = {
  inputs: [
    [0, 0],
    [0.5, 0.1],
    [0.9, 0.2],
    [-0.3, -0.9],
    [0.6, 0.6],
  ],
  targets: [1, 1, -1, -1, 1],
}
const disc = (x: number, y: number) => 0.6 - x * x - y * y

beforeEach(openPage)

describe("a decision boundary", () => {
  test("tells discs from rings, crosses out what is on the wrong side, and counts", () => {
    const drawn = boundary(disc, points)
    expect(drawn.querySelectorAll(".dot")).toHaveLength(5)
    expect(drawn.querySelectorAll(".dot.hollow")).toHaveLength(2)
    expect(drawn.querySelectorAll(".wrong")).toHaveLength(1)
    expect(line(drawn)).toBe(
      "Right on 4 of 5 points (80\u00a0%): discs belong on the tinted side, rings on the other. The one crossed out is on the wrong side.",
    )
  })

  test("says what it is of, where it has a name", () => {
    const drawn = boundary(disc, points, { name: "Stopped in time" })
    expect(line(drawn)).toMatch(/^Stopped in time: right on 4 of 5 points/)
    expect(drawn.getAttribute("aria-label")).toBe("Decision boundary: Stopped in time")
  })

  test("runs where the score is 0", () => {
    const drawn = boundary((x) => x - 0.25, points, { domain: { x: [0, 1], y: [0, 1] } })
    const xs = [
      ...drawn
        .querySelector(".curve.data")!
        .getAttribute("d")!
        .matchAll(/[ML]([\d.]+),/g),
    ].map(([, x]) => Number(x))
    const axis = drawn.querySelector(".axis line")!
    const [from, to] = [Number(axis.getAttribute("x1")), Number(axis.getAttribute("x2"))]
    for (const x of xs) expect(x).toBeCloseTo(from + 0.25 * (to - from), 1)
  })

  test("takes Values and the outputs of a network", () => {
    expect(line(boundary((x, y) => new Value(disc(x, y)), points))).toContain("Right on 4 of 5")
    expect(line(boundary((x, y) => [new Value(disc(x, y))], points))).toContain("Right on 4 of 5")
  })

  test("says where there is no score, and that there are no points", () => {
    expect(line(boundary(() => Number.NaN, { inputs: [], targets: [] }, { resolution: 4 }))).toBe(
      "No points to draw: only what the classifier says. At 25 places the score is no finite number: nothing is drawn there.",
    )
    expect(boundary(Math.log as never, points).outerHTML).not.toContain("NaN")
  })

  test("draws one point; leaves out, and says so, points that lack a number, without asking about them", () => {
    expect(boundary(disc, { inputs: [[0, 0]], targets: [1] }).querySelectorAll(".dot")).toHaveLength(1)
    const strict = (x: number, y: number) => {
      if (!Number.isFinite(x + y)) throw new RangeError("expected numbers")
      return disc(x, y)
    }
    const spoiled = boundary(strict, {
      inputs: [
        [0, Number.NaN],
        [1, 1],
        [0.5, 0.5],
      ],
      targets: [1, -1, Number.NaN],
    })
    expect(spoiled.querySelectorAll(".dot")).toHaveLength(1)
    expect(line(spoiled)).toBe(
      "Right on 1 of 1 points (100\u00a0%): discs belong on the tinted side, rings on the other. Not drawn, because one of their numbers is NaN or infinite: 2 of 3 points.",
    )
  })

  test("refuses a wrong call in one sentence", () => {
    expect(() => boundary(1 as never, points)).toThrow("boundary: expected a function of x and y, found 1")
    expect(() => boundary(disc, { inputs: [[0, 0]], targets: [] })).toThrow(
      "boundary: expected inputs and as many targets",
    )
  })
})

describe("an area", () => {
  test("covers as much as the function is above the level", () => {
    const size = (polygon: readonly (readonly [number, number])[]) =>
      polygon.reduce((sum, [x, y], i) => {
        const [nextX, nextY] = polygon[(i + 1) % polygon.length]!
        return sum + (x * nextY - nextX * y) / 2
      }, 0)
    const whole = area(grid(disc, [-1, 1], [-1, 1], 80), 0)
    expect(whole.reduce((sum, polygon) => sum + size(polygon), 0)).toBeCloseTo(Math.PI * 0.6, 2)
  })
})
