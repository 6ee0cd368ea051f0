import { svg } from "./dom.ts"
import { brief } from "./format.ts"
import type { Scale } from "./scale.ts"

export interface AxisOptions {
  /** Where the axis stands: its y for a horizontal axis, its x for a vertical one. */
  at: number
  ticks: readonly number[]
  /** The name of what it measures, set at its end. */
  label?: string
  format?: (x: number) => string
}

/** A thin horizontal axis: a line, short ticks, numbers below, its name at the right end. */
export function axisX(scale: Scale, { at, ticks, label, format = brief }: AxisOptions): SVGGElement {
  const [from, to] = scale.range
  return svg(
    "g",
    { class: "axis" },
    svg("line", { x1: from, x2: to, y1: at, y2: at }),
    ...ticks.flatMap((x) => [
      svg("line", { x1: scale(x), x2: scale(x), y1: at, y2: at + 4 }),
      svg("text", { x: scale(x), y: at + 6, dy: "1em", "text-anchor": "middle" }, format(x)),
    ]),
    label ? svg("text", { class: "axis-name", x: to, y: at, dy: "-0.5em", "text-anchor": "end" }, label) : null,
  )
}

/** A thin vertical axis: numbers at its left, its name above its top. */
export function axisY(scale: Scale, { at, ticks, label, format = brief }: AxisOptions): SVGGElement {
  const [from, to] = scale.range
  return svg(
    "g",
    { class: "axis" },
    svg("line", { x1: at, x2: at, y1: from, y2: to }),
    ...ticks.flatMap((y) => [
      svg("line", { x1: at - 4, x2: at, y1: scale(y), y2: scale(y) }),
      svg("text", { x: at - 7, y: scale(y), dy: "0.35em", "text-anchor": "end" }, format(y)),
    ]),
    label
      ? svg("text", { class: "axis-name", x: at, y: Math.min(from, to), dy: "-0.7em", "text-anchor": "start" }, label)
      : null,
  )
}
