import { readFileSync } from "node:fs"
import { expect } from "vitest"
import { mulberry32, Value, type Random } from "../../src/engine/index.ts"

export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8")) as T
}

/** Equal up to an error relative to max(1, |a|, |b|), so that values near 0 are compared absolutely. */
export function expectClose(found: number | number[], expected: number | number[], tolerance: number): void {
  const [a, b] = [[found].flat(), [expected].flat()]
  expect(a.length, "how many numbers").toBe(b.length)
  for (const [i, x] of a.entries()) {
    const error = Math.abs(x - b[i]!) / Math.max(1, Math.abs(x), Math.abs(b[i]!))
    expect(error, `number ${i}: found ${x}, expected ${b[i]}, relative error ${error}`).toBeLessThanOrEqual(tolerance)
  }
}

/** The slope of a plain function of numbers by each of them: centred, so that the error is about h². */
export function slopes(f: (...x: number[]) => number, x: readonly number[], h = 1e-5): number[] {
  return x.map((xi, i) => (f(...x.with(i, xi + h)) - f(...x.with(i, xi - h))) / (2 * h))
}

/** `count` rows of `width` numbers between the bounds, the same in every run. */
export function rows(count: number, width: number, [low, high]: readonly [number, number], seed = 1): number[][] {
  const random = mulberry32(seed)
  return Array.from({ length: count }, () => Array.from({ length: width }, () => low + (high - low) * random()))
}

export const leaves = (data: readonly number[]): Value[] => data.map((x) => new Value(x))

/** The message of what `f` throws, with its class. */
export function thrown(f: () => unknown): string {
  try {
    f()
  } catch (error) {
    return String(error)
  }
  throw new Error("expected an error, found none")
}

export function integer(random: Random, below: number): number {
  return Math.floor(random() * below)
}
