import type { Expr } from "./expr.ts"
import type { Region } from "./regions.ts"

/**
 * One line of a program. `set`: local ← value; `add`: local ← local + value; `gradient`: parameter `index` gets `value`
 * added to its gradient; `loss`: `value` is added to the loss of all rows; `output`: number `index` of the row is `value`. A
 * region says when it may be left out.
 */
export interface Statement {
  readonly kind: "set" | "add" | "gradient" | "loss" | "output"
  readonly index: number
  readonly value: Expr
  readonly region: Region
}
