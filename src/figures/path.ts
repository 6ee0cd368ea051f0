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
