import type { Op } from "./op.ts"
import type { Value } from "./value.ts"

// What the engine says when something is wrong: what it expected, what it found, where, and what to do about it.

/** A number with at most six digits. */
export const round = (x: number): number => Number(x.toPrecision(6))

/** What was found: `"3" (a string)`, `an array of 2`, `a Value`, `undefined`, `NaN`. */
export function show(found: unknown): string {
  if (typeof found === "string") return `${JSON.stringify(found)} (a string)`
  if (typeof found === "bigint") return `${found}n (a bigint)`
  if (Array.isArray(found)) return `an array of ${found.length}`
  // A Value is told by its fields, because value.ts imports this file.
  if (typeof found === "object" && found) return "grad" in found ? "a Value" : "an object"
  return String(found)
}

/** A number of a graph in a message: `w = 0.5`, or `0.5` if it has no label. */
const number = ({ label, data }: Value): string => (label ? `${label} = ${data}` : String(data))

/** An op and what it was given: `mul(w = 0.5, 3)`. */
const call = ({ name, exponent }: Op, inputs: readonly Value[]): string =>
  `${name}(${[...inputs.map(number), exponent].filter((x) => x !== undefined).join(", ")})`

/** Which value: by its label, else by how it was made. */
const describe = ({ label, rule, inputs }: Value): string =>
  label || (rule ? call(rule, inputs) : "a leaf without a label")

/**
 * Refuses data that is not a number. The NaN of an op passes if an input was NaN already: a parameter that training has
 * driven there is reported by `backward`, which can name it.
 */
export function notANumber(data: unknown, label: string, rule?: Op, a?: Value, b?: Value): void {
  if (!rule) throw new TypeError(`new Value${label && ` ${label}`}: expected a number, found ${show(data)}.`)
  const inputs = [a, b].filter((input) => input !== undefined)
  if (inputs.some((input) => Number.isNaN(input.data))) return
  const reason = rule.domain ?? "infinite numbers met; has a learning rate made the parameters grow without bound?"
  throw new RangeError(`${call(rule, inputs)} is not a number: ${reason}`)
}

/** Names the value where the NaN of a graph begins. `nodes`: inputs before the values made from them. */
export function foundNaN(nodes: readonly Value[]): never {
  const value = nodes.find(({ data }) => Number.isNaN(data))
  if (value) {
    throw new RangeError(
      `backward: expected numbers, found NaN: ${describe(value)} was set to it after it was made. ` +
        "Has a learning rate made the parameters grow without bound?",
    )
  }
  const first = nodes.findLast(({ grad }) => Number.isNaN(grad))!
  throw new RangeError(
    `backward: expected numbers, found NaN: infinite slopes meet in the gradient of ${describe(first)}. ` +
      "Look for a division by 0, a log of 0 or a pow of 0.",
  )
}

export function wrongOperand(op: string, found: unknown): never {
  throw new TypeError(`${op}: expected a number or a Value, found ${show(found)}.`)
}

export function wrongExponent(found: unknown): never {
  throw new TypeError(
    `pow: expected a number as exponent, found ${show(found)}. For a Value k write a.log().mul(k).exp() instead.`,
  )
}
