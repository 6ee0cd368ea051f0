import type { Meaning } from "../controls.ts"
import { set, svg } from "../dom.ts"
import { draggable } from "../drag.ts"
import { number, symbol } from "../format.ts"
import { drawing } from "../frame.ts"
import { path } from "../path.ts"
import { clamp, linear, type Range, ticks } from "../scale.ts"

/** Where a number stood, and where a nudge of the first number of the chain brought it. */
export interface Move {
  readonly from: number
  readonly to: number
}

const width = 440
const row = 64
const top = 26
const plot = { left: 34, right: 352 }

/**
 * Number lines one below the other, all with the same unit. A stretch of the first is carried from line to line by bands:
 * they widen where a function stretches, narrow where it squeezes, and cross where it turns the stretch round.
 */
export function linesView(
  names: readonly string[],
  meanings: readonly Meaning[],
  domain: Range,
  drag: (x: number) => void,
) {
  const x = linear(domain, [plot.left, plot.right])
  const y = (i: number) => top + row * i
  const bottom = y(names.length - 1)
  const bands = names.slice(1).map(() => svg("path", { class: "gear-band data" }))
  const factors = names
    .slice(1)
    .map((_, i) => svg("text", { class: "gradient", x: width, y: y(i) + row / 2, dy: "0.35em", "text-anchor": "end" }))
  const rows = names.map((_, i) => ({
    stretch: svg("path", { class: "gear-stretch data" }),
    dot: svg("circle", { class: "dot data", r: 5 }),
    value: svg("text", { x: width, y: y(i), dy: "0.35em", "text-anchor": "end", class: "data halo" }),
  }))
  const handle = svg("circle", { class: "handle", r: 22, cy: y(0) })
  const inside = svg("svg", {
    class: "cut",
    x: plot.left - 8,
    y: 0,
    width: plot.right - plot.left + 16,
    height: bottom + 20,
    viewBox: `${plot.left - 8} 0 ${plot.right - plot.left + 16} ${bottom + 20}`,
  })
  inside.append(...bands, ...rows.flatMap(({ stretch, dot }) => [stretch, dot]))
  const product = svg("text", {
    class: "gradient strong",
    x: width,
    y: bottom + row * 0.66,
    dy: "0.35em",
    "text-anchor": "end",
  })
  const drawn = drawing(
    width,
    bottom + row * 0.66 + 12,
    "",
    svg(
      "g",
      { class: "axis" },
      ...names.flatMap((_, i) => [
        svg("line", { x1: plot.left, x2: plot.right, y1: y(i), y2: y(i) }),
        ...ticks(domain, 8)
          .filter(Number.isInteger)
          .flatMap((tick) => [
            svg("line", { x1: x(tick), x2: x(tick), y1: y(i) - 4, y2: y(i) + 4 }),
            i === 0 || i === names.length - 1
              ? svg(
                  "text",
                  {
                    class: "small",
                    x: x(tick),
                    y: i === 0 ? y(i) - 9 : y(i) + 8,
                    dy: i === 0 ? 0 : "0.9em",
                    "text-anchor": "middle",
                  },
                  number(tick, 0),
                )
              : svg("g"),
          ]),
      ]),
    ),
    inside,
    ...names.map((name, i) =>
      svg("text", { class: `${meanings[i]!} halo strong`, x: 0, y: y(i), dy: "0.35em" }, symbol(name)),
    ),
    ...rows.map(({ value }) => value),
    ...factors,
    product,
    handle,
  )
  draggable(handle, drawn, (at) => drag(x.invert(at)))

  const draw = (moves: readonly Move[], stretches: readonly number[], whole: number) => {
    const place = (at: number) => (Number.isFinite(at) ? clamp(x(at), [-2000, 2000]) : Number.NaN)
    rows.forEach(({ stretch, dot, value }, i) => {
      const { from, to } = moves[i]!
      set(stretch, { d: arrow(place(from), place(to), y(i)) })
      set(dot, { cx: place(from), cy: y(i), visibility: Number.isFinite(from) ? null : "hidden" })
      value.textContent = Number.isFinite(from) ? number(from) : "–"
    })
    bands.forEach((band, i) => {
      const [above, below] = [moves[i]!, moves[i + 1]!]
      const corners = [above.from, above.to, below.to, below.from].map(place)
      const [a, b, c, d] = corners as [number, number, number, number]
      const drawable = corners.every(Number.isFinite)
      set(band, {
        d: drawable
          ? `${path([
              [a, y(i)],
              [b, y(i)],
              [c, y(i + 1)],
              [d, y(i + 1)],
            ])}Z`
          : "",
      })
      factors[i]!.textContent = Number.isFinite(stretches[i]) ? `× ${number(stretches[i]!)}` : "× –"
    })
    product.textContent = Number.isFinite(whole) ? `together × ${number(whole)}` : ""
    set(handle, { cx: clamp(place(moves[0]!.from), [plot.left, plot.right]) })
    const said = moves.map(({ from }, i) => `${symbol(names[i]!)} = ${number(from)}`).join(", ")
    set(drawn, { "aria-label": `Linked number lines: ${said}.` })
  }
  return { drawn, draw }
}

/** A stretch of a number line, with a head where it ends; a stretch too short for a head is a stroke. */
function arrow(from: number, to: number, y: number): string {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return ""
  const size = Math.min(5, Math.abs(to - from) / 2)
  const neck = to - Math.sign(to - from) * size
  const head =
    size < 2
      ? ""
      : path([
          [neck, y - size],
          [to, y],
          [neck, y + size],
        ])
  return (
    path([
      [from, y],
      [to, y],
    ]) + head
  )
}
