import type { Expr } from "./expr.ts"
import type { Program } from "./lower.ts"
import { type Column, loops } from "./loops.ts"
import type { Memory, Run } from "./memory.ts"
import type { Statement } from "./statement.ts"

/**
 * How many rows are worked on together: enough that the reading of the program, which is done once for all of them, costs
 * little; but not more than 128, nor than fit 4 MB, because then they would not stay in the processor's cache.
 */
const blockFor = (locals: number): number => Math.max(1, Math.min(128, Math.floor(2 ** 19 / locals)))

/**
 * Runs a program without generating code: each formula is computed for a block of rows at once, by one loop per operation.
 */
export function columns(program: Program, parameters: number, memory: Memory): Run {
  const { statements, locals, width } = program
  const base = 2 * parameters + 1
  const block = blockFor(locals.length + width)
  const storage = new Float64Array(block * (locals.length + width))
  const column = (i: number): Column => storage.subarray(block * i, block * (i + 1))
  const kept = locals.map((_, i) => column(i))
  const row = Array.from({ length: width }, (_, j) => column(locals.length + j))
  const scratch: Column[] = [new Float64Array(block)]
  const arrivals = new Int32Array(parameters)
  for (const { kind, index } of statements) if (kind === "gradient") arrivals[index]!++

  // The batch and the block of it that are at work.
  let numbers = memory.numbers
  let rowSeed = 0
  let first = 0
  let n = 0
  const shares: Column[][] = []

  /** The column of a formula: one that is there already, or `out`, filled. `level`: the first scratch column that is free. */
  function formula(e: Expr, out: Column, level: number, setting = -1): Column {
    if (e.local >= 0 && e.local !== setting) return kept[e.local]!
    if (e.op === "row") return row[e.value!]!
    if (e.op === "constant") return out.fill(e.value!, 0, n)
    if (e.op === "parameter") return out.fill(numbers[e.value!]!, 0, n)
    if (e.op === "seed") return out.fill(rowSeed, 0, n)
    const a = formula(e.a!, out, level)
    const b = e.b ? formula(e.b, (scratch[level] ??= new Float64Array(block)), level + 1) : a
    loops[e.op](out, a, b, n)
    return out
  }

  function execute({ kind, index, value }: Statement): void {
    if (kind === "set") {
      const result = formula(value, kept[index]!, 1, index)
      if (result !== kept[index]) kept[index]!.set(result)
      return
    }
    const result = formula(value, scratch[0]!, 1)
    if (kind === "add") loops["+"](kept[index]!, kept[index]!, result, n)
    else if (kind === "output") {
      for (let i = 0; i < n; i++) numbers[first + i * width + index] = result[i]!
    } else if (kind === "loss") addUp(parameters, result)
    else if (arrivals[index] === 1) addUp(index, result)
    // All shares of one row come before those of the next, so the sum has to wait for all of them.
    else (shares[index] ??= []).push(result.slice())
  }

  function addUp(index: number, result: Column): void {
    let sum = numbers[parameters + index]!
    for (let i = 0; i < n; i++) sum += result[i]!
    numbers[parameters + index] = sum
  }

  return (rows, seed) => {
    numbers = memory.numbers
    rowSeed = seed
    for (let start = 0; start < rows; start += block) {
      n = Math.min(block, rows - start)
      first = base + start * width
      row.forEach((out, j) => {
        for (let i = 0; i < n; i++) out[i] = numbers[first + i * width + j]!
      })
      statements.forEach(execute)
      shares.forEach((columns, index) => {
        for (let i = 0; i < n; i++) for (const share of columns) numbers[parameters + index]! += share[i]!
      })
      shares.length = 0
    }
  }
}
