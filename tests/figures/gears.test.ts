import { beforeEach, describe, expect, test } from "vitest"
import { Value } from "../../src/engine/index.ts"
import { type Gear, gears } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"

/** L = (tanh(b − w) + 1)² on the cold bowl, link by link, with the engine. */
const chain: Gear[] = [
  { name: "w", meaning: "knob" },
  { name: "z", f: (w) => new Value(w).mul(-1).add(0.5) },
  { name: "o", f: (z) => new Value(z).tanh() },
  { name: "L", f: (o) => new Value(o).sub(-1).pow(2), meaning: "loss" },
]
const L = (w: number) => (Math.tanh(0.5 - w) + 1) ** 2
const texts = (figure: Element, kind: string) => [...figure.querySelectorAll(kind)].map((text) => text.textContent)
const numbers = (element: Element, name: string) =>
  element
    .getAttribute(name)!
    .match(/-?[\d.]+/g)!
    .map(Number)

beforeEach(openPage)

describe("the chain of gears", () => {
  test("multiplies the stretch of each link into that of the whole chain", () => {
    const figure = gears(chain)
    const { x, h, factors, product } = figure.value
    expect([x, h]).toEqual([1, 0.5])
    expect(product).toBeCloseTo((L(1.5) - L(1)) / 0.5, 12)
    expect(factors.reduce((a, b) => a * b)).toBeCloseTo(product, 12)
    expect(line(figure)).toBe("w moves by 0.5, L by −0.2325: −1.0000 × 0.5990 × 0.7763 = −0.4650 times as far.")
    expect(texts(figure, "text.gradient")).toEqual(["× −1.0000", "× 0.5990", "× 0.7763", "together × −0.4650"])
  })

  test("comes to the slopes of the neuron done by hand as the nudge shrinks", () => {
    const figure = gears(chain)
    move(slider(figure, "nudge"), 0)
    expect(texts(figure, "text.gradient")).toEqual(["× −1.0000", "× 0.7864", "× 1.0758", "together × −0.8460"])
    expect(slider(figure, "nudge").getAttribute("aria-valuetext")).toBe("10⁻⁵")
  })

  test("draws both ends of the nudge on every line, in one unit, and a band from line to line", () => {
    const figure = gears(chain, { domain: [-2, 4] })
    const dots = [...figure.querySelectorAll(".dot")].map((dot) => Number(dot.getAttribute("cx")))
    const unit = (352 - 34) / 6
    const place = (value: number) => 34 + (value + 2) * unit
    const values = [1, -0.5, Math.tanh(-0.5), L(1)]
    dots.forEach((dot, i) => expect(dot).toBeCloseTo(place(values[i]!), 1))
    const bands = [...figure.querySelectorAll(".gear-band")].map((band) => numbers(band, "d"))
    expect(bands).toHaveLength(3)
    // The first link turns the stretch round: its band crosses.
    const [a, , b, , c, , d] = bands[0]!
    expect([a, b, c, d].map((x) => +((x! - 34) / unit - 2).toFixed(2))).toEqual([1, 1.5, -1, -0.5])
  })

  test("moves by its sliders, says so, and comes back on reset", () => {
    const figure = gears(chain)
    let heard = 0
    figure.addEventListener("input", () => heard++)
    move(slider(figure, "w"), 0)
    move(slider(figure, "nudge"), 9)
    expect(figure.value.product).toBeCloseTo(L(1) - L(0), 12)
    press(figure, "Reset")
    expect([heard, figure.value.x, figure.value.h]).toEqual([3, 1, 0.5])
  })

  test("says from which number on there is nothing to draw", () => {
    const figure = gears([{ name: "x" }, { name: "y", f: (x) => new Value(x).log() }, { name: "z", f: (y) => y + 1 }], {
      x: 1,
    })
    expect(line(figure)).toContain("x moves by 0.5")
    move(slider(figure, "x"), -1)
    expect(line(figure)).toBe("y is not a number: from there on there is nothing to draw. Reset brings the chain back.")
    expect(figure.querySelector(".picture")!.innerHTML).not.toMatch(/NaN|Infinity/)
  })

  test("stands still where a link lets nothing through", () => {
    const figure = gears([{ name: "z" }, { name: "a", f: (z) => Math.max(0, z) }, { name: "L", f: (a) => a * 3 }], {
      x: -2,
    })
    expect(figure.value.factors).toEqual([0, 0])
    expect(figure.value.product).toBe(0)
  })

  test.each([
    ["a chain of one", [{ name: "w" }], {}, "expected a chain of at least two numbers"],
    ["a link without a function", [{ name: "w" }, { name: "z" }], {}, "expected a function f for z, found undefined"],
    [
      "a link that gives a word",
      [{ name: "w" }, { name: "z", f: () => "up" }],
      {},
      'expected a number or a Value, found "up"',
    ],
    ["a nudge of 0", chain, { h: 0 }, "expected a nudge h of"],
  ])("refuses %s", (_, wrong, options, message) => {
    expect(() => gears(wrong as Gear[], options)).toThrow(message)
  })
})
