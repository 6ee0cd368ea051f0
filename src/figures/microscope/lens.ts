import type { Meaning } from "../controls.ts"
import { set, svg } from "../dom.ts"
import { brief, scientific } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, type Point } from "../path.ts"
import type { Nudge } from "./nudge.ts"

const size = 200
const run = 90
/** What the lens shows to each side of the middle of the nudge, in nudges. */
const reach = size / 2 / run
const samples = 90

/**
 * The neighbourhood of x, enlarged until the nudge is always as wide: a curve looks straight in it, until h is so small
 * that the stairs of the numbers themselves come into sight.
 * @param shape how steep a slope of 1 looks in the main drawing, so that the lens enlarges and does not distort
 */
export function lensView(f: (x: number) => number, meanings: { x: Meaning; y: Meaning }, shape: number) {
  const curve = svg("path", { class: `curve ${meanings.y}` })
  const secant = svg("line", { class: "curve gradient" })
  const base = svg("line", { class: "thin dashed" })
  const rise = svg("line", { class: `thin ${meanings.y}` })
  const here = svg("circle", { class: `dot ${meanings.x}`, r: 5 })
  const there = svg("circle", { class: "dot hollow gradient", r: 5 })
  const drawn = drawing(size, size, "", curve, base, rise, secant, there, here)

  const draw = (now: Nudge) => {
    const way = Math.sign(now.h)
    // Heights are told in runs, and a steep slope is pressed until its rise fits in the lens.
    const tall = Number.isFinite(now.slope) ? Math.min(shape, 1.1 / Math.max(Math.abs(now.slope), 1e-9)) : shape
    const place = (t: number, rise: number): Point => [
      size / 2 + way * (t - 0.5) * run,
      size / 2 - ((rise - now.rise / 2) / Math.abs(now.h)) * tall * run,
    ]
    const points = Array.from({ length: samples + 1 }, (_, i) => {
      const t = 0.5 + (i / samples - 0.5) * 2 * reach
      return place(t, f(now.x + t * now.h) - now.y)
    })
    const [[x1, y1], [x2, y2]] = [place(0, 0), place(1, now.rise)]
    const [[x0, y0], [x3, y3]] = [place(-1, -now.rise), place(2, 2 * now.rise)]
    const visible = { visibility: Number.isFinite(y1 + y2) ? null : "hidden" }
    set(curve, { d: path(points) })
    set(secant, { x1: x0, y1: y0, x2: x3, y2: y3, ...visible })
    set(base, { x1, x2, y1, y2: y1, ...visible })
    set(rise, { x1: x2, x2, y1, y2, ...visible })
    set(here, { cx: x1, cy: y1, ...visible })
    set(there, { cx: x2, cy: y2, ...visible })
    set(drawn, { "aria-label": `The neighbourhood of the point, magnified ${zoom(now.h)} times.` })
  }
  return { drawn, draw }
}

/** How many times the lens enlarges: once for a nudge of 1. */
export function zoom(h: number): string {
  const times = 1 / Math.abs(h)
  return times < 1e6 ? brief(times, 0) : scientific(times, 0)
}
