import { button, controls, type Meaning, slider } from "./controls.ts"
import { announce, html, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { brief, number, scientific, significant } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { errorView } from "./microscope/error.ts"
import { lensView, zoom } from "./microscope/lens.ts"
import { fineStep, nudge, sizeIndex, sizes } from "./microscope/nudge.ts"
import { secantView } from "./microscope/secant.ts"
import { type Range, snap } from "./scale.ts"

export interface MicroscopeOptions {
  /** The point to look at; 1. */
  x?: number
  /** The nudge, above or below 0; 1. */
  h?: number
  /** The range of x to draw; from 3 below `x` to 3 above it. */
  domain?: Range
  /** The true slope at x. With it the figure draws the error against h. */
  derivative?: (x: number) => number
  /** The names of input and output; "x" and "f(x)". */
  labels?: { x: string; y: string }
  /** What input and output stand for; a knob and the loss. */
  meanings?: { x: Meaning; y: Meaning }
}

/**
 * The nudge microscope: move x by h, divide how far f rose by how far x ran, and see the slope settle as h shrinks, until
 * h is too small for the numbers of a computer. An input: its value is `{ x, h, slope }`.
 * @param f a function of one number
 * @throws TypeError if `f` is not a function, the domain is not two rising numbers, or h is 0
 */
export function microscope(
  f: (x: number) => number,
  options: MicroscopeOptions = {},
): Valued<HTMLElement, { x: number; h: number; slope: number }> {
  const start = { x: options.x ?? 1, h: options.h ?? 1 }
  const { derivative, labels = { x: "x", y: "f(x)" }, meanings = { x: "knob", y: "loss" } } = options
  const domain = options.domain ?? ([start.x - 3, start.x + 3] as const)
  check(f, start, domain)

  let now = nudge(f, start.x, start.h)
  const step = fineStep(domain)
  const main = secantView(f, { domain, labels, meanings, drag: (x) => turn({ x: snap(x, step) }) })
  const lens = lensView(f, meanings, main.shape)
  const error = derivative && errorView(f, derivative)
  const line = textLine()
  const times = html("figcaption")

  const xSlider = slider({
    label: labels.x,
    min: domain[0],
    max: domain[1],
    step,
    value: start.x,
    meaning: meanings.x,
    input: (x) => turn({ x }),
  })
  const hSlider = slider({
    label: "h",
    min: 0,
    max: sizes.length - 1,
    step: 1,
    value: sizeIndex(start.h),
    meaning: "gradient",
    show: () => size(now.h),
    input: (i) => turn({ h: sizes[i]! * Math.sign(now.h) }),
  })
  const flip = button("Nudge the other way", () => turn({ h: -now.h }))
  const reset = button("Reset", () => turn(start))

  const root = Object.assign(
    figure(
      "microscope",
      `Nudge microscope for ${labels.y}`,
      html(
        "div",
        { class: "row" },
        picture(main.drawn),
        html(
          "div",
          { class: "side" },
          html("figure", { class: "lens" }, picture(lens.drawn), times),
          error ? html("figure", {}, picture(error.drawn), html("figcaption", {}, "too small ← h → too big")) : null,
        ),
      ),
      line.root,
      controls(xSlider.root, hSlider.root),
      controls(flip, reset),
    ),
    { value: { x: now.x, h: now.h, slope: now.slope } },
  )

  function turn(change: { x?: number; h?: number }) {
    now = nudge(f, change.x ?? now.x, change.h ?? now.h)
    draw()
    announce(root)
  }
  function draw() {
    main.draw(now)
    lens.draw(now)
    error?.draw(now)
    xSlider.set(now.x)
    hSlider.set(sizeIndex(now.h))
    times.textContent = `magnified ×${zoom(now.h)}`
    line.say(told())
    root.value = { x: now.x, h: now.h, slope: now.slope }
  }
  function told(): string {
    if (!Number.isFinite(now.y + now.rise)) {
      const place = Number.isFinite(now.y) ? `${brief(now.x)} + h` : brief(now.x)
      const found = number(Number.isFinite(now.y) ? now.y + now.rise : now.y)
      return `At ${labels.x} = ${place}, ${labels.y} is ${found}: there is no slope to measure here.`
    }
    const measured = `rise ÷ run = ${significant(now.rise)} ÷ ${size(now.h)} = slope ${number(now.slope)}.`
    if (!derivative) return measured
    const truth = derivative(now.x)
    const off = Math.abs(now.slope - truth)
    return `${measured} The true slope is ${number(truth)}; the error is ${off === 0 ? "0" : off < 1e-4 ? scientific(off) : number(off)}.`
  }
  draw()
  return root
}

/** A nudge as printed: 0.001 while that is short, a power of ten from there on. */
const size = (h: number): string => (Math.abs(h) >= 1e-4 ? brief(h) : scientific(h, 0))

function check(f: unknown, { x, h }: { x: number; h: number }, [from, to]: Range) {
  if (typeof f !== "function") throw wrong("microscope", "a function of one number", f, "pass e.g. (w) => (w + 2) ** 2")
  if (!Number.isFinite(x)) throw wrong("microscope", "a number for x", x, "pass a point inside the domain")
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
    throw wrong("microscope", "a domain of two rising numbers", `[${from}, ${to}]`, "pass e.g. domain: [-5, 2]")
  if (!Number.isFinite(h) || h === 0) throw wrong("microscope", "an h other than 0", h, "pass e.g. h: 0.1")
}
