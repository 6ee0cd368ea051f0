import { set, svg } from "./dom.ts"
import { number, signed } from "./format.ts"
import { drawing } from "./frame.ts"
import { path, sample } from "./path.ts"
import { clamp, extent, linear } from "./scale.ts"

/** What the machine should say: at temperature `x`, the number `y`. */
export interface Bowl {
  x: number
  y: number
  name?: string
}

const [width, height] = [440, 290]
const plot = { left: 34, right: 430, top: 8, bottom: 256 }
/** An error this small counts as a hit: the bowl fills. */
const near = 0.2

/** The curve of the machine over the bowls that it should pass through, and how far it misses each. */
export function bowlsView(all: readonly Bowl[]) {
  // A bowl without a place is not drawn; the loss, no number then, tells of it.
  const bowls = all.filter((bowl) => Number.isFinite(bowl.x + bowl.y))
  const x = linear(
    extent(
      bowls.map((bowl) => bowl.x),
      0.22,
    ),
    [plot.left, plot.right],
  )
  const y = linear(extent([-1, 1, ...bowls.map((bowl) => bowl.y)], 0.31), [plot.bottom, plot.top])
  const curve = svg("path", { class: "curve data" })
  const parts = bowls.map((bowl) => ({
    bowl,
    miss: svg("line", { class: "miss loss" }),
    dot: svg("circle", { class: "dot data", r: 5 }),
    dish: dish(x(bowl.x), y(bowl.y)),
  }))
  const box = { x: plot.left, y: plot.top - 10, width: plot.right - plot.left, height: plot.bottom - plot.top + 20 }
  const inner = svg("svg", { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, class: "cut" })
  inner.append(...parts.map(({ miss }) => miss), curve, ...parts.map(({ dot }) => dot))
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
      ...bowls.map((bowl) =>
        svg(
          "text",
          { x: x(bowl.x), y: plot.bottom + 8, dy: "1em", "text-anchor": "middle" },
          bowl.name ?? `x = ${bowl.x}`,
        ),
      ),
    ),
    ...parts.map(({ dish }) => dish),
    inner,
  )
  const draw = (predict: (x: number) => number) => {
    set(curve, { d: path(sample(predict, x.domain, 120).map(([at, value]) => [x(at), held(y(value))])) })
    const said = parts.map(({ bowl, miss, dot, dish }) => {
      const guess = predict(bowl.x)
      const visibility = Number.isFinite(guess) ? null : "hidden"
      set(dot, { cx: x(bowl.x), cy: held(y(guess)), visibility })
      set(miss, { x1: x(bowl.x), x2: x(bowl.x), y1: y(bowl.y), y2: held(y(guess)), visibility })
      set(dish, { class: Math.abs(guess - bowl.y) < near ? "dish target full" : "dish target" })
      return `at ${bowl.name ?? bowl.x} it says ${number(guess)} and should say ${number(bowl.y, 0)}`
    })
    set(drawn, { "aria-label": `The curve of the machine through ${bowls.length} bowls: ${said.join("; ")}.` })
  }
  return { drawn, draw }
}

/** A place far outside is kept near the plot: it is cut off there, and a huge coordinate draws badly. */
export const held = (place: number): number => (Number.isFinite(place) ? clamp(place, [-2000, 2000]) : Number.NaN)

/** A bowl of porridge whose rim has its middle at [x, y]. */
export function dish(x: number, y: number): SVGGElement {
  return svg(
    "g",
    { class: "dish target" },
    svg("path", { class: "dish-body", d: `M${x - 30},${y}c2,18 14,27 30,27s28,-9 30,-27z` }),
    svg("path", { class: "dish-foot", d: `M${x - 11},${y + 29.5}h22` }),
    svg("ellipse", { class: "dish-rim", cx: x, cy: y, rx: 30, ry: 6.5 }),
  )
}
