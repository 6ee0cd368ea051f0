import { expected, expectIndex } from "../expect.ts"
import type { Value } from "../value.ts"
import type { Memory, Run } from "./memory.ts"

/** The numbers of one example; where one is enough, just that number. */
export type Row = number | ArrayLike<number>

/** The inputs, or the targets, of many examples. */
export type Rows = ArrayLike<Row>

/** Which examples, by index; one may come twice. */
export type Pick = ArrayLike<number>

/** A part of each row of a batch: what it is called in messages, and how many numbers it has. */
interface Part {
  readonly name: string
  readonly rows: Rows
  readonly width: number
}

/** Carries numbers between the `Value`s of the parameters, the rows of a batch, and the memory of the programs. */
export class Batch {
  readonly parameters: readonly Value[]
  readonly memory: Memory
  /** Where the rows begin. */
  readonly base: number
  /** How many rows there are, and how long they are. */
  rows = 0
  width = 0

  constructor(parameters: readonly Value[], memory: Memory) {
    this.parameters = parameters
    this.memory = memory
    this.base = 2 * parameters.length
  }

  /** Writes the parameters, their gradients and the rows to memory. Throws if these are not the numbers to expect. */
  load(parts: readonly Part[], outputs: number, pick?: Pick): void {
    this.rows = count(parts, pick)
    this.width = parts.reduce((sum, { width }) => sum + width, outputs)
    const numbers = this.memory.reserve(this.base + Math.max(1, this.rows * this.width))
    const { length } = this.parameters
    for (let k = 0; k < length; k++) {
      numbers[k] = this.parameters[k]!.data
      numbers[length + k] = this.parameters[k]!.grad
    }
    for (let i = 0; i < this.rows; i++) copy(parts, pick ? pick[i]! : i, numbers, this.base + i * this.width)
  }

  /** Runs the program of the rows, then that of the penalty. Returns the mean of the rows plus the penalty. */
  run([row, penalty]: readonly Run[]): number {
    const { rows, width, base } = this
    const { numbers } = this.memory
    row!(rows, 1 / rows)
    let total = numbers[base + width - 1]!
    for (let i = 1; i < rows; i++) total += numbers[base + i * width + width - 1]!
    if (!penalty) return total / rows
    penalty(1, 1) // its result stands where the first row began
    return total / rows + numbers[base]!
  }

  /** Hands the gradients to the parameters, unless one of them is NaN. */
  handOver(): boolean {
    const { numbers } = this.memory
    const { length } = this.parameters
    for (let k = length; k < 2 * length; k++) if (Number.isNaN(numbers[k])) return false
    for (let k = 0; k < length; k++) this.parameters[k]!.grad = numbers[length + k]!
    return true
  }

  /** Row `i`, or a part of it. */
  row(i: number, from = 0, to = this.width): number[] {
    const start = this.base + i * this.width
    return [...this.memory.numbers.subarray(start + from, start + to)]
  }
}

/** How many rows to read. Throws unless there is one, as many targets as inputs, and what is picked. */
function count(parts: readonly Part[], pick: Pick | undefined): number {
  const [{ name, rows }, targets] = parts as [Part, Part?]
  if (!(rows?.length > 0)) expected(name, "at least one row", rows)
  if (targets?.width && targets.rows?.length !== rows.length) {
    expected(targets.name, `${rows.length} rows, one for each of X`, targets.rows)
  }
  if (!pick) return rows.length
  if (!(pick.length > 0)) expected(name.replace(/.$/, "pick"), "at least one index", pick)
  for (let i = 0; i < pick.length; i++) expectIndex(name.replace(/.$/, `pick[${i}]`), pick[i]!, rows.length)
  return pick.length
}

/** Copies row `i` of each part, one part after the other. */
function copy(parts: readonly Part[], i: number, numbers: Float64Array, at: number): void {
  for (const { name, rows, width } of parts) {
    if (width === 0) continue
    const row = rows[i]!
    if (typeof row === "number" ? width !== 1 : row?.length !== width) {
      expected(`${name}[${i}]`, width === 1 ? "a number" : `${width} numbers`, row)
    }
    for (let j = 0; j < width; j++) {
      const number = typeof row === "number" ? row : row[j]!
      if (!Number.isFinite(number)) expected(`${name}[${i}]${width > 1 ? `[${j}]` : ""}`, "a finite number", number)
      numbers[at++] = number
    }
  }
}
