import { beforeEach, describe, expect, test } from "vitest"
import { tilt } from "../../src/figures/dial.ts"
import { machine } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"
import * as bowls from "./three-bowls.ts"

const solution = [4, 2, 4, -2, 1, -1, -1]
const options = { ...bowls, pointNames: ["cold", "warm", "hot"] }
const misses = (root: Element) =>
  [...root.querySelectorAll(".miss")].map((miss) => Number(miss.getAttribute("y2")) - Number(miss.getAttribute("y1")))
const slopes = (root: Element) => [...root.querySelectorAll(".dial-slope")].map((slope) => slope.textContent)

let page: Document
beforeEach(() => {
  page = openPage()
})

describe("the seven-knob machine", () => {
  test("shows the loss and every slope at the start", () => {
    const figure = machine(options)
    expect(line(figure)).toBe("Loss 1.0631. The strongest needle is that of c (slope +1.0101): turn it down.")
    expect(figure.querySelector(".gauge-value")?.textContent).toBe("1.0631")
    expect(slopes(figure)).toEqual(["−0.1476", "+0.1119", "+0.1068", "+0.2145", "+0.2293", "+0.0545", "+1.0101"])
    expect([...figure.querySelectorAll(".dial-name b")].map((name) => name.textContent)).toEqual([
      ..."w₁ b₁ w₂ b₂ v₁ v₂ c".split(" "),
    ])
  })

  test("draws the curve as far from each bowl as the machine is wrong", () => {
    const figure = machine(options)
    const unit = -misses(figure)[0]! / (bowls.predict(-1, bowls.start) + 1)
    const errors = [0.9965, -0.7559, 1.2747]
    misses(figure).forEach((miss, i) => expect(-miss / unit).toBeCloseTo(errors[i]!, 2))
    expect(figure.querySelector(".picture svg")?.getAttribute("aria-label")).toContain(
      "at warm it says 0.2441 and should say 1",
    )
  })

  test("leans a needle to the side of its slope, further for more, and stands for none", () => {
    expect(tilt(0)).toBe(0)
    expect(tilt(-0.1476)).toBe(-tilt(0.1476))
    expect(tilt(1.01)).toBeGreaterThan(tilt(0.2))
    expect(tilt(1e9)).toBeLessThanOrEqual(60)
  })

  test("is turned by its sliders, knob by knob, until it is solved", () => {
    const figure = machine(options)
    let heard = 0
    figure.addEventListener("input", () => heard++)
    bowls.names.forEach((name, i) => move(slider(figure, name), solution[i]!))
    expect(heard).toBe(7)
    expect(figure.value).toEqual(solution)
    expect(line(figure)).toBe("Loss 0.0026. Solved.")
    expect(figure.querySelectorAll(".dish.full")).toHaveLength(3)
    expect(slider(figure, "b2").getAttribute("aria-valuetext")).toBe("−2.0000, slope 0.0017")
  })

  test("trains through the recorded steps, and starts anew after a reset", () => {
    const figure = machine(options)
    page.body.append(figure)
    press(figure, "Train")
    expect(line(figure)).toBe("Step 33 of training. Loss 0.0096. Solved.")
    press(figure, "Reset")
    expect(figure.value).toEqual(bowls.start)
    expect(line(figure)).toContain("Loss 1.0631.")
    press(figure, "Train")
    expect(line(figure)).toContain("Step 33")
  })

  test("surprises with the setting of the next seed", () => {
    const figure = machine({ ...options, surprise: (seed) => bowls.start.map(() => seed) })
    press(figure, "Surprise me")
    press(figure, "Surprise me")
    expect(figure.value).toEqual([2, 2, 2, 2, 2, 2, 2])
    expect(line(figure)).toMatch(/^Seed 2\. Loss/)
  })

  test("says that needles at rest are no solution", () => {
    const figure = machine({ ...options, start: [0, 0, 0, 0, 0, 0, -1 / 3] })
    expect(line(figure)).toBe("Loss 0.8889, not solved, and yet every needle is at rest: no small turn helps.")
  })

  test("says that the knobs ran away, draws nothing that is no number, and recovers on reset", () => {
    const gone = bowls.start.map(() => Number.NaN)
    const spoiled = {
      predict: (x: number, k: readonly number[]) => (k === bowls.start || k.every(Number.isFinite) ? x : Number.NaN),
      loss: (k: readonly number[]) => (k.every(Number.isFinite) ? 1 : Number.NaN),
      slopes: (k: readonly number[]) => k,
    }
    const figure = machine({ ...options, ...spoiled, train: () => [gone, bowls.start] })
    press(page.body.appendChild(figure), "Train")
    expect(line(figure)).toContain("The loss is not a number: the knobs have run away. Reset brings them back.")
    expect([...figure.querySelectorAll("[d], [cx], [x2]")].filter((part) => /NaN/.test(part.outerHTML))).toEqual([])
    press(figure, "Reset")
    expect(line(figure)).toContain("Loss 1.0000.")
  })

  test("says why training stopped when it throws, and why the machine does", () => {
    const refused = (knobs: readonly number[]) => {
      if (knobs[0] === 9) throw new Error("a Value cannot hold NaN.")
      return bowls.loss(knobs)
    }
    const figure = machine({
      ...options,
      loss: refused,
      surprise: () => bowls.start.map(() => 9),
      *train() {
        yield bowls.start
        throw new Error("a Value cannot hold NaN.")
      },
    })
    press(page.body.appendChild(figure), "Train")
    expect(line(figure)).toMatch(/^Training stopped after step 1: a Value cannot hold NaN\. Loss 1\.0631/)
    press(figure, "Surprise me")
    expect(line(figure)).toBe("Seed 1. The machine stopped: a Value cannot hold NaN. Reset brings the knobs back.")
    press(figure, "Reset")
    expect(line(figure)).toContain("Loss 1.0631.")
  })

  test("cuts a training that has no end", () => {
    const figure = machine({
      ...options,
      *train() {
        for (;;) yield bowls.start
      },
    })
    press(page.body.appendChild(figure), "Train")
    expect(line(figure)).toContain("Step 5000 of training.")
  })

  test("fails where it is made when the first settings fail", () => {
    const broken = () => {
      throw new Error("no such rule")
    }
    expect(() => machine({ ...options, slopes: broken })).toThrow("no such rule")
  })

  test("leaves out a bowl without a place, and makes room for one far up", () => {
    const figure = machine({ ...options, points: { inputs: [[0], [1]], targets: [Number.NaN, 3] } })
    expect(figure.querySelectorAll(".dish")).toHaveLength(1)
    expect(figure.querySelector(".picture")?.outerHTML).not.toContain("NaN")
    expect(Number(figure.querySelector(".dish-rim")?.getAttribute("cy"))).toBeGreaterThan(0)
  })

  test("stands whole without points, and with one", () => {
    expect(machine({ ...options, points: [] }).querySelectorAll(".dish")).toHaveLength(0)
    expect(machine({ ...options, points: [[0, 1]] }).querySelectorAll(".dish")).toHaveLength(1)
  })

  test.each([
    [() => machine({ ...options, start: [1] }), "machine: expected a start for each of 7 knobs, found an array of 1"],
    [() => machine({ ...options, loss: 1 as never }), "machine: expected a function loss, found 1"],
    [() => machine({ ...options, points: [["a", 1]] as never }), "points: expected a number x and a number y for each"],
  ])("refuses a wrong call in one sentence", (call, message) => {
    expect(call).toThrow(message)
  })
})
