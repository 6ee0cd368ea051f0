import type { Op } from "./ops.ts"
import type { Value } from "./value.ts"

/** How an error message shows what it found: `"3" (a string)`, `NaN`, `undefined`. */
export function show(found: unknown): string {
  if (typeof found === "string") return `${JSON.stringify(found)} (a string)`
  if (Array.isArray(found)) return `an array of ${found.length}`
  if (typeof found === "object" && found !== null) return `an object (${found.constructor?.name ?? "without class"})`
  return String(found)
}

/** Refuses data that is not a number; lets the NaN of an op pass whose inputs were NaN already (`backward` reports it). */
export function notANumber(data: unknown, rule?: Op, a?: Value, b?: Value): void {
  if (rule === undefined || a === undefined) throw new TypeError(`Value: expected a number, found ${show(data)}.`)
  if (Number.isNaN(a.data) || (b && Number.isNaN(b.data))) return
  throw new RangeError(`${rule.name} of ${[a, b].filter((v) => v !== undefined).join(", ")} is not a number.`)
}
