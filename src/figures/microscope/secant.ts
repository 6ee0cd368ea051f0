import { axisX, axisY } from "../axes.ts"
import type { Meaning } from "../controls.ts"
import { set, svg } from "../dom.ts"
import { draggable } from "../drag.ts"
import { number } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, sample } from "../path.ts"
import { clamp, extent, linear, type Range, ticks } from "../scale.ts"
import type { Nudge } from "./nudge.ts"

export interface SecantOptions {
  domain: Range
  labels: { x: string; y: string }
  meanings: { x: Meaning; y: Meaning }
  drag: (x: number) => void
}

const [width, height] = [420, 330]
const plot = { left: 40, right: 382, top: 34, bottom: 296 }

/** The curve of `f`, the point at x, its nudged neighbour, and the straight line through both. */
export function secantView(f: (x: number) => number, { domain, labels, meanings, drag }: SecantOptions) {
  const points = sample(f, domain, 160)
  const x = linear(domain, [plot.left, plot.right])
  const y = linear(
    extent(
      points.map(([, value]) => value),
      0.06,
    ),
    [plot.bottom, plot.top],
  )

  const run = svg("line", { class: "thin dashed" })
  const rise = svg("line", { class: `thin ${meanings.y}` })
  const secant = svg("line", { class: "curve gradient" })
  const there = svg("circle", { class: "dot hollow gradient", r: 5 })
  const here = svg("circle", { class: `dot ${meanings.x}`, r: 5 })
  const handle = svg("circle", { class: "handle", r: 22 })
  const slope = svg("text", { class: "gradient halo strong" })
  const runName = svg("text", { class: "halo", "text-anchor": "middle", dy: "1.3em" }, "h")
  const riseName = svg("text", { class: `halo ${meanings.y}`, dy: "0.35em" }, "rise")

  // An svg inside an svg cuts off what leaves the plot, with no id to clash with another figure's.
  const box = { x: plot.left, y: plot.top - 12, width: plot.right - plot.left, height: plot.bottom - plot.top + 12 }
  const inner = svg("svg", { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "cut" })
  inner.append(
    svg("path", { class: `curve ${meanings.y}`, d: path(points.map(([a, b]) => [x(a), y(b)])) }),
    run,
    rise,
    secant,
  )
  const drawn = drawing(
    width,
    height,
    "",
    axisX(x, { at: plot.bottom, ticks: ticks(domain, 7), label: labels.x }),
    axisY(y, { at: plot.left, ticks: ticks(y.domain, 5), label: labels.y }),
    inner,
    runName,
    riseName,
    there,
    here,
    slope,
    handle,
  )
  draggable(handle, drawn, (at) => {
    drag(clamp(x.invert(at), domain))
  })

  const draw = (now: Nudge) => {
    const [x1, x2, y1, y2] = [x(now.x), x(now.x + now.h), y(now.y), y(now.y + now.rise)]
    const solid = Number.isFinite(y1) && Number.isFinite(y2)
    const per = solid ? (now.rise === 0 ? 0 : now.slope) : Number.NaN
    const [from, to] = domain
    const on = (at: number) => y(now.y + per * (at - now.x))
    const wide = solid && Math.abs(x2 - x1) > 26
    const visible = (shown: boolean) => ({ visibility: shown ? null : "hidden" })
    set(here, { cx: x1, cy: y1, ...visible(Number.isFinite(y1)) })
    set(handle, { cx: x1, cy: Number.isFinite(y1) ? y1 : plot.bottom })
    set(there, { cx: x2, cy: y2, ...visible(solid && inside(x2, y2)) })
    set(secant, { x1: x(from), x2: x(to), y1: on(from), y2: on(to), ...visible(solid) })
    set(run, { x1, x2, y1, y2: y1, ...visible(solid) })
    set(rise, { x1: x2, x2, y1, y2, ...visible(solid) })
    set(runName, { x: (x1 + x2) / 2, y: y1, ...visible(wide && inside(x2, y1)) })
    set(riseName, { x: x2 + (x2 > x1 ? 7 : -7), y: (y1 + y2) / 2, "text-anchor": x2 > x1 ? "start" : "end" })
    set(riseName, visible(wide && Math.abs(y2 - y1) > 20 && inside(x2, y2)))
    // A rising line leaves room above its left, a falling one above its right; at an edge the label goes below, opposite.
    const above = per < 0 ? x1 < plot.right - 120 : x1 > plot.left + 120
    const left = per < 0 !== above
    set(slope, {
      x: x1 + (left ? -12 : 12),
      y: y1,
      dy: above ? "-0.8em" : "1.6em",
      "text-anchor": left ? "end" : "start",
    })
    set(slope, visible(solid))
    slope.textContent = `slope ${number(now.slope)}`
    set(drawn, { "aria-label": said(now, labels) })
  }
  /** How steep a slope of 1 looks here. */
  const shape = Math.abs((y(1) - y(0)) / (x(1) - x(0)))
  return { drawn, draw, shape }
}

const inside = (x: number, y: number): boolean =>
  x >= plot.left - 1 && x <= plot.right + 1 && y >= plot.top - 13 && y <= plot.bottom + 1

function said(now: Nudge, { x, y }: { x: string; y: string }): string {
  const point = `The curve of ${y} against ${x}, with the point ${x} = ${number(now.x)}`
  if (!Number.isFinite(now.slope)) return `${point}, where there is no slope.`
  return `${point}, ${y} = ${number(now.y)} and the straight line through it and its neighbour a nudge away, of slope ${number(now.slope)}.`
}
