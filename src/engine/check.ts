import { round } from "./errors.ts"
import { expected, expectNumbers, expectParameters } from "./expect.ts"
import { localDerivatives } from "./graph.ts"
import { order } from "./order.ts"
import type { Value } from "./value.ts"

// #region numericalGradient
/**
 * The slope of `f` at `x`, measured by nudging: (f(x + h) − f(x − h)) / 2h. For an array, one number at a time.
 *
 * `h` defaults to 1e-5. A larger one misses the bend of the curve (the error grows with h²); a smaller one loses the digits
 * that the subtraction cancels. Near x = 1 the error is smallest around the default, about 1e-11.
 */
export function numericalGradient(f: (x: number) => number, x: number, h?: number): number
export function numericalGradient(f: (x: number[]) => number, x: readonly number[], h?: number): number[]
export function numericalGradient(f: (x: never) => number, x: number | readonly number[], h = 1e-5): number | number[] {
  if (!(h > 0)) expected("numericalGradient: h", "a number above 0", h)
  if (typeof x === "number") return slope(f as (x: number) => number, x, h)
  if (!Array.isArray(x)) expected("numericalGradient: x", "a number or an array of numbers", x)
  expectNumbers("numericalGradient: x", x.length, x)
  return x.map((xi, i) => slope((nudged) => (f as (x: number[]) => number)(x.with(i, nudged)), xi, h))
}

function slope(f: (x: number) => number, x: number, h: number): number {
  const [above, below] = [f(x + h), f(x - h)]
  if (typeof above !== "number") expected("numericalGradient", "f to return a number (of a Value: its data)", above)
  return (above - below) / (2 * h)
}
// #endregion

/** One derivative, by backpropagation and by nudging. */
export interface GradientCheck {
  /** The op whose result was differentiated. */
  readonly op: string
  /** By which input: the label of a parameter, or its place in the list. */
  readonly by: string
  /** Where: the data of the inputs at which the derivative was taken. */
  readonly point: readonly number[]
  /** What `backward` says. */
  readonly analytic: number
  /** What nudging says. */
  readonly numeric: number
  /** |analytic − numeric| / max(1, |analytic|, |numeric|). */
  readonly error: number
}

export interface GradientReport {
  /** Whether every error is within the tolerance. */
  readonly passed: boolean
  /** One for each parameter, in order. */
  readonly checks: readonly GradientCheck[]
  /** If a check failed: the ops of the graph whose own derivative disagrees with their formula at that point. */
  readonly suspects: readonly GradientCheck[]
  /** The same in words. */
  toString(): string
}

export interface CheckOptions {
  /** The largest error that passes; default 1e-6. (A wrong rule is off by far more, rounding by far less.) */
  tolerance?: number
  /** The nudge; default 1e-5, see `numericalGradient`. */
  h?: number
}

// #region checkGradients
/**
 * Compares the gradients that `backward()` gives the parameters with measured ones, and finds the op to blame.
 *
 * `build` makes the result from the parameters, afresh at each call. Kinks (relu at 0, max at a tie) have no slope to
 * measure: move the parameters off them. The parameters' data are as before afterwards, their gradients those of one pass.
 */
export function checkGradients(
  build: () => Value,
  parameters: readonly Value[],
  { tolerance = 1e-6, h = 1e-5 }: CheckOptions = {},
): GradientReport {
  expectParameters("checkGradients: parameters", parameters)
  for (const p of parameters) p.grad = 0
  const root = build()
  root.backward()
  const checks = parameters.map((p, i) => {
    const numeric = numericalGradient((x) => resultAt(build, p, x), p.data, h)
    return compare(root.op, p.label || `parameter ${i + 1}`, [p.data], p.grad, numeric)
  })
  const fails = ({ error }: GradientCheck): boolean => !(error <= tolerance)
  const wrong = checks.filter(fails)
  const rules = wrong.length > 0 ? order(root).flatMap((value) => checkRule(value, h)) : []
  const suspects = rules.filter(fails)
  return { passed: wrong.length === 0, checks, suspects, toString: () => explain(checks, wrong, suspects, tolerance) }
}
// #endregion

function resultAt(build: () => Value, p: Value, x: number): number {
  const { data } = p
  p.data = x
  try {
    return build().data
  } finally {
    p.data = data
  }
}

/** The derivatives of one op against its own formula. */
function checkRule(value: Value, h: number): GradientCheck[] {
  const { rule, inputs } = value
  if (!rule) return []
  const point = inputs.map(({ data }) => data)
  const numeric = numericalGradient(([a, b]) => rule.forward(a!, b ?? 0), point, h)
  return localDerivatives(value).map((local, i) => compare(rule.name, `input ${i + 1}`, point, local, numeric[i]!))
}

function compare(op: string, by: string, point: readonly number[], analytic: number, numeric: number): GradientCheck {
  const error = Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric))
  return { op, by, point, analytic, numeric, error }
}

function explain(
  checks: readonly GradientCheck[],
  wrong: readonly GradientCheck[],
  suspects: readonly GradientCheck[],
  tolerance: number,
): string {
  const worst = checks.reduce((largest, { error }) => Math.max(largest, error), 0)
  if (wrong.length === 0)
    return `${checks.length} gradients agree with nudging: worst relative error ${worst.toExponential(1)}.`
  const line = ({ op, by, point, analytic, numeric, error }: GradientCheck): string =>
    `  ∂${op}/∂${by} at ${point.map(round).join(", ")}: backward says ${round(analytic)}, nudging ${round(numeric)}, relative error ${error.toExponential(1)}`
  return [
    `${wrong.length} of ${checks.length} gradients disagree with nudging (relative error above ${tolerance}):`,
    ...wrong.map(line),
    suspects.length > 0
      ? "The derivatives of these ops do not fit their formulas:"
      : "Each op fits its formula. Does `build` make the result from the parameters themselves, and the same one each time?",
    ...suspects.map(line),
  ].join("\n")
}
