/**
 * Arithmetic: what the ops of `Value` and their derivatives are made of (see `rules.ts`). Two are not in every school book:
 * `share` is the part of a gradient that goes to a in max(a, b), 1 if a is larger, 0 if b is, ½ at a tie; and `gate` is b
 * where a is above 0, else 0.
 */
export type Arithmetic = "+" | "-" | "*" | "/" | "neg" | "max" | "share" | "gate" | "pow" | "exp" | "log" | "tanh"

/**
 * What needs no arithmetic: a constant (`value` is the number), number `value` of the parameters or of the row (inputs, then
 * targets), or the seed, which is the gradient of the loss of a row.
 */
export type Source = "constant" | "parameter" | "row" | "seed"

/**
 * A formula: a tree whose leaves are numbers that are there already. A formula that is read twice is better computed
 * once and kept in a local variable; `uses` counts the readers, `local` is that variable (−1: computed where it is read).
 */
export interface Expr {
  readonly op: Arithmetic | Source
  readonly a: Expr | undefined
  readonly b: Expr | undefined
  readonly value: number | undefined
  /** How deeply the formula nests; a kept one counts as a leaf. */
  depth: number
  uses: number
  local: number
}

/** A formula that nests deeper is computed in pieces, so that a chain of 100,000 ops does not need a stack as deep. */
export const deepest = 200

export function expr(op: Expr["op"], a?: Expr, b?: Expr, value?: number): Expr {
  const made: Expr = { op, a, b, value, depth: 0, uses: 0, local: -1 }
  if (a) {
    a.uses++
    made.depth = a.depth + 1
  }
  if (b) {
    b.uses++
    if (b.depth >= made.depth) made.depth = b.depth + 1
  }
  return made
}

export const leaf = (source: Source, value?: number): Expr => expr(source, undefined, undefined, value)
export const constant = (value: number): Expr => leaf("constant", value)

// These leave out what cannot change a bit: 1 · b = b, a / 1 = a, a¹ = a and a² = a · a hold for every float64.
export const times = (a: Expr, b: Expr): Expr => (a.op === "constant" && a.value === 1 ? b : expr("*", a, b))
export const over = (a: Expr, b: Expr): Expr => (b.op === "constant" && b.value === 1 ? a : expr("/", a, b))
export const power = (a: Expr, k: number): Expr => (k === 1 ? a : k === 2 ? times(a, a) : expr("pow", a, constant(k)))
