import { constant, expr, type Expr, over, power, times } from "./expr.ts"

/** What the formulas of an op may read: its inputs, the exponent of a `pow`, and backwards the result and its gradient. */
export interface Reads {
  readonly a: Expr
  readonly b: Expr
  readonly k: number
  readonly out: Expr
  readonly grad: Expr
}

/** An op of `ops.ts` as formulas instead of functions, so that it can be printed. */
export interface Rule {
  readonly value: (reads: Omit<Reads, "out" | "grad">) => Expr
  /** What is added to the gradient of the first and of the second input. */
  readonly shares: readonly ((reads: Reads) => Expr)[]
  /** Nothing passes back while the result is not above 0, so what is behind need not be computed. */
  readonly gate?: true
}

/**
 * By name, in the order of `ops.ts`. Each formula does the same arithmetic in the same order as the function there, so that
 * it gives the same bits; `agrees` (in `agree.ts`) tells whether it still does when someone has rewritten an op.
 */
export const rules: Readonly<Record<string, Rule>> = {
  add: { value: ({ a, b }) => expr("+", a, b), shares: [({ grad }) => grad, ({ grad }) => grad] },
  sub: { value: ({ a, b }) => expr("-", a, b), shares: [({ grad }) => grad, ({ grad }) => expr("neg", grad)] },
  mul: { value: ({ a, b }) => times(a, b), shares: [({ b, grad }) => times(b, grad), ({ a, grad }) => times(a, grad)] },
  div: {
    value: ({ a, b }) => over(a, b),
    shares: [({ b, grad }) => over(grad, b), ({ b, out, grad }) => times(over(expr("neg", out), b), grad)],
  },
  neg: { value: ({ a }) => expr("neg", a), shares: [({ grad }) => expr("neg", grad)] },
  pow: {
    value: ({ a, k }) => power(a, k),
    shares: [({ a, k, grad }) => times(k ? times(constant(k), power(a, k - 1)) : constant(0), grad)],
  },
  exp: { value: ({ a }) => expr("exp", a), shares: [({ out, grad }) => times(out, grad)] },
  log: { value: ({ a }) => expr("log", a), shares: [({ a, grad }) => over(grad, a)] },
  max: {
    value: ({ a, b }) => expr("max", a, b),
    shares: [
      ({ a, b, grad }) => times(expr("share", a, b), grad),
      ({ a, b, grad }) => times(expr("-", constant(1), expr("share", a, b)), grad),
    ],
  },
  tanh: {
    value: ({ a }) => expr("tanh", a),
    shares: [({ out, grad }) => times(expr("-", constant(1), power(out, 2)), grad)],
  },
  relu: {
    value: ({ a }) => expr("max", constant(0), a),
    shares: [({ out, grad }) => expr("gate", out, grad)],
    gate: true,
  },
  sigmoid: {
    value: ({ a }) => over(constant(1), expr("+", constant(1), expr("exp", expr("neg", a)))),
    shares: [({ out, grad }) => times(times(out, expr("-", constant(1), out)), grad)],
  },
}
