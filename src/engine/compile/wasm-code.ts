import type { Expr } from "./expr.ts"
import { Bytes } from "./wasm-bytes.ts"

export const i32 = 0x7f
export const f64 = 0x7c

/** Imported from `Math`: how these round is up to the machine, and only the same function gives the same bits. */
export const imports = ["exp", "log", "tanh", "pow"] as const

/** Instructions: https://webassembly.github.io/spec/core/binary/instructions.html */
export const op = {
  ...{ nothing: 0x40, loop: 0x03, if: 0x04, end: 0x0b, again: 0x0d, call: 0x10, select: 0x1b },
  ...{ get: 0x20, set: 0x21, tee: 0x22, load: 0x2b, store: 0x39, i32: 0x41, f64: 0x44, i32less: 0x49, i32add: 0x6a },
  ...{ "<": 0x63, ">": 0x64, neg: 0x9a, "+": 0xa0, "-": 0xa1, "*": 0xa2, "/": 0xa3, max: 0xa5 },
}

/** Local variables of a `run`: its two arguments, the address of the row, then those of the program. */
export const [bytes, seed, row, first] = [0, 1, 2, 3] as const

/** The places in memory where numbers are found, in bytes: the last three relative to the row. */
export type Places = Readonly<Record<"parameter" | "gradient" | "input" | "target" | "output", number>>

/** Instructions to append to. */
export class Code extends Bytes {
  readonly places: Places

  constructor(places: Places) {
    super()
    this.places = places
  }

  local(instruction: number, index: number): void {
    this.byte(instruction)
    this.unsigned(index)
  }

  number(value: number): void {
    this.byte(op.f64)
    this.float64(value)
  }

  /** Pushes the address that a load or store of this place is relative to. */
  address(place: keyof Places): void {
    if (place === "parameter" || place === "gradient") this.bytes(op.i32, 0)
    else this.local(op.get, row)
  }

  /** Loads or stores number `index` of a place. */
  memory(instruction: number, place: keyof Places, index: number): void {
    this.bytes(instruction, 3) // 3: at a multiple of 2³ bytes
    this.unsigned(this.places[place] + 8 * index)
  }

  /** Pushes whether a < b, or a > b. */
  compare(how: "<" | ">", a: Expr, b?: Expr): void {
    this.formula(a)
    if (b) this.formula(b)
    else this.number(0)
    this.byte(op[how])
  }

  /** Pushes the number of a formula; `setting`: the local variable that it is about to be kept in. */
  formula(e: Expr, setting = -1): void {
    if (e.local >= 0 && e.local !== setting) return this.local(op.get, first + e.local)
    switch (e.op) {
      case "constant":
        return this.number(e.value)
      case "seed":
        return this.local(op.get, seed)
      case "local":
        return this.local(op.get, first + e.value)
      case "parameter":
      case "input":
      case "target":
        this.address(e.op)
        return this.memory(op.load, e.op, e.value)
      case "gate":
        this.formula(e.b!)
        this.number(0)
        this.compare(">", e.a!)
        return this.byte(op.select)
      case "share":
        this.number(1)
        this.number(0)
        this.number(0.5)
        this.compare("<", e.a!, e.b)
        this.byte(op.select)
        this.compare(">", e.a!, e.b)
        return this.byte(op.select)
    }
    this.formula(e.a!)
    if (e.b) this.formula(e.b)
    switch (e.op) {
      case "exp":
      case "log":
      case "tanh":
      case "pow":
        return this.bytes(op.call, imports.indexOf(e.op))
      default:
        return this.byte(op[e.op])
    }
  }
}
