import { show } from "./errors.ts"
import { Value } from "./value.ts"

// Checks of arguments. Each takes the name of the place, says what it expected and what it found, and throws a RangeError.

export function expected(where: string, what: string, found: unknown): never {
  throw new RangeError(`${where}: expected ${what}, found ${show(found)}.`)
}

/** An array of `length` items; without `length`, of at least one. */
export function expectArray(where: string, found: readonly unknown[], length?: number): void {
  const fits = Array.isArray(found) && (length === undefined ? found.length > 0 : found.length === length)
  if (!fits) expected(where, `an array of ${length ?? "at least one"}`, found)
}

/** An array of `length` numbers, none of them NaN. */
export function expectNumbers(where: string, length: number, found: readonly number[]): void {
  expectArray(where, found, length)
  const wrong = found.findIndex((x) => typeof x !== "number" || Number.isNaN(x))
  if (wrong >= 0) expected(where, `a number at index ${wrong}`, found[wrong])
}

/** An array of at least one `Value`, none of them twice: a parameter listed twice would be turned twice. */
export function expectParameters(where: string, found: readonly Value[]): void {
  expectArray(where, found)
  const wrong = found.findIndex((p) => !(p instanceof Value))
  if (wrong >= 0) expected(where, `a Value at index ${wrong}`, found[wrong])
  const again = found.length - new Set(found).size
  if (again > 0) throw new RangeError(`${where}: expected each parameter once, found ${again} listed again.`)
}

/** A whole number, at least 1. */
export function expectCount(where: string, found: number): number {
  return Number.isInteger(found) && found >= 1 ? found : expected(where, "a whole number, at least 1", found)
}

/** A place in an array of `length`. */
export function expectIndex(where: string, found: number, length: number): number {
  if (Number.isInteger(found) && found >= 0 && found < length) return found
  return expected(where, `a whole number from 0 to ${length - 1}`, found)
}

/** A finite number, at least 0. */
export function expectSize(where: string, found: number): number {
  return Number.isFinite(found) && found >= 0 ? found : expected(where, "a finite number, at least 0", found)
}

/** A number from 0 to below 1. */
export function expectShare(where: string, found: number): number {
  return typeof found === "number" && found >= 0 && found < 1
    ? found
    : expected(where, "a number from 0 to below 1", found)
}

/** One of `choices`. */
export function expectOneOf<T extends string | number>(where: string, choices: readonly T[], found: T): T {
  if (choices.includes(found)) return found
  return expected(where, `one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}`, found)
}
