import type { Range } from "../scale.ts"

/** One nudge of `f`: from `x` by `h`, and what came of it. */
export interface Nudge {
  x: number
  h: number
  /** f(x) */
  y: number
  /** f(x + h) − f(x) */
  rise: number
  /** rise / h: the slope of the secant through x and x + h. */
  slope: number
}

export function nudge(f: (x: number) => number, x: number, h: number): Nudge {
  const y = f(x)
  const rise = f(x + h) - y
  return { x, h, y, rise, slope: rise / h }
}

/** The sizes a nudge may have, smallest first: 1, 2 and 5 times a power of ten, from 1e-16 to 1. */
export const sizes: readonly number[] = [
  ...Array.from({ length: 16 }, (_, i) => i - 16).flatMap((power) =>
    [1, 2, 5].map((times) => Number(`${times}e${power}`)),
  ),
  1,
]

/** The place in `sizes` nearest to |h|, counted in factors. */
export function sizeIndex(h: number): number {
  const far = (size: number) => Math.abs(Math.log(size / Math.abs(h)))
  return sizes.reduce((best, size, i) => (far(size) < far(sizes[best]!) ? i : best), 0)
}

/** The step of the x slider: the round number nearest to a five-hundredth of the domain. */
export const fineStep = ([from, to]: Range): number => 10 ** Math.round(Math.log10((to - from) / 500))
