import { set, svg } from "./dom.ts"
import { number } from "./format.ts"
import { drawing } from "./frame.ts"
import { arc, onCircle, type Point } from "./path.ts"

const middle: Point = [100, 98]
const radius = 72
const top = 4
const marks = [0, 0.25, 1, 2, 4]

/** Below this loss the site calls a machine solved. */
export const solved = 0.05

/**
 * The gauge that all knobs share: the loss, from 0 at the left to 4 at the right. Its scale grows like the square root,
 * so that the last steps to 0 can be seen; the arc of the solved machine is set off at its start.
 */
export function lossGauge() {
  const needle = svg("line", { class: "gauge-needle loss" })
  const value = svg("text", { class: "gauge-value loss", x: middle[0], y: 136, "text-anchor": "middle" })
  const drawn = drawing(
    200,
    146,
    "",
    svg("path", { class: "gauge-track", d: arc(middle, radius, -90, 90) }),
    svg("path", { class: "gauge-solved target", d: arc(middle, radius, -90, lean(solved)) }),
    ...marks.flatMap((loss) => {
      const [[x1, y1], [x2, y2]] = [onCircle(middle, radius, lean(loss)), onCircle(middle, radius + 5, lean(loss))]
      const [x, y] = onCircle(middle, radius + 15, lean(loss))
      return [
        svg("line", { class: "gauge-track", x1, y1, x2, y2 }),
        svg(
          "text",
          { class: "note small", x, y, dy: loss === 0 || loss === top ? "0" : "0.35em", "text-anchor": "middle" },
          String(loss),
        ),
      ]
    }),
    needle,
    svg("circle", { class: "gauge-hub loss", cx: middle[0], cy: middle[1], r: 5 }),
    value,
  )
  const draw = (loss: number) => {
    const [x, y] = onCircle(middle, radius - 4, lean(loss))
    set(needle, { x1: middle[0], y1: middle[1], x2: x, y2: y, visibility: Number.isNaN(loss) ? "hidden" : null })
    value.textContent = number(loss)
    set(drawn, { "aria-label": `Loss gauge: ${number(loss)}${loss < solved ? ", solved" : ""}.` })
  }
  return { drawn, draw }
}

const lean = (loss: number): number => -90 + 180 * Math.sqrt(Math.min(Math.max(loss, 0), top) / top)
