import { expected, expectIndex, expectNumbers } from "../expect.ts"
import type { Value } from "../value.ts"

/** The numbers of one example; where one is enough, just that number. */
export type Row = number | ArrayLike<number>

/** The inputs, or the targets, of many examples. */
export type Rows = ArrayLike<Row>

/** Which examples, by index; one may come twice. */
export type Pick = ArrayLike<number>

/** A part of the rows of a batch: what it is called in messages, and how many numbers it has in each row. */
export interface Part {
  readonly name: string
  readonly rows: Rows
  readonly width: number
}

/** The numbers of a row as an array. */
export const numbersOf = (row: Row | undefined): number[] => (typeof row === "number" ? [row] : Array.from(row ?? []))

/** Writes the data of the parameters to memory, then gradients of 0. */
export function loadParameters(parameters: readonly Value[], numbers: Float64Array): void {
  const { length } = parameters
  for (let k = 0; k < length; k++) numbers[k] = parameters[k]!.data
  numbers.fill(0, length, 2 * length)
}

/** Adds the gradients in memory to those of the parameters, unless one of them is NaN. */
export function handOver(parameters: readonly Value[], numbers: Float64Array): boolean {
  const { length } = parameters
  for (let k = length; k < 2 * length; k++) if (Number.isNaN(numbers[k])) return false
  for (let k = 0; k < length; k++) parameters[k]!.grad += numbers[length + k]!
  return true
}

/** How many rows a batch has. Throws unless that is one at least, and the same for all parts. */
export function countRows(where: string, parts: readonly Part[], pick: Pick | undefined): number {
  const length = parts[0]!.rows?.length
  for (const { name, rows, width } of parts) {
    if (!length || (width && rows?.length !== length)) expected(name, `${length || "some"} rows`, rows)
  }
  if (!pick) return length!
  if (!pick.length) expected(`${where}: pick`, "some indices", pick)
  for (let i = 0; i < pick.length; i++) expectIndex(`${where}: pick[${i}]`, pick[i]!, length!)
  return pick.length
}

/** Writes `count` rows of a part to memory, one every `stride` numbers. Throws if they are not so many finite numbers. */
export function loadRows(
  { name, rows, width }: Part,
  pick: Pick | undefined,
  count: number,
  numbers: Float64Array,
  at: number,
  stride: number,
): void {
  for (let i = 0; i < count && width; i++, at += stride) {
    const index = pick ? pick[i]! : i
    const row = rows[index]!
    if (width === 1 && Number.isFinite(row)) numbers[at] = row as number
    else if (!copy(row as ArrayLike<number>, width, numbers, at)) {
      expectNumbers(`${name}[${index}]`, width, numbersOf(row))
      expected(
        `${name}[${index}]`,
        "finite numbers",
        numbersOf(row).find((number) => !Number.isFinite(number)),
      )
    }
  }
}

/** Whether a row has the right width and finite numbers; copied, if so. In a function of its own, this is twice as fast. */
function copy(row: ArrayLike<number> | undefined, width: number, numbers: Float64Array, at: number): boolean {
  if (row?.length !== width) return false
  for (let j = 0; j < width; j++) {
    const number = row[j]!
    if (!Number.isFinite(number)) return false
    numbers[at + j] = number
  }
  return true
}
