import { beforeEach, describe, expect, test } from "vitest"
import { microscope } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"

const bowl = (w: number) => (w + 2) ** 2
const options = { domain: [-5, 2], derivative: (w: number) => 2 * (w + 2), labels: { x: "w", y: "L" } } as const
const at = (circle: Element | null) => [Number(circle?.getAttribute("cx")), Number(circle?.getAttribute("cy"))]

beforeEach(openPage)

describe("the nudge microscope", () => {
  test.each([
    [1, "7.0000"],
    [0.1, "6.1000"],
    [0.01, "6.0100"],
    [0.001, "6.0010"],
    [-0.01, "5.9900"],
    [1e-14, "5.8620"],
    [1e-16, "0.0000"],
  ])("measures a slope at w = 1 with h = %d: %s", (h, slope) => {
    const figure = microscope(bowl, { ...options, x: 1, h })
    expect(line(figure)).toContain(`= slope ${slope}. The true slope is 6.0000`)
    expect(figure.value.slope).toBe((bowl(1 + h) - bowl(1)) / h)
  })

  test("shows rise over run with every digit that counts", () => {
    expect(line(microscope(bowl, { ...options, x: 1, h: 0.001 }))).toBe(
      "rise ÷ run = 0.006001 ÷ 0.001 = slope 6.0010. The true slope is 6.0000; the error is 0.0010.",
    )
    expect(line(microscope(Math.tanh, { x: 0.5, h: 1e-8, derivative: (x) => 1 - Math.tanh(x) ** 2 }))).toContain(
      "÷ 10⁻⁸ = slope 0.7864. The true slope is 0.7864; the error is 3.8×10⁻⁹.",
    )
  })

  test("draws the curve, the point and its neighbour where the numbers say", () => {
    const figure = microscope(bowl, { ...options, x: 1, h: 1 })
    const [there, here] = [...figure.querySelectorAll(".row > .picture .dot")]
    const [[x1, y1], [x2, y2]] = [at(here!), at(there!)]
    expect(figure.querySelector(".row > .picture .curve.loss")?.getAttribute("d")).toContain(`L${x2},${y2}`)
    const secant = figure.querySelector(".row > .picture line.curve")!
    const [a, b, c, d] = ["x1", "y1", "x2", "y2"].map((name) => Number(secant.getAttribute(name)))
    const along = (x: number) => b! + ((d! - b!) * (x - a!)) / (c! - a!)
    expect(along(x1!)).toBeCloseTo(y1!, 1)
    expect(along(x2!)).toBeCloseTo(y2!, 1)
  })

  test("names the nudge only where its end is inside the plot", () => {
    const name = (x: number) =>
      [...microscope(bowl, { ...options, x, h: 1 }).querySelectorAll("text")].find((text) => text.textContent === "h")!
    expect(name(1).getAttribute("visibility")).toBe(null)
    expect(name(2).getAttribute("visibility")).toBe("hidden")
  })

  test("moves by its sliders and says so", () => {
    const figure = microscope(bowl, { ...options, x: 1, h: 1 })
    let heard = 0
    figure.addEventListener("input", () => heard++)
    move(slider(figure, "w"), -4)
    move(slider(figure, "h"), 0)
    expect(heard).toBe(2)
    expect(figure.value).toEqual({ x: -4, h: 1e-16, slope: 0 })
    expect(slider(figure, "h").getAttribute("aria-valuetext")).toBe("10⁻¹⁶")
    expect(line(figure)).toContain("slope 0.0000. The true slope is −4.0000; the error is 4.0000.")
  })

  test("nudges the other way and comes back on reset", () => {
    const figure = microscope(bowl, { ...options, x: 1, h: 0.01 })
    press(figure, "Nudge the other way")
    expect(line(figure)).toContain("−0.0599 ÷ −0.01 = slope 5.9900")
    move(slider(figure, "w"), 0)
    press(figure, "Reset")
    expect(figure.value).toMatchObject({ x: 1, h: 0.01 })
    expect(slider(figure, "w").value).toBe("1")
  })

  test("draws the error's dot at the bottom of the U where h is just right", () => {
    const figure = microscope(Math.tanh, { x: 0.5, h: 1e-8, derivative: (x) => 1 - Math.tanh(x) ** 2 })
    const dot = () => at(figure.querySelector(".side figure:last-child .dot"))[1]!
    const best = dot()
    move(slider(figure, "h"), 0)
    expect(dot()).toBeLessThan(best)
    move(slider(figure, "h"), 48)
    expect(dot()).toBeLessThan(best)
  })

  test("says that there is no slope where the function has no number, and hides what it cannot draw", () => {
    const figure = microscope(Math.log, { x: 1, h: 1, domain: [-1, 2], labels: { x: "a", y: "ln a" } })
    move(slider(figure, "a"), -0.5)
    expect(line(figure)).toBe("At a = −0.5, ln a is not a number: there is no slope to measure here.")
    expect(figure.querySelector(".dot.knob")?.getAttribute("visibility")).toBe("hidden")
    expect(figure.outerHTML).not.toContain("NaN")
    press(figure, "Reset")
    expect(line(figure)).toContain("slope 0.6931")
  })

  test.each([
    [
      () => microscope(6 as never),
      "microscope: expected a function of one number, found 6; pass e.g. (w) => (w + 2) ** 2",
    ],
    [() => microscope(bowl, { h: 0 }), "microscope: expected an h other than 0, found 0; pass e.g. h: 0.1"],
    [() => microscope(bowl, { domain: [2, 2] }), "expected a domain of two rising numbers"],
    [() => microscope(bowl, { x: Number.NaN }), "expected a number for x, found NaN"],
  ])("refuses a wrong call in one sentence", (call, message) => {
    expect(call).toThrow(message)
  })
})
