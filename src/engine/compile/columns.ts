import type { Arithmetic, Expr } from "./expr.ts"
import type { Program } from "./lower.ts"
import type { Memory, Run } from "./memory.ts"

/** The numbers of one formula for several rows. */
type Column = Float64Array

/** How many rows are worked on together: enough to forget the cost of reading the program, few enough for the cache. */
const block = 128

type Loop = (out: Column, a: Column, b: Column, n: number) => void

const each =
  (f: (a: number, b: number) => number): Loop =>
  (out, a, b, n) => {
    for (let i = 0; i < n; i++) out[i] = f(a[i]!, b[i]!)
  }

// The four that make up most of a network have loops of their own, which a compiler can make fast.
const loops: Record<Arithmetic, Loop> = {
  "+"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!
  },
  "-"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!
  },
  "*"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!
  },
  gate(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! > 0 ? b[i]! : 0
  },
  "/": each((a, b) => a / b),
  neg: each((a) => -a),
  max: each(Math.max),
  share: each((a, b) => (a > b ? 1 : a < b ? 0 : 0.5)),
  pow: each(Math.pow),
  exp: each(Math.exp),
  log: each(Math.log),
  tanh: each(Math.tanh),
}

/**
 * Runs a program without generating code: each formula is computed for a block of rows at once, so that what is slow, the
 * reading of the program, is done once for all of them.
 */
export function columns(program: Program, parameters: number, memory: Memory): Run {
  const { statements, inputs, targets, outputs } = program
  const width = inputs + targets + outputs
  const column = (): Column => new Float64Array(block)
  const data = Array.from({ length: inputs + targets }, column)
  const kept = program.locals.map(column)
  const scratch: Column[] = []
  const arrivals = new Int32Array(parameters)
  for (const { kind, index } of statements) if (kind === "gradient") arrivals[index]!++

  return (rows, seed) => {
    const { numbers } = memory
    const base = 2 * parameters
    for (let start = 0; start < rows; start += block) {
      const n = Math.min(block, rows - start)
      data.forEach((out, j) => {
        for (let i = 0; i < n; i++) out[i] = numbers[base + (start + i) * width + j]!
      })

      const filled = (level: number, value: number): Column => (scratch[level] ??= column()).fill(value, 0, n)
      const formula = (e: Expr, level: number, setting = -1): Column => {
        if (e.local >= 0 && e.local !== setting) return kept[e.local]!
        if (e.op === "constant") return filled(level, e.value)
        if (e.op === "seed") return filled(level, seed)
        if (e.op === "parameter") return filled(level, numbers[e.value]!)
        if (e.op === "local") return kept[e.value]!
        if (e.op === "input") return data[e.value]!
        if (e.op === "target") return data[inputs + e.value]!
        const a = formula(e.a!, level)
        const b = e.b ? formula(e.b, level + 1) : a
        const out = (scratch[level] ??= column())
        loops[e.op](out, a, b, n)
        return out
      }

      const waiting = new Map<number, Column[]>()
      const collect = (index: number, shares: readonly Column[]): void => {
        for (let i = 0; i < n; i++) for (const share of shares) numbers[parameters + index]! += share[i]!
      }
      for (const { kind, index, value } of statements) {
        const result = formula(value, 0, kind === "set" ? index : -1)
        if (kind === "set") kept[index]!.set(result)
        else if (kind === "add") loops["+"](kept[index]!, kept[index]!, result, n)
        else if (kind === "output") {
          for (let i = 0; i < n; i++) numbers[base + (start + i) * width + inputs + targets + index] = result[i]!
        } else if (arrivals[index] === 1) collect(index, [result])
        // All shares of one row come before those of the next, so the sum has to wait for all of them.
        else if (waiting.has(index)) waiting.get(index)!.push(result.slice())
        else waiting.set(index, [result.slice()])
      }
      waiting.forEach((shares, index) => collect(index, shares))
    }
  }
}
