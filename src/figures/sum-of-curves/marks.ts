import { svg } from "../dom.ts"
import { path } from "../path.ts"
import { clamp, type Range } from "../scale.ts"

/** How the curves that are added are told apart: whole, dashed, dotted. */
const dashes = ["none", "8 5", "2 4"]
export const dash = (i: number): string => dashes[i % dashes.length]!

/** A window of a drawing: what runs over its edge is cut off. */
export const cut = (left: number, top: number, width: number, height: number, ...inside: Element[]): SVGSVGElement =>
  svg("svg", { class: "cut", x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` }, ...inside)

/** The shaft and the head of an upright arrow from one height to another; a very short one has no head. */
export function upright(x: number, from: number, to: number): { shaft: string; head: string } {
  const size = Math.min(4, Math.abs(to - from) / 2)
  const neck = to - Math.sign(to - from) * size
  return {
    shaft: path([
      [x, from],
      [x, to],
    ]),
    head:
      size < 1.5
        ? ""
        : path([
            [x - size, neck],
            [x, to],
            [x + size, neck],
          ]),
  }
}

/** Heights moved apart to at least `room` from each other, inside `range`, in their own order. */
export function apart(heights: readonly number[], room: number, [top, bottom]: Range): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!)
  const placed = [...heights]
  order.forEach((i, k) => {
    const above = order[k - 1]
    placed[i] = Math.max(clamp(heights[i]!, [top, bottom]), above === undefined ? top : placed[above]! + room)
  })
  // What was pushed below the range moves up again, and pushes those above it.
  order.toReversed().forEach((i, k, list) => {
    const below = list[k - 1]
    placed[i] = Math.min(placed[i]!, below === undefined ? bottom : placed[below]! - room)
  })
  return placed
}
