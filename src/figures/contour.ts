import type { Point } from "./path.ts"
import type { Range } from "./scale.ts"

/** A function of two numbers, known at the corners of a grid of squares. */
export interface Grid {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  /** `values[j][i]` is the function at (`xs[i]`, `ys[j]`). */
  readonly values: readonly (readonly number[])[]
}

/** Ask `f` at (n + 1)² evenly spaced points. */
export function grid(f: (x: number, y: number) => number, x: Range, y: Range, n = 32): Grid {
  const spread = ([from, to]: Range) => Array.from({ length: n + 1 }, (_, i) => from + ((to - from) * i) / n)
  const [xs, ys] = [spread(x), spread(y)]
  return { xs, ys, values: ys.map((y) => xs.map((x) => f(x, y))) }
}

/**
 * The line along which the function has the value `level`, as short straight pieces, one or two per square (marching
 * squares): a piece joins the places where the level is crossed between neighbouring corners. Squares with a corner that
 * is not finite have none.
 */
export function contour(lines: Grid, level: number): (readonly [from: Point, to: Point])[] {
  const pieces: (readonly [Point, Point])[] = []
  for (let j = 0; j + 1 < lines.ys.length; j++) {
    for (let i = 0; i + 1 < lines.xs.length; i++) {
      const corners = square(lines, i, j)
      if (!corners.every(([, , value]) => Number.isFinite(value))) continue
      const crossed = corners.flatMap((corner, k) => crossing(corner, corners[(k + 1) % 4]!, level))
      // Two crossings make one piece, four (a saddle) make two.
      for (let k = 0; k + 1 < crossed.length; k += 2) pieces.push([crossed[k]!, crossed[k + 1]!])
    }
  }
  return pieces
}

/** The area where the function is above `level`: one polygon for each square that reaches into it, whole squares of a row in one. */
export function area({ xs, ys, values }: Grid, level: number): (readonly Point[])[] {
  const polygons: (readonly Point[])[] = []
  for (let j = 0; j + 1 < ys.length; j++) {
    const [y1, y2] = [ys[j]!, ys[j + 1]!]
    let from: number | undefined
    const close = (to: number) => {
      if (from !== undefined)
        polygons.push([
          [from, y1],
          [to, y1],
          [to, y2],
          [from, y2],
        ])
      from = undefined
    }
    for (let i = 0; i + 1 < xs.length; i++) {
      const corners = square({ xs, ys, values }, i, j)
      const above = corners.filter(([, , value]) => value > level).length
      if (above === 4) from ??= xs[i]!
      else close(xs[i]!)
      if (above === 4 || above === 0 || !corners.every(([, , value]) => Number.isFinite(value))) continue
      polygons.push(
        corners.flatMap((corner, k) => {
          const inside = corner[2] > level ? [[corner[0], corner[1]] as const] : []
          return [...inside, ...crossing(corner, corners[(k + 1) % 4]!, level)]
        }),
      )
    }
    close(xs.at(-1)!)
  }
  return polygons
}

type Corner = readonly [x: number, y: number, value: number]

function square({ xs, ys, values }: Grid, i: number, j: number): readonly Corner[] {
  const corner = (i: number, j: number): Corner => [xs[i]!, ys[j]!, values[j]![i]!]
  return [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
}

/** Where the level is crossed on the way from one corner to the next: one place, or none. */
function crossing([x1, y1, from]: Corner, [x2, y2, to]: Corner, level: number): Point[] {
  if (from > level === to > level) return []
  const share = (level - from) / (to - from)
  return [[x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]]
}
