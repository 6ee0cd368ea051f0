/** Arithmetic: what the ops of `Value` and their derivatives are made of. `rules.ts` writes each op in these words. */
export type Arithmetic = "+" | "-" | "*" | "/" | "neg" | "max" | "share" | "gate" | "pow" | "exp" | "log" | "tanh"

/** Where a number comes from that is not computed: `value` is the constant itself, or an index. */
export type Source = "constant" | "parameter" | "input" | "target" | "seed" | "local"

/**
 * A formula: a tree whose leaves are numbers that are there already. A formula that is read twice is better computed
 * once and kept in a local variable; `uses` counts the readers, `local` is that variable (−1: computed where it is read).
 */
export class Expr {
  readonly op: Arithmetic | Source
  readonly a: Expr | undefined
  readonly b: Expr | undefined
  readonly value: number
  /** How deeply the formula nests; a kept one counts as a leaf. */
  depth: number
  uses = 0
  local = -1

  constructor(op: Arithmetic | Source, a?: Expr, b?: Expr, value = 0) {
    this.op = op
    this.a = a
    this.b = b
    this.value = value
    this.depth = 0
    if (a) {
      a.uses++
      this.depth = a.depth + 1
    }
    if (b) {
      b.uses++
      if (b.depth >= this.depth) this.depth = b.depth + 1
    }
  }

  /** Whether reading it costs no arithmetic: it is a leaf, or it is kept. */
  get ready(): boolean {
    return this.a === undefined || this.local >= 0
  }
}

/** A formula that nests deeper is computed in pieces, so that a chain of 100,000 ops does not need a stack as deep. */
export const deepest = 200

export const leaf = (source: Source, value = 0): Expr => new Expr(source, undefined, undefined, value)
export const constant = (value: number): Expr => leaf("constant", value)

const is = (e: Expr, value: number): boolean => e.op === "constant" && e.value === value

// The builders leave out what cannot change a bit: 1 · b = b, a / 1 = a, a¹ = a and a² = a · a hold for every float64.
export const plus = (a: Expr, b: Expr): Expr => new Expr("+", a, b)
export const minus = (a: Expr, b: Expr): Expr => new Expr("-", a, b)
export const negative = (a: Expr): Expr => new Expr("neg", a)
export const larger = (a: Expr, b: Expr): Expr => new Expr("max", a, b)
export const exp = (a: Expr): Expr => new Expr("exp", a)
export const log = (a: Expr): Expr => new Expr("log", a)
export const tanh = (a: Expr): Expr => new Expr("tanh", a)

export function times(a: Expr, b: Expr): Expr {
  return is(a, 1) ? b : is(a, -1) ? negative(b) : new Expr("*", a, b)
}

export function over(a: Expr, b: Expr): Expr {
  if (a.op === "constant" && b.op === "constant") return constant(a.value / b.value)
  return is(b, 1) ? a : new Expr("/", a, b)
}

export function power(a: Expr, k: number): Expr {
  return k === 1 ? a : k === 2 ? times(a, a) : new Expr("pow", a, constant(k))
}

/** The part of a gradient that goes to `a` in max(a, b): 1 if a is larger, 0 if b is, a half each at a tie. */
export const share = (a: Expr, b: Expr): Expr => new Expr("share", a, b)

/** `gradient` where `test` is above 0, else 0. */
export const gate = (test: Expr, gradient: Expr): Expr => new Expr("gate", test, gradient)
