import { constant, expr, type Expr, over, power, times } from "./expr.ts"

/** An op of `ops.ts` as formulas instead of functions, so that it can be printed. */
export interface Rule {
  /** The result, from the inputs a and b and, for a `pow`, the exponent k. */
  readonly value: (a: Expr, b: Expr, k: number) => Expr
  /** What is added to the gradient of the first and of the second input, from that of the result and from the numbers. */
  readonly shares: readonly ((grad: Expr, a: Expr, b: Expr, out: Expr, k: number) => Expr)[]
  /** Nothing passes back while the result is not above 0, so what is behind need not be computed. */
  readonly gate?: true
}

// #region rules
/**
 * By name, in the order of `ops.ts`. Each formula does the same arithmetic in the same order as the function there, so that
 * it gives the same bits; `agrees` (in `agree.ts`) tells whether it still does when someone has rewritten an op.
 */
export const rules: Readonly<Record<string, Rule>> = {
  add: { value: (a, b) => expr("+", a, b), shares: [(grad) => grad, (grad) => grad] },
  sub: { value: (a, b) => expr("-", a, b), shares: [(grad) => grad, (grad) => expr("neg", grad)] },
  mul: { value: times, shares: [(grad, _, b) => times(b, grad), (grad, a) => times(a, grad)] },
  div: {
    value: over,
    shares: [(grad, _, b) => over(grad, b), (grad, _, b, out) => times(over(expr("neg", out), b), grad)],
  },
  neg: { value: (a) => expr("neg", a), shares: [(grad) => expr("neg", grad)] },
  pow: {
    value: (a, _, k) => power(a, k),
    shares: [(grad, a, _, __, k) => times(k ? times(constant(k), power(a, k - 1)) : constant(0), grad)],
  },
  exp: { value: (a) => expr("exp", a), shares: [(grad, _, __, out) => times(out, grad)] },
  log: { value: (a) => expr("log", a), shares: [(grad, a) => over(grad, a)] },
  max: {
    value: (a, b) => expr("max", a, b),
    shares: [
      (grad, a, b) => times(expr("share", a, b), grad),
      (grad, a, b) => times(expr("-", constant(1), expr("share", a, b)), grad),
    ],
  },
  tanh: {
    value: (a) => expr("tanh", a),
    shares: [(grad, _, __, out) => times(expr("-", constant(1), power(out, 2)), grad)],
  },
  relu: {
    value: (a) => expr("max", constant(0), a),
    shares: [(grad, _, __, out) => expr("gate", out, grad)],
    gate: true,
  },
  sigmoid: {
    value: (a) => over(constant(1), expr("+", constant(1), expr("exp", expr("neg", a)))),
    shares: [(grad, _, __, out) => times(times(out, expr("-", constant(1), out)), grad)],
  },
}
// #endregion
