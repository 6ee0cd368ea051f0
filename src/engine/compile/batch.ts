import { expected, expectIndex, expectNumbers } from "../expect.ts"
import type { Value } from "../value.ts"

/** The numbers of one example; where one is enough, just that number. */
export type Row = number | ArrayLike<number>

/** The inputs, or the targets, of many examples. */
export type Rows = ArrayLike<Row>

/** Which examples, by index; one may come twice. */
export type Pick = ArrayLike<number>

/** The numbers of a row as an array. */
export const numbersOf = (row: Row | undefined): number[] => (typeof row === "number" ? [row] : Array.from(row ?? []))

/** Writes the data of the parameters to memory, then gradients of 0, then a loss of −0, which adds nothing, not even a sign. */
export function loadParameters(parameters: readonly Value[], numbers: Float64Array): void {
  const { length } = parameters
  for (let k = 0; k < length; k++) numbers[k] = parameters[k]!.data
  numbers.fill(0, length, 2 * length)
  numbers[2 * length] = -0
}

/** Adds the gradients in memory to those of the parameters, unless one of them is NaN. */
export function handOver(parameters: readonly Value[], numbers: Float64Array): boolean {
  const { length } = parameters
  if (numbers.subarray(length, 2 * length).includes(NaN)) return false
  for (let k = 0; k < length; k++) parameters[k]!.grad += numbers[length + k]!
  return true
}

/** How many rows a batch has. Throws unless that is one at least, and the same for X and, if there are targets, Y. */
export function countRows(where: string, X: Rows, Y: Rows, targets: number, pick: Pick | undefined): number {
  const { length } = X ?? []
  if (!length) expected(`${where}: X`, "some rows", X)
  if (targets && Y?.length !== length) expected(`${where}: Y`, `${length} rows`, Y)
  if (!pick) return length
  if (!pick.length) expected(`${where}: pick`, "some indices", pick)
  for (let i = 0; i < pick.length; i++) expectIndex(`${where}: pick[${i}]`, pick[i]!, length)
  return pick.length
}

/**
 * Writes `count` rows to memory, one every `stride` numbers. Throws if one has not `width` finite numbers; `where` and
 * `name` say of what.
 */
export function loadRows(
  where: string,
  name: "X" | "Y",
  rows: Rows,
  width: number,
  pick: Pick | undefined,
  count: number,
  numbers: Float64Array,
  at: number,
  stride: number,
): void {
  for (let i = 0; i < count && width; i++, at += stride) {
    const index = pick ? pick[i]! : i
    const row = rows[index]!
    if (width === 1 && typeof row === "number" && row - row === 0) numbers[at] = row
    else if (!copy(row as ArrayLike<number>, width, numbers, at)) {
      const place = `${where}: ${name}[${index}]`
      expectNumbers(place, width, numbersOf(row))
      expected(
        place,
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
    const number = row[j]
    // What Number.isFinite says; but V8's faster compiler would make an object of each number to ask it.
    if (typeof number !== "number" || number - number !== 0) return false
    numbers[at + j] = number
  }
  return true
}
