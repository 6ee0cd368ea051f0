import type { Range } from "./scale.ts"

export type Point = readonly [x: number, y: number]

/** The `d` of a line through `points`. A point that is not finite lifts the pen: it is not drawn. */
export function path(points: readonly Point[]): string {
  let pen = "M"
  let d = ""
  for (const [x, y] of points) {
    const drawable = Number.isFinite(x) && Number.isFinite(y)
    if (drawable) d += `${pen}${+x.toFixed(2)},${+y.toFixed(2)}`
    pen = drawable ? "L" : "M"
  }
  return d
}

/** `count` + 1 evenly spaced points of the curve of `f` over `domain`, in the units of the data. */
export function sample(f: (x: number) => number, [from, to]: Range, count = 120): Point[] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count
    return [x, f(x)] as const
  })
}

/** The place at `degrees` clockwise from straight up, on a circle of radius `r` around `[x, y]`. */
export const onCircle = ([x, y]: Point, r: number, degrees: number): Point => [
  x + r * Math.sin((degrees * Math.PI) / 180),
  y - r * Math.cos((degrees * Math.PI) / 180),
]

/** The `d` of an arc of a circle from one angle to another, clockwise or back; angles as in `onCircle`. */
export function arc(middle: Point, r: number, from: number, to: number): string {
  const [[x1, y1], [x2, y2]] = [onCircle(middle, r, from), onCircle(middle, r, to)]
  const large = Math.abs(to - from) > 180 ? 1 : 0
  const places = [x1, y1, x2, y2].map((place) => +place.toFixed(2))
  return `M${places[0]},${places[1]}A${r},${r} 0 ${large} ${to > from ? 1 : 0} ${places[2]},${places[3]}`
}
