import { beforeEach, describe, expect, test } from "vitest"
import { contour, grid } from "../../src/figures/contour.ts"
import { twoDials } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"

const loss = (w: number, b: number) => (w + b + 1) ** 2
const slopes = (root: Element) => [...root.querySelectorAll(".dial-slope")].map((slope) => slope.textContent)
const needles = (root: Element) => [...root.querySelectorAll(".needle")].map((needle) => needle.getAttribute("d"))

beforeEach(openPage)

describe("two dials", () => {
  test.each([
    ["Step w alone", [-2, 1], "from 9.0000 to 0.0000, lower."],
    ["Step b alone", [1, -2], "from 9.0000 to 0.0000, lower."],
    ["Step both", [-2, -2], "from 9.0000 to 9.0000, no better."],
  ])("%s ends at %j: the loss went %s", (label, end, words) => {
    const figure = twoDials(loss, { slopes: (w, b) => [2 * (w + b + 1), 2 * (w + b + 1)] })
    press(figure, label)
    expect(figure.value).toEqual(end)
    expect(line(figure)).toContain(words)
    press(figure, "Reset")
    expect(line(figure)).toBe("Now w = 1.0000, b = 1.0000, loss 9.0000.")
  })

  test.each([
    [0, "+4.0000"],
    [-1, "+2.0000"],
    [-2, "0.0000"],
    [-3, "−2.0000"],
  ])("at w = %d the knob b has not moved but its needle has: %s", (w, slope) => {
    const figure = twoDials(loss, { slopes: (w, b) => [2 * (w + b + 1), 2 * (w + b + 1)] })
    const before = needles(figure)[1]
    move(slider(figure, "w"), w)
    expect(slider(figure, "b").value).toBe("1")
    expect(slopes(figure)[1]).toBe(slope)
    expect(needles(figure)[1]).not.toBe(before)
    expect(line(figure)).toContain(`b stands still at 1.0000, and its slope is ${slope.replace("+", "")}.`)
  })

  test("measures the slopes itself when it is given none", () => {
    expect(slopes(twoDials(loss))).toEqual(["+6.0000", "+6.0000"])
  })

  test("shows before a step what it would do, with each knob alone and with both", () => {
    const figure = twoDials(loss)
    expect([...figure.querySelectorAll("text.strong")].map((text) => text.textContent)).toEqual([
      "loss 0",
      "loss 0",
      "loss 9",
    ])
    const [w, b, both] = [...figure.querySelectorAll(".small-dot")]
    expect(both!.getAttribute("cx")).toBe(w!.getAttribute("cx"))
    expect(both!.getAttribute("cy")).toBe(b!.getAttribute("cy"))
  })

  test("says a loss that is no number, and comes back on reset", () => {
    const figure = twoDials((w, b) => Math.log(w + b), { start: [1, 1] })
    move(slider(figure, "w"), -3)
    expect(line(figure)).toContain("loss not a number. There is nothing to draw here: Reset brings the knobs back.")
    expect([...figure.querySelectorAll("[d]")].some((part) => part.getAttribute("d")!.includes("NaN"))).toBe(false)
    press(figure, "Reset")
    expect(line(figure)).toContain("loss 0.6931.")
  })

  test("refuses a wrong call in one sentence", () => {
    expect(() => twoDials(9 as never)).toThrow("twoDials: expected a function of two numbers, found 9")
    expect(() => twoDials(loss, { start: [1, Number.NaN] })).toThrow("twoDials: expected a start of two numbers")
  })
})

describe("a contour", () => {
  test("runs where the function has the level", () => {
    const pieces = contour(
      grid((x, y) => x * x + y * y, [-2, 2], [-2, 2], 64),
      1,
    )
    expect(pieces.length).toBeGreaterThan(64)
    for (const [x, y] of pieces.flat()) expect(Math.hypot(x, y)).toBeCloseTo(1, 2)
  })

  test("is exact on a plane, and empty where the level is never reached", () => {
    const plane = grid((x, y) => x + y, [0, 1], [0, 1], 4)
    for (const [x, y] of contour(plane, 0.6).flat()) expect(x + y).toBeCloseTo(0.6, 12)
    expect(contour(plane, 3)).toEqual([])
    expect(
      contour(
        grid(() => Number.NaN, [0, 1], [0, 1]),
        0,
      ),
    ).toEqual([])
  })
})
