import { beforeEach, describe, expect, test } from "vitest"
import { meanSquaredError, threeBowls, threeBowlsStart, Value } from "../../src/engine/index.ts"
import { sumOfCurves, type SumOfCurvesOptions } from "../../src/figures/index.ts"
import { apart } from "../../src/figures/sum-of-curves/marks.ts"
import { line, move, openPage, press, slider } from "./page.ts"

const names = ["w1", "b1", "w2", "b2", "v1", "v2", "c"]
type Seven = [number, number, number, number, number, number, number]

/** The Three Bowls' network as a cell writes it, with the engine. */
const parts: SumOfCurvesOptions["parts"] = (x, knobs, bent) => {
  const [w1, b1, w2, b2, v1, v2, c] = knobs as Seven
  const z = [new Value(w1).mul(x).add(b1), new Value(w2).mul(x).add(b2)]
  const hidden = bent ? z.map((z) => z.tanh()) : z
  const terms = [hidden[0]!.mul(v1), hidden[1]!.mul(v2), new Value(c)]
  return { hidden, terms, sum: terms[0]!.add(terms[1]!).add(terms[2]!) }
}
const loss: SumOfCurvesOptions["loss"] = (knobs, bent) =>
  meanSquaredError(
    threeBowls.inputs.map(([x]) => parts(x!, knobs, bent).sum as Value),
    threeBowls.targets,
  )
const options: SumOfCurvesOptions = {
  names,
  start: threeBowlsStart,
  parts,
  loss,
  points: threeBowls,
  settings: { "A bump": [4, 2, 4, -2, 1, -1, -1] },
}
const points = (path: Element) =>
  path
    .getAttribute("d")!
    .match(/[-\d.]+,[-\d.]+/g)!
    .map((pair) => pair.split(",").map(Number) as [number, number])
const curves = (figure: Element) => [...figure.querySelectorAll(".whole .curve")].map(points)
/** The places of 0 and 1 on the axis at the left. */
const axis = (figure: Element) => {
  const [low, zero, high] = [...figure.querySelectorAll(".whole .axis line")].map((l) => Number(l.getAttribute("y1")))
  return { zero: zero!, unit: zero! - high!, even: Math.abs(low! - 2 * zero! + high!) < 0.05 }
}
const straight = (curve: [number, number][]) => {
  const [[x0, y0], [x1, y1]] = [curve[0]!, curve.at(-1)!]
  return curve.every(([x, y]) => Math.abs(y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) - y) < 0.02)
}

beforeEach(openPage)

describe("the sum of curves", () => {
  test("adds the thin curves into the thick one, height by height", () => {
    const figure = sumOfCurves(options)
    const [first, second, bias, sum] = curves(figure)
    const { zero, unit, even } = axis(figure)
    expect(even).toBe(true)
    const height = ([, y]: [number, number]) => (zero - y) / unit
    expect(sum!.length).toBe(121)
    sum!.forEach((point, i) => {
      expect(height(first![i]!) + height(second![i]!) + height(bias![i]!)).toBeCloseTo(height(point), 3)
    })
    // The curve is that of the cell's function: at the middle, x = 0.
    expect(height(sum![60]!)).toBeCloseTo((parts(0, threeBowlsStart, true).sum as Value).data, 3)
  })

  test("says the sum at x and the loss, the numbers of the chapter", () => {
    const figure = sumOfCurves(options)
    expect(line(figure)).toBe("At x = 1: ŷ = v₁h₁ + v₂h₂ + c = 0.3621 − 0.0874 + 0.0000 = 0.2747. Loss 1.0631.")
    move(slider(figure, "x"), -1)
    expect(line(figure)).toContain("At x = −1: ŷ = v₁h₁ + v₂h₂ + c = −0.1848 + 0.1813 + 0.0000 = −0.0035.")
    expect(figure.value.x).toBe(-1)
  })

  test("stacks the arrows at x from 0 up to the thick curve", () => {
    const figure = sumOfCurves(options)
    move(slider(figure, "c"), 0.5)
    const shafts = [...figure.querySelectorAll(".arrow[stroke-dasharray]")].map(points)
    const { zero, unit } = axis(figure)
    expect(shafts).toHaveLength(3)
    expect(shafts[0]![0]![1]).toBeCloseTo(zero, 1)
    expect(shafts[1]![0]![1]).toBe(shafts[0]![1]![1])
    expect(shafts[2]![0]![1]).toBe(shafts[1]![1]![1])
    expect((zero - shafts[2]![1]![1]) / unit).toBeCloseTo(0.7747, 3)
    expect(Number(figure.querySelector(".whole .dot")!.getAttribute("cy"))).toBeCloseTo(shafts[2]![1]![1], 1)
  })

  test("snaps straight when the activation is switched off", () => {
    const figure = sumOfCurves(options)
    expect(curves(figure).map(straight)).toEqual([false, false, true, false])
    const off = figure.querySelector<HTMLInputElement>("input[type=checkbox]")!
    off.checked = true
    off.dispatchEvent(new Event("input", { bubbles: true }))
    expect(curves(figure).map(straight)).toEqual([true, true, true, true])
    expect(line(figure)).toContain("= 0.5100. Loss 1.2826. Straight lines add up to a straight line.")
    expect(figure.value.bent).toBe(false)
    press(figure, "Reset")
    expect(off.checked).toBe(false)
    expect(line(figure)).toContain("Loss 1.0631.")
  })

  test("turns each knob by its slider, brings a setting by its button, and announces its value", () => {
    const figure = sumOfCurves(options)
    let heard = 0
    figure.addEventListener("input", () => heard++)
    names.forEach((_, i) => move(slider(figure, ["w₁", "b₁", "w₂", "b₂", "v₁", "v₂", "c"][i]!), i / 2))
    expect(figure.value.knobs).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3])
    press(figure, "A bump")
    expect(line(figure)).toContain("Loss 0.0026.")
    expect(slider(figure, "w₁").value).toBe("4")
    expect(heard).toBe(8)
  })

  test("draws the curve of each hidden unit with a dot at x", () => {
    const figure = sumOfCurves(options)
    const units = [...figure.querySelectorAll(".units svg[role=img]")]
    expect(units.map((unit) => unit.getAttribute("aria-label"))).toEqual([
      "The curve of h₁: 0.9051 at x = 1.00.",
      "The curve of h₂: −0.2913 at x = 1.00.",
    ])
  })

  test("takes plain numbers and any number of hidden units", () => {
    const relu = (z: number) => Math.max(0, z)
    const figure = sumOfCurves({
      names: ["a", "b", "d"],
      start: [2, -4, -1],
      parts: (x, [a, b, d]) => {
        const hidden = [relu(x + 1), relu(x), relu(x - 1)]
        const terms = [a! * hidden[0]!, b! * hidden[1]!, 0 * hidden[2]!, d!]
        return { hidden, terms, sum: terms.reduce((sum, term) => sum + term) }
      },
      loss: () => 0,
      points: [
        [-1, -1],
        [0, 1],
        [1, -1],
      ],
    })
    expect(line(figure)).toBe(
      "At x = 1: ŷ = v₁h₁ + v₂h₂ + v₃h₃ + c = 4.0000 − 4.0000 + 0.0000 − 1.0000 = −1.0000. Loss 0.0000.",
    )
  })
})

describe("the sum of curves, given something odd", () => {
  test("says that there is nothing to draw, and recovers on reset", () => {
    const figure = sumOfCurves({ ...options, settings: { "Too far": [1, 0.5, -0.5, 0.2, 0.4, 0.3, Infinity] } })
    press(figure, "Too far")
    expect(line(figure)).toContain("The sum at x = 1 is infinite, the loss infinite: there is nothing to draw.")
    expect(figure.querySelector(".curves")!.innerHTML).not.toMatch(/NaN|Infinity/)
    press(figure, "Reset")
    expect(line(figure)).toContain("Loss 1.0631.")
  })

  test("says what the functions complain about under the reader's hand, and recovers on reset", () => {
    const log: SumOfCurvesOptions["parts"] = (x, knobs, bent) => {
      const given = parts(x, knobs, bent)
      return { ...given, sum: new Value(knobs[6]! + 1).log() }
    }
    const figure = sumOfCurves({ ...options, parts: log })
    move(slider(figure, "c"), -3)
    expect(line(figure)).toMatch(/log.* Reset brings the curves back\.$/)
    press(figure, "Reset")
    expect(line(figure)).toContain("Loss 1.0631.")
  })

  test.each([
    ["parts that are no function", { parts: 3 }, "expected a function parts, found 3"],
    ["parts without a sum", { parts: () => ({ hidden: [], terms: [] }) }, "expected parts { hidden, terms, sum }"],
    ["a loss that is a word", { loss: () => "low" }, 'expected a number or a Value, found "low"'],
    ["fewer starts than names", { start: [1, 2] }, "expected a start for each of 7 knobs, found an array of 2"],
  ])("refuses %s", (_, wrong, message) => {
    expect(() => sumOfCurves({ ...options, ...wrong } as unknown as SumOfCurvesOptions)).toThrow(message)
  })
})

test("labels are moved apart in their own order, within their range", () => {
  expect(apart([10, 11, 50], 20, [0, 100])).toEqual([10, 30, 50])
  expect(apart([90, 95, 99], 20, [0, 100])).toEqual([60, 80, 100])
  expect(apart([500, -500], 20, [0, 100])).toEqual([100, 0])
})
