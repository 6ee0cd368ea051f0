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
export function contour({ xs, ys, values }: Grid, level: number): (readonly [from: Point, to: Point])[] {
  const pieces: (readonly [Point, Point])[] = []
  for (let j = 0; j + 1 < ys.length; j++) {
    for (let i = 0; i + 1 < xs.length; i++) {
      const [x1, x2, y1, y2] = [xs[i]!, xs[i + 1]!, ys[j]!, ys[j + 1]!]
      const [a, b, c, d] = [values[j]![i]!, values[j]![i + 1]!, values[j + 1]![i + 1]!, values[j + 1]![i]!]
      if (![a, b, c, d].every(Number.isFinite)) continue
      const corners = [[x1, y1, a] as const, [x2, y1, b] as const, [x2, y2, c] as const, [x1, y2, d] as const]
      const crossed = corners.flatMap(([x, y, from], k) => {
        const [nextX, nextY, to] = corners[(k + 1) % 4]!
        if (from < level === to < level) return []
        const share = (level - from) / (to - from)
        return [[x + (nextX - x) * share, y + (nextY - y) * share] as const]
      })
      // Two crossings make one piece, four (a saddle) make two.
      for (let k = 0; k + 1 < crossed.length; k += 2) pieces.push([crossed[k]!, crossed[k + 1]!])
    }
  }
  return pieces
}
