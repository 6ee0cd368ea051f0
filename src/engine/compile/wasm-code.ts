import type { Expr } from "./expr.ts"
import { Bytes } from "./wasm-bytes.ts"
import * as op from "./wasm-opcodes.ts"

/** Imported from `Math`: how these round is up to the machine, and only the same function gives the same bits. */
export const imports = ["exp", "log", "tanh", "pow"] as const

/** Local variables of a `run`: its arguments (see `wasm-run.ts`), then those of the program. */
export const row = 0
export const rowsEnd = 1
export const stride = 2
const seed = 3
export const first = 4

/** Instructions to append to. */
export class Code extends Bytes {
  number(value: number): void {
    this.byte(op.constF64)
    this.float64(value)
  }

  /** Pushes whether a ∘ b; without b, whether a ∘ 0. */
  compare(how: number, a: Expr, b?: Expr): void {
    this.formula(a)
    if (b) this.formula(b)
    else this.number(0)
    this.byte(how)
  }

  /** Pushes the number of a formula; `setting`: the local variable that it is about to be kept in. */
  formula({ op: name, a, b, value, local }: Expr, setting = -1): void {
    if (local >= 0 && local !== setting) return this.instruction(op.getLocal, first + local)
    if (!a) {
      if (name === "constant") return this.number(value!)
      if (name === "seed") return this.instruction(op.getLocal, seed)
      // The row begins at the address in local variable 0, the parameters begin at address 0.
      this.instruction(name === "row" ? op.getLocal : op.constI32, 0)
      return this.instruction(op.loadF64, 8 * value!, 2)
    }
    if (name === "gate") {
      this.formula(b!)
      this.number(0)
      this.compare(op.greaterF64, a)
      return this.byte(op.select)
    }
    if (name === "share") {
      this.number(1)
      this.number(0)
      this.number(0.5)
      this.compare(op.lessF64, a, b)
      this.byte(op.select)
      this.compare(op.greaterF64, a, b)
      return this.byte(op.select)
    }
    this.formula(a)
    if (b) this.formula(b)
    const instruction = op.arithmetic[name]
    if (instruction) this.byte(instruction)
    else this.instruction(op.call, imports.indexOf(name as (typeof imports)[number]))
  }
}
