import type { Value } from "./value.ts"

// #region numericalGradient
/**
 * The slope of `f` at `x`, measured by nudging: (f(x + h) − f(x − h)) / 2h, for each number of `x` in turn.
 * The error is about h² while h is not tiny; below about 1e-5 (the default) rounding takes over.
 */
export function numericalGradient(f: (x: number) => number, x: number, h?: number): number
export function numericalGradient(f: (x: number[]) => number, x: readonly number[], h?: number): number[]
export function numericalGradient(
  f: ((x: number) => number) | ((x: number[]) => number),
  x: number | readonly number[],
  h = 1e-5,
): number | number[] {
  if (typeof x === "number") {
    const g = f as (x: number) => number
    return (g(x + h) - g(x - h)) / (2 * h)
  }
  const g = f as (x: number[]) => number
  return x.map((_, i) => numericalGradient((xi) => g(x.with(i, xi)), x[i]!, h))
}
// #endregion

/** One parameter of `checkGradients`. */
export interface GradientCheck {
  readonly label: string
  readonly op: string
  readonly point: number
  readonly analytic: number
  readonly numeric: number
  readonly error: number
}

// #region checkGradients
/** Compares the gradients of `backward()` with measured ones. `build` makes the result afresh from the parameters. */
export function checkGradients(
  build: () => Value,
  parameters: readonly Value[],
  { tolerance = 1e-6, h = 1e-5 }: { tolerance?: number; h?: number } = {},
): { passed: boolean; checks: GradientCheck[] } {
  for (const p of parameters) p.grad = 0
  const root = build()
  root.backward()
  const checks = parameters.map((p, i) => {
    const point = p.data
    const at = (x: number): number => {
      p.data = x
      return build().data
    }
    const numeric = numericalGradient(at, point, h)
    p.data = point
    const error = Math.abs(p.grad - numeric) / Math.max(1, Math.abs(p.grad), Math.abs(numeric))
    return { label: p.label || `#${i}`, op: root.op, point, analytic: p.grad, numeric, error }
  })
  return { passed: checks.every(({ error }) => error <= tolerance), checks }
}
// #endregion
