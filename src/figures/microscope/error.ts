import { axisX, axisY } from "../axes.ts"
import { set, svg } from "../dom.ts"
import { power, scientific } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, type Point } from "../path.ts"
import { clamp, log, type Range } from "../scale.ts"
import { type Nudge, nudge, sizes } from "./nudge.ts"

const [width, height] = [220, 178]
const plot = { left: 46, right: 206, top: 26, bottom: 146 }
/** An error below the floor, 0 as well, is drawn on it. */
const errors: Range = [1e-12, 10]
const x = log([1e-16, 1], [plot.left, plot.right])
const y = log(errors, [plot.bottom, plot.top])

/** How wrong the secant's slope is for each size of h, on powers of ten: too big, too small, just right. */
export function errorView(f: (x: number) => number, derivative: (x: number) => number) {
  const all = svg("path", { class: "thin gradient" })
  const dot = svg("circle", { class: "dot gradient", r: 5 })
  const name = (x: number) => power(Math.round(Math.log10(x)))
  const drawn = drawing(
    width,
    height,
    "",
    axisX(x, { at: plot.bottom, ticks: [1e-16, 1e-8, 1], format: (h) => (h === 1 ? "1" : name(h)) }),
    axisY(y, { at: plot.left, ticks: [1e-12, 1e-6, 1], label: "error", format: (e) => (e === 1 ? "1" : name(e)) }),
    all,
    dot,
  )
  const draw = (now: Nudge) => {
    const truth = derivative(now.x)
    const error = (h: number) => Math.abs(nudge(f, now.x, h).slope - truth)
    const at = (h: number): Point => [x(Math.abs(h)), y(clamp(error(h), errors))]
    const [cx, cy] = at(now.h)
    set(all, { d: path(sizes.map((size) => at(size * Math.sign(now.h)))) })
    set(dot, { cx, cy, visibility: Number.isFinite(cy) ? null : "hidden" })
    const told = Number.isFinite(cy) ? scientific(error(now.h)) : "not a number"
    set(drawn, {
      "aria-label": `The error of the slope against the size of h, both in powers of ten. Now it is ${told}.`,
    })
  }
  return { drawn, draw }
}
