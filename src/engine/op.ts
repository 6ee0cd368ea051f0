import { wrongExponent } from "./errors.ts"
import type { Value } from "./value.ts"

/** What the engine must know about an operation: how to compute it, and how to send a gradient back through it. */
export interface Op {
  /** The name of the method of `Value`. */
  readonly name: string
  /** The exponent of a `pow`; other ops have none. */
  readonly exponent?: number
  /** What an error message says when the result is NaN. */
  readonly domain?: string
  /**
   * The result, from the numbers of the inputs; an op of one input ignores `b`. An infinite result is a value like any other.
   * NaN is an error, unless an input is NaN already: then it passes, and `backward` reports where it began.
   */
  readonly forward: (a: number, b: number) => number
  /** Adds to the gradient of each input its share: local derivative × `out.grad`. */
  readonly backward: (out: Value, a: Value, b: Value) => void
}

/** A family of ops, one per number: each is made once, so that a thousand squares share one rule. */
export function once(rule: (k: number) => Op): (k: number) => Op {
  const made = new Map<number, Op>()
  return (k) => {
    const known = made.get(k)
    if (known) return known
    if (typeof k !== "number" || Number.isNaN(k)) wrongExponent(k)
    const op = rule(k)
    made.set(k, op)
    return op
  }
}
