import { bowlsOf, lackOf, type Points } from "./points.ts"
import { button, controls, slider, toggle } from "./controls.ts"
import { announce, html, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { brief, number, symbol } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { type Numeric, numberOf } from "./numeric.ts"
import { clamp, extent, type Range } from "./scale.ts"
import { type NetworkParts, type Parts, readParts } from "./sum-of-curves/parts.ts"
import { sumView } from "./sum-of-curves/sum.ts"
import { unitView } from "./sum-of-curves/unit.ts"

type Knobs = readonly number[]

export interface SumOfCurvesOptions {
  /** The name of each knob: "w1" is shown as w₁. */
  names: readonly string[]
  /** Where each knob stands at first. */
  start: Knobs
  /**
   * What the network makes of `x`: its hidden outputs, the terms that are added (each hidden output times its weight and,
   * last, the bias) and their sum, as numbers or Values. `bent` is false while the activation is switched off.
   */
  parts: (x: number, knobs: Knobs, bent: boolean) => NetworkParts
  /** How wrong it is on all points together. */
  loss: (knobs: Knobs, bent: boolean) => Numeric
  /** What it should say: `{ inputs, targets }` or `[x, y]` pairs. */
  points: Points
  /** Words for the points, from left to right. */
  pointNames?: readonly string[]
  /** Names of the hidden outputs, of the terms and of their sum; "h1", "v1h1" and so on, "c" and "ŷ". */
  partNames?: { hidden: readonly string[]; terms: readonly string[]; sum: string }
  /** Settings of all knobs that a button brings, by the words on the button. */
  settings?: Readonly<Record<string, Knobs>>
  /** How far the knobs turn; −5 to 5. */
  range?: Range
}

/**
 * The sum of curves: each hidden unit bends its own curve, the next layer scales and adds them, and the thick sum should
 * run through the bowls. At one x, arrows show how the parts add up. With the activation off every curve is straight, and
 * so is their sum. An input: its value is `{ knobs, bent, x }`.
 * @throws TypeError if names and start differ in number, a function is missing or gives something else
 */
export function sumOfCurves(
  options: SumOfCurvesOptions,
): Valued<HTMLElement, { knobs: number[]; bent: boolean; x: number }> {
  check(options)
  const { names, start, parts, loss, settings = {}, range = [-5, 5] } = options
  const all = bowlsOf(options.points, options.pointNames)
  const bowls = all.filter(({ x, y }) => Number.isFinite(x + y))
  const places = bowls.map(({ x }) => x)
  const domain = extent(places, 0.25)
  let [knobs, bent, x] = [[...start], true, places.at(-1) ?? 0]
  const at = (u: number): Parts => readParts(parts(u, knobs, bent))
  const partNames = options.partNames ?? namesFor(at(x))

  const look = (to: number) => turn({ x: clamp(Math.round(to * 20) / 20, domain) })
  const units = partNames.hidden.map((name, i) => unitView(name, i, domain))
  const stage = sumView({ bowls, names: partNames.terms, sumName: partNames.sum, domain, look })
  const line = textLine()
  const sliders = names.map((name, i) =>
    slider({
      label: symbol(name),
      min: range[0],
      max: range[1],
      step: 0.05,
      value: start[i]!,
      meaning: "knob",
      show: (value) => number(value, 2),
      input: (value) => turn({ knobs: knobs.with(i, value) }),
    }),
  )
  const [min, max] = domain
  const place = slider({ label: "x", min, max, step: 0.05, value: x, meaning: "data", show: brief, input: look })
  const off = toggle("activation off", (on) => turn({ bent: !on }))

  const root = Object.assign(
    figure(
      "sum-of-curves",
      `${partNames.terms.map(symbol).join(" + ")} = ${partNames.sum}: a sum of curves`,
      html(
        "div",
        { class: "curves" },
        html("div", { class: "units" }, ...units.map(({ drawn }) => picture(drawn))),
        html("div", { class: "whole" }, picture(stage.drawn), place.root),
      ),
      line.root,
      html(
        "fieldset",
        { class: "knobs", style: `--rows:${Math.ceil(names.length / 2)}` },
        html("legend", {}, "Knobs"),
        ...sliders.map(({ root }) => root),
      ),
      controls(
        off.root,
        ...Object.entries(settings).map(([words, to]) => button(words, () => turn({ knobs: [...to] }))),
        button("Reset", () => turn({ knobs: [...start], bent: true })),
      ),
    ),
    { value: { knobs: [...knobs], bent, x } },
  )

  function turn(to: { knobs?: number[]; bent?: boolean; x?: number }) {
    ;({ knobs, bent, x } = { knobs, bent, x, ...to })
    try {
      draw()
    } catch (error) {
      // At its creation a figure throws; under a reader's hand it says what went wrong, and can be reset.
      line.say(`${error instanceof Error ? error.message : String(error)} Reset brings the curves back.`)
    }
    root.value = { knobs: [...knobs], bent, x }
    announce(root)
  }
  function draw() {
    sliders.forEach((slider, i) => slider.set(knobs[i]!))
    place.set(x)
    off.input.checked = !bent
    units.forEach((unit, i) => unit.draw((u) => at(u).hidden[i] ?? Number.NaN, x))
    stage.draw(at, x)
    line.say(told(at(x), numberOf("sumOfCurves", loss(knobs, bent)), partNames, bent, x) + lackOf(all))
  }
  draw()
  return root
}

/** The sum at `x` and the loss, in words. */
function told(
  { terms, sum }: Parts,
  loss: number,
  names: { terms: readonly string[]; sum: string },
  bent: boolean,
  x: number,
) {
  if (![...terms, sum, loss].every(Number.isFinite))
    return `The sum at x = ${brief(x)} is ${number(sum)}, the loss ${number(loss)}: there is nothing to draw. Reset brings the curves back.`
  const added = terms.map((term, i) => (i === 0 ? number(term) : `${term < 0 ? "−" : "+"} ${number(Math.abs(term))}`))
  const straight = bent ? "" : " Straight lines add up to a straight line."
  return `At x = ${brief(x)}: ${names.sum} = ${names.terms.map(symbol).join(" + ")} = ${added.join(" ")} = ${number(sum)}. Loss ${number(loss)}.${straight}`
}

/** Names for as many units as there are. */
function namesFor({ hidden, terms }: Parts) {
  const own = hidden.map((_, i) => symbol(`h${i + 1}`))
  return {
    hidden: own,
    terms: terms.map((_, i) => (own[i] === undefined ? "c" : symbol(`v${i + 1}`) + own[i])),
    sum: "ŷ",
  }
}

function check({ names, start, parts, loss }: SumOfCurvesOptions) {
  for (const [name, found] of Object.entries({ parts, loss }))
    if (typeof found !== "function")
      throw wrong("sumOfCurves", `a function ${name}`, found, "pass one that takes the knobs")
  if (names.length !== start.length)
    throw wrong("sumOfCurves", `a start for each of ${names.length} knobs`, start, "pass as many numbers as names")
}
