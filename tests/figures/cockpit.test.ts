import { beforeEach, describe, expect, test } from "vitest"
import { cockpit, type Settings } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"
import * as bowls from "./three-bowls.ts"

/** Gradient descent as a chapter writes it, with two faults. */
function* run({ learningRate, seed, faults }: Settings) {
  let knobs = faults.includes("all zeros") ? bowls.start.map(() => 0) : bowls.start.map((knob) => knob + seed / 10)
  const rate = faults.includes("wrong sign") ? -learningRate : learningRate
  for (;;) {
    const [loss, slopes] = [bowls.loss(knobs), bowls.slopes(knobs)]
    const next = knobs.map((knob, i) => knob - rate * slopes[i]!)
    const promised = rate * slopes.reduce((sum, slope) => sum + slope * slope, 0)
    yield { loss, knobs, slopes, promised, real: loss - bowls.loss(next) }
    knobs = next
  }
}
const options = { ...bowls, run, pointNames: ["cold", "warm", "hot"], faults: ["wrong sign", "all zeros"], steps: 50 }

const check = (root: Element, label: string, on: boolean) => {
  const toggle = [...root.querySelectorAll(".toggle")].find((toggle) => toggle.textContent === label)!
  const input = toggle.querySelector("input")!
  input.checked = on
  input.dispatchEvent(new Event("input", { bubbles: true }))
}
const rate = (root: Element, place: number) => move(slider(root, "learning rate"), place)
const bars = (root: Element) => [...root.querySelectorAll("rect")].map((bar) => Number(bar.getAttribute("width")))

let page: Document
beforeEach(() => {
  page = openPage()
})

describe("the training cockpit", () => {
  test("stands at step 0 with what the first step promises and gives", () => {
    const figure = cockpit(options)
    expect(line(figure)).toBe("Step 0 of 50: loss 1.0631. The next step: promised drop 0.3503, real drop 0.2215.")
    const [promised, real] = bars(figure)
    expect(real! / promised!).toBeCloseTo(0.2215 / 0.3503, 2)
  })

  test.each([
    [1, "0.842"],
    [5, "0.771"],
    [10, "0.650"],
    [20, "0.220"],
  ])("stands at step %d, where the loss is %s, when the scrubber is there", (step, loss) => {
    const figure = cockpit(options)
    move(slider(figure, "step"), step)
    expect(figure.value.step).toBe(step)
    expect(figure.value.loss.toFixed(3)).toBe(loss)
    expect(line(figure)).toContain(`Step ${step} of 50: loss ${figure.value.loss.toFixed(4)}.`)
  })

  test("comes back to the same numbers after a walk to and fro", () => {
    const figure = cockpit(options)
    const before = figure.outerHTML
    press(figure, "Step")
    press(figure, "Step")
    expect(figure.value.step).toBe(2)
    move(slider(figure, "step"), 50)
    expect(figure.outerHTML).not.toBe(before)
    press(figure, "Rewind")
    expect(figure.outerHTML).toBe(before)
  })

  test("runs to the end", () => {
    const figure = cockpit(options)
    press(page.body.appendChild(figure), "Run")
    expect(line(figure)).toMatch(/^Step 50 of 50: loss 7\.0×10⁻⁵\. Solved\. The next step: promised drop \d/)
    expect(figure.querySelectorAll(".dish.full")).toHaveLength(3)
  })

  test("trains afresh while the learning rate moves, and stays at its step", () => {
    const figure = cockpit({ ...options, learningRates: [0.003, 0.03, 0.3] })
    move(slider(figure, "step"), 50)
    rate(figure, 1)
    expect(figure.value).toMatchObject({ learningRate: 0.03, step: 50 })
    expect(line(figure)).toContain("loss 0.7674")
    rate(figure, 0)
    expect(line(figure)).toContain("loss 0.9385")
  })

  test("hands the seed and the faults to the run, and forgets them on reset", () => {
    const figure = cockpit(options)
    move(slider(figure, "seed"), 2)
    expect(figure.value.knobs[0]).toBeCloseTo(1.2)
    check(figure, "all zeros", true)
    move(slider(figure, "step"), 50)
    expect(figure.value).toMatchObject({ seed: 2, faults: ["all zeros"] })
    expect(line(figure)).toContain("loss 0.8889")
    press(figure, "Reset")
    expect(figure.value).toMatchObject({ seed: 0, faults: [], step: 0, learningRate: 0.3 })
  })

  test("says a rise, and a run that diverges, and recovers on reset", () => {
    const figure = cockpit({ ...options, steps: 400 })
    check(figure, "wrong sign", true)
    expect(line(figure)).toContain("promised rise 0.3503, real rise")
    expect(line(figure)).toMatch(/The run diverges: at step \d+ the loss is infinite\.$/)
    move(slider(figure, "step"), 400)
    expect(line(figure)).toMatch(
      /loss infinite\. The run diverged; there is nothing left to draw\. Rewind, or Reset\.$/,
    )
    expect(
      [...figure.querySelectorAll("[d], rect, circle, line")].filter((part) => /NaN|Infinity/.test(part.outerHTML)),
    ).toEqual([])
    press(figure, "Reset")
    expect(line(figure)).toContain("loss 1.0631. The next step: promised drop 0.3503")
  })

  test("says why a run stopped when the reader's code throws", () => {
    const figure = cockpit({
      ...options,
      *run(settings) {
        let taken = 0
        for (const moment of run(settings)) {
          if (taken++ === 2) throw new Error("a Value cannot hold NaN")
          yield moment
        }
      },
    })
    expect(line(figure)).toMatch(/^Step 0 of 1: .* The run stopped after step 1: a Value cannot hold NaN$/)
  })

  test("fails where it is made when the first run fails at once", () => {
    const broken = () => {
      throw new Error("no such rule")
    }
    expect(() => cockpit({ ...options, run: broken })).toThrow("no such rule")
  })

  test("stands whole with a run of no step", () => {
    expect(line(cockpit({ ...options, run: () => [] }))).toBe("The run has no step.")
  })

  test("refuses a wrong call in one sentence", () => {
    expect(() => cockpit({ ...options, run: 1 as never })).toThrow("cockpit: expected a function run, found 1")
  })
})
