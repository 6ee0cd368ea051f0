import { beforeEach, describe, expect, test } from "vitest"
import { lossCurve } from "../../src/figures/index.ts"
import { line, openPage } from "./page.ts"

const places = (path: Element | null) =>
  [...(path?.getAttribute("d") ?? "").matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(
    ([, x, y]) => [Number(x), Number(y)] as const,
  )

beforeEach(openPage)

describe("a loss curve", () => {
  test("falls by one height for each power of ten", () => {
    const drawn = lossCurve([1, 0.1, 0.01, 0.001])
    const [a, b, c, d] = places(drawn.querySelector(".curve")).map(([, y]) => y)
    expect(b! - a!).toBeCloseTo(c! - b!, 1)
    expect(d! - c!).toBeCloseTo(b! - a!, 1)
    expect(line(drawn)).toBe("Loss 1.0000 at step 0, 0.0010 at step 3.")
  })

  test("falls in proportion on a linear scale", () => {
    const [a, b, c] = places(lossCurve([4, 2, 0], { scale: "linear" }).querySelector(".curve")).map(([, y]) => y)
    expect(c! - b!).toBeCloseTo(b! - a!, 1)
  })

  test("draws a recorded run as a band under ours, names both, and marks the step in ours", () => {
    const drawn = lossCurve(
      [
        { label: "recorded", losses: [1, 0.5, 0.25], reference: true },
        { label: "ours", losses: [1, 0.5, 0.25] },
      ],
      { step: 1 },
    )
    expect(drawn.querySelector(".band")?.getAttribute("d")).toBe(drawn.querySelector(".curve")?.getAttribute("d"))
    const [x, y] = places(drawn.querySelector(".curve"))[1]!
    const dot = drawn.querySelector(".dot")
    expect([Number(dot?.getAttribute("cx")), Number(dot?.getAttribute("cy"))]).toEqual([x, y])
    expect(line(drawn)).toMatch(/^Step 1: loss 0\.5000\. recorded: loss 1\.0000 at step 0, 0\.2500 at step 2\. ours:/)
  })

  test("keeps the names of runs apart that end at one place", () => {
    const drawn = lossCurve(["a", "b", "c"].map((label) => ({ label, losses: [1, 0.5] })))
    const heights = [...drawn.querySelectorAll("text.loss")]
      .map((text) => Number(text.getAttribute("y")))
      .sort((a, b) => a - b)
    expect(heights).toHaveLength(3)
    expect(heights[1]! - heights[0]!).toBeCloseTo(24)
    expect(heights[2]! - heights[1]!).toBeCloseTo(24)
  })

  test("ends a run that left the numbers with a cross and says where", () => {
    const drawn = lossCurve([1, 5.9, 2e10, Infinity, Number.NaN])
    expect(line(drawn)).toBe("Diverged: the loss is infinite at step 3, after 2.0×10¹⁰.")
    expect(drawn.querySelectorAll("path.curve")).toHaveLength(2)
    expect(drawn.outerHTML).not.toMatch(/NaN|Infinity/)
  })

  test("draws a loss of zero on the floor, one loss as a dot, and no loss as nothing", () => {
    expect(places(lossCurve([1, 0]).querySelector(".curve"))).toHaveLength(2)
    expect(lossCurve([1.0631]).querySelectorAll(".dot")).toHaveLength(1)
    expect(line(lossCurve([]))).toBe("No run yet.")
    expect(line(lossCurve([{ losses: [], label: "ours" }]))).toBe("ours: no steps.")
  })

  test("refuses what is no run", () => {
    expect(() => lossCurve(3 as never)).toThrow("lossCurve: expected an array, found 3; pass the losses in an array")
    expect(() => lossCurve([{ losses: ["a"] }] as never)).toThrow("lossCurve: expected losses that are numbers")
  })
})
