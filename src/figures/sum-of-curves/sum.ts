import { type Bowl, dish, held } from "../bowls.ts"
import { set, svg } from "../dom.ts"
import { draggable } from "../drag.ts"
import { number, signed, symbol } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, sample } from "../path.ts"
import { linear, type Range } from "../scale.ts"
import { apart, cut, dash, upright } from "./marks.ts"
import type { Parts } from "./parts.ts"

const [width, height] = [440, 312]
const plot = { left: 34, right: 384, top: 8, bottom: 278 }

export interface SumOptions {
  readonly bowls: readonly Bowl[]
  /** The names of what is added, and of the sum. */
  readonly names: readonly string[]
  readonly sumName: string
  readonly domain: Range
  /** Called when the reader drags the place to look at. */
  readonly look: (x: number) => void
}

/** The large picture: thin curves that are added into the thick one, which should run through the bowls. */
export function sumView({ bowls, names, sumName, domain, look }: SumOptions) {
  const x = linear(domain, [plot.left, plot.right])
  const y = linear([-1.75, 1.75], [plot.bottom, plot.top])
  const thin = names.map((_, i) => svg("path", { class: "curve thin data", "stroke-dasharray": dash(i) }))
  const thick = svg("path", { class: "curve thick data" })
  const arrows = names.map((_, i) => ({
    shaft: svg("path", { class: "arrow data", "stroke-dasharray": dash(i) }),
    head: svg("path", { class: "arrow data" }),
  }))
  const plumb = svg("line", { class: "cursor", y1: plot.top, y2: plot.bottom })
  const dot = svg("circle", { class: "dot data", r: 5 })
  const handle = svg("circle", { class: "handle", r: 22 })
  const misses = bowls.map(() => svg("line", { class: "miss loss" }))
  const labels = [...names, sumName].map((name, i) =>
    svg(
      "text",
      { class: i === names.length ? "data halo strong" : "data halo", x: plot.right + 6, dy: "0.35em" },
      symbol(name),
    ),
  )
  const drawn = drawing(
    width,
    height,
    "",
    svg(
      "g",
      { class: "axis" },
      ...[-1, 0, 1].flatMap((tick) => [
        svg("line", { class: tick === 0 ? null : "faint", x1: plot.left, x2: plot.right, y1: y(tick), y2: y(tick) }),
        svg("text", { x: plot.left - 8, y: y(tick), dy: "0.35em", "text-anchor": "end" }, signed(tick, 0)),
      ]),
      ...bowls.map(({ x: at, name }) =>
        svg(
          "text",
          { x: x(at), y: plot.bottom + 8, dy: "1em", "text-anchor": "middle" },
          name ?? `x = ${number(at, 0)}`,
        ),
      ),
    ),
    ...bowls.map((bowl) => dish(x(bowl.x), y(bowl.y))),
    cut(
      plot.left,
      plot.top - 8,
      plot.right - plot.left,
      plot.bottom - plot.top + 16,
      plumb,
      ...misses,
      ...thin,
      thick,
      ...arrows.flatMap(({ shaft, head }) => [shaft, head]),
      dot,
    ),
    ...labels,
    handle,
  )
  draggable(handle, drawn, (place) => look(x.invert(place)))

  const draw = (parts: (x: number) => Parts, at: number) => {
    const points = sample((u) => u, domain, 120).map(([u]) => ({ u, ...parts(u) }))
    const line = (height: (p: Parts) => number) => path(points.map((p) => [x(p.u), held(y(height(p)))]))
    thin.forEach((curve, i) => set(curve, { d: line(({ terms }) => terms[i] ?? Number.NaN) }))
    set(thick, { d: line(({ sum }) => sum) })
    misses.forEach((miss, i) => {
      const { x: u, y: target } = bowls[i]!
      const said = parts(u).sum
      const visibility = Number.isFinite(said) ? null : "hidden"
      set(miss, { x1: x(u), x2: x(u), y1: y(target), y2: held(y(said)), visibility })
    })

    const here = parts(at)
    const drawable = [...here.terms, here.sum].every(Number.isFinite)
    set(plumb, { x1: x(at), x2: x(at) })
    // Each arrow starts at the height where the one before it ends; the last ends on the thick curve.
    let from = 0
    arrows.forEach((arrow, i) => {
      const to = i === arrows.length - 1 ? here.sum : from + here.terms[i]!
      const { shaft, head } = upright(x(at) - 10 * (arrows.length - i), held(y(from)), held(y(to)))
      set(arrow.shaft, { d: drawable ? shaft : "" })
      set(arrow.head, { d: drawable ? head : "" })
      from = to
    })
    set(dot, { cx: x(at), cy: held(y(here.sum)), visibility: drawable ? null : "hidden" })
    set(handle, { cx: x(at), cy: drawable ? held(y(here.sum)) : y(0) })

    const end = points.at(-1)!
    const heights = [...end.terms, end.sum].map((value) => (Number.isFinite(value) ? held(y(value)) : y(0)))
    const places = apart(heights, 19, [plot.top + 4, plot.bottom])
    labels.forEach((label, i) => set(label, { y: places[i]! }))
    const said = bowls.map((bowl) => `${number(parts(bowl.x).sum)} at x = ${number(bowl.x, 0)}`).join(", ")
    set(drawn, { "aria-label": `${names.map(symbol).join(" + ")} = ${sumName}: ${said}.` })
  }
  return { drawn, draw }
}
