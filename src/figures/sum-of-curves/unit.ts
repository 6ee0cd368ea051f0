import { held } from "../bowls.ts"
import { set, svg } from "../dom.ts"
import { number, symbol } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, sample } from "../path.ts"
import { linear, type Range } from "../scale.ts"
import { cut, dash } from "./marks.ts"

const [width, height] = [200, 116]
/** An activation stays within ±1; what runs further is cut off. */
const limit = 1.3
const plot = { left: 22, right: 196, top: 12, bottom: 104 }

/** The small picture of one hidden unit: its curve, and a dot where the reader looks. */
export function unitView(name: string, index: number, domain: Range) {
  const x = linear(domain, [plot.left, plot.right])
  const y = linear([-limit, limit], [plot.bottom, plot.top])
  const curve = svg("path", { class: "curve thin data", "stroke-dasharray": dash(index) })
  const dot = svg("circle", { class: "dot small-dot data", r: 4 })
  const drawn = drawing(
    width,
    height,
    "",
    svg(
      "g",
      { class: "axis" },
      ...[-1, 0, 1].flatMap((tick) => [
        svg("line", { class: tick === 0 ? null : "faint", x1: plot.left, x2: plot.right, y1: y(tick), y2: y(tick) }),
        svg(
          "text",
          { class: "small", x: plot.left - 5, y: y(tick), dy: "0.35em", "text-anchor": "end" },
          number(tick, 0),
        ),
      ]),
    ),
    cut(plot.left, plot.top - 8, plot.right - plot.left, plot.bottom - plot.top + 16, curve),
    dot,
    svg("text", { class: "data halo curve-name", x: plot.left + 4, y: plot.top + 6 }, symbol(name)),
  )
  const draw = (f: (x: number) => number, at: number) => {
    const value = f(at)
    set(curve, { d: path(sample(f, domain, 80).map(([u, v]) => [x(u), held(y(v))])) })
    set(dot, { cx: x(at), cy: held(y(value)), visibility: Math.abs(value) <= limit ? null : "hidden" })
    set(drawn, { "aria-label": `The curve of ${symbol(name)}: ${number(value)} at x = ${number(at, 2)}.` })
  }
  return { drawn, draw }
}
