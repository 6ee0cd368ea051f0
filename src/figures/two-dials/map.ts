import { axisX, axisY } from "../axes.ts"
import { contour, grid } from "../contour.ts"
import { set, svg } from "../dom.ts"
import { draggable } from "../drag.ts"
import { brief, number } from "../format.ts"
import { drawing } from "../frame.ts"
import { path, type Point } from "../path.ts"
import { clamp, linear, type Range, ticks } from "../scale.ts"

export type Pair = readonly [w: number, b: number]
export type Loss = (w: number, b: number) => number

interface MapOptions {
  domain: Range
  names: readonly [string, string]
  drag: (to: Pair) => void
}

const size = 330
const plot = { left: 36, right: 318, top: 26, bottom: 292 }

/** A map of the loss over two knobs: lines of equal loss, where the knobs stand, and where a step would take them. */
export function lossMap(loss: Loss, { domain, names, drag }: MapOptions) {
  const x = linear(domain, [plot.left, plot.right])
  const y = linear(domain, [plot.bottom, plot.top])
  const steps = ["w", "b", "both"].map(() => ({
    shaft: svg("path", { class: "step gradient" }),
    end: svg("circle", { class: "dot hollow small-dot gradient", r: 4 }),
    there: svg("text", { class: "loss halo strong", "text-anchor": "middle" }),
  }))
  const trail = svg("line", { class: "thin dashed knob" })
  const dot = svg("circle", { class: "dot knob", r: 5 })
  const handle = svg("circle", { class: "handle", r: 22 })
  const box = { x: plot.left, y: plot.top, width: plot.right - plot.left, height: plot.bottom - plot.top }
  const inner = svg("svg", { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "cut" })
  inner.append(...landscape(loss, domain, x, y), ...steps.map(({ shaft }) => shaft), trail)
  const drawn = drawing(
    size,
    size,
    "",
    svg("rect", { class: "ground", ...box }),
    inner,
    axisX(x, { at: plot.bottom, ticks: ticks(domain, 7), label: names[0] }),
    axisY(y, { at: plot.left, ticks: ticks(domain, 7), label: names[1] }),
    ...steps.flatMap(({ end, there }) => [end, there]),
    dot,
    handle,
  )
  draggable(handle, drawn, (px, py) => {
    drag([clamp(x.invert(px), domain), clamp(y.invert(py), domain)])
  })

  /** Draw the knobs, where they came from, and the ends of a step of each alone and of both. */
  const draw = (at: Pair, from: Pair, ends: readonly Pair[]) => {
    const place = ([w, b]: Pair): Point => [x(w), y(b)]
    const [[cx, cy], [x0, y0]] = [place(at), place(from)]
    const shown = { visibility: Number.isFinite(cx + cy) ? null : "hidden" }
    set(dot, { cx, cy, ...shown })
    set(handle, { cx, cy, ...shown })
    set(trail, { x1: x0, y1: y0, x2: cx, y2: cy, visibility: Number.isFinite(cx + cy + x0 + y0) ? null : "hidden" })
    steps.forEach(({ shaft, end, there }, i) => {
      const [ex, ey] = place(ends[i]!)
      const inside = ends[i]!.every((knob) => knob >= domain[0] && knob <= domain[1])
      set(shaft, { d: Number.isFinite(ex + ey) ? path([place(at), [ex, ey]]) : "" })
      set(end, { cx: ex, cy: ey, visibility: inside ? null : "hidden" })
      // The loss at the end of the step, written away from where it began; a short step has no room for it.
      const far = inside && Math.hypot(ex - cx, ey - cy) > 48
      set(there, { x: ex, y: ey, dy: ey > cy ? "1.6em" : "-0.8em", visibility: far ? null : "hidden" })
      there.textContent = `loss ${brief(loss(...ends[i]!), 2)}`
    })
    const now = `${names[0]} = ${number(at[0])} and ${names[1]} = ${number(at[1])}`
    set(drawn, {
      "aria-label": `A map of the loss for ${names.join(" and ")}. Now ${now}, loss ${number(loss(...at))}.`,
    })
  }
  return { drawn, draw }
}

/** Lines of equal loss, closer where it is steeper, with their loss written at the right. */
function landscape(loss: Loss, domain: Range, x: (w: number) => number, y: (b: number) => number): SVGElement[] {
  const values = grid(loss, domain, domain)
  const highest = Math.max(...values.values.flat().filter(Number.isFinite))
  const column = domain[0] + (domain[1] - domain[0]) * 0.93
  return ticks([0, Math.sqrt(highest)], 7)
    .map((root) => root * root)
    .filter((level) => level > 0)
    .flatMap((level) => {
      const pieces = contour(values, level)
      const label = pieces.find(([from, to]) => (from[0] - column) * (to[0] - column) <= 0)
      return [
        svg("path", {
          class: "contour loss",
          d: pieces.map((piece) => path(piece.map(([w, b]) => [x(w), y(b)]))).join(""),
        }),
        ...(label
          ? [
              svg(
                "text",
                { class: "loss halo small", x: x(column), y: y(label[0][1]), dy: "0.35em", "text-anchor": "middle" },
                brief(level),
              ),
            ]
          : []),
      ]
    })
}
