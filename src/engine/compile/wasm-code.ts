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
  /** Gets or sets a local variable. */
  local(instruction: number, index: number): void {
    this.byte(instruction)
    this.unsigned(index)
  }

  /** Pushes the address that `memory` counts from. */
  address(ofRow: boolean): void {
    this.byte(ofRow ? op.getLocal : op.constI32)
    this.byte(ofRow ? row : 0)
  }

  /** Loads or stores number `index` from an address. */
  memory(instruction: number, index: number): void {
    this.byte(instruction)
    this.byte(3) // at a multiple of 2³ bytes
    this.unsigned(8 * index)
  }

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
  formula(e: Expr, setting = -1): void {
    const { a, b, value, local } = e
    if (local >= 0 && local !== setting) return this.local(op.getLocal, first + local)
    switch (e.op) {
      case "seed":
        return this.local(op.getLocal, seed)
      case "constant":
        return this.number(value)
      case "parameter":
      case "row":
        this.address(e.op === "row")
        return this.memory(op.loadF64, value)
      case "gate":
        this.formula(b!)
        this.number(0)
        this.compare(op.greaterF64, a!)
        return this.byte(op.select)
      case "share":
        this.number(1)
        this.number(0)
        this.number(0.5)
        this.compare(op.lessF64, a!, b)
        this.byte(op.select)
        this.compare(op.greaterF64, a!, b)
        return this.byte(op.select)
    }
    this.formula(a!)
    if (b) this.formula(b)
    switch (e.op) {
      case "exp":
      case "log":
      case "tanh":
      case "pow":
        this.byte(op.call)
        return this.byte(imports.indexOf(e.op))
      default:
        return this.byte(op.arithmetic[e.op])
    }
  }
}
