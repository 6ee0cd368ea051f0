import type { Op } from "./op.ts"
import type { Value } from "./value.ts"

// What the engine says when something is wrong: what it expected, what it found, where, and what to do about it.

/** A number with at most six digits. */
export const round = (x: number): number => Number(x.toPrecision(6))

/** What was found: `"3" (a string)`, `an array of 2`, `an object (Value)`, `undefined`, `NaN`. */
export function show(found: unknown): string {
  if (typeof found === "string") return `${JSON.stringify(found)} (a string)`
  if (Array.isArray(found)) return `an array of ${found.length}`
  if (typeof found === "object" && found) return `an object (${found.constructor.name})`
  return String(found)
}

/** A value in a message: `w = 0.5`, or how it was made: `mul(w = 0.5, 3) = 1.5`. */
function describe(value: Value): string {
  const name = ({ label, data }: Value): string => (label ? `${label} = ${data}` : String(data))
  return value.label || !value.rule ? name(value) : `${value.op}(${value.inputs.map(name).join(", ")}) = ${value.data}`
}

/**
 * Refuses data that is not a number. The NaN of an op passes if an input was NaN already: a parameter that training has
 * driven there is reported by `backward`, which can name it.
 */
export function notANumber(data: unknown, rule?: Op, a?: Value, b?: Value): void {
  if (!rule) throw new TypeError(`new Value: expected a number, found ${show(data)}.`)
  const inputs = [a, b].filter((input) => input !== undefined)
  if (inputs.some((input) => Number.isNaN(input.data))) return
  const reason = rule.domain ?? "infinite numbers met; has a learning rate made the parameters grow without bound?"
  throw new RangeError(`${rule.name}(${inputs.map(describe).join(", ")}) is not a number: ${reason}`)
}

/** Names the value where the NaN of a graph begins. `nodes`: inputs before the values made from them. */
export function foundNaN(nodes: readonly Value[]): never {
  const value = nodes.find((node) => Number.isNaN(node.data))
  if (value) {
    throw new RangeError(
      `backward: expected numbers, found ${describe(value)}, which became NaN after it was made. ` +
        "Has a learning rate made the parameters grow without bound?",
    )
  }
  const first = nodes.findLast((node) => Number.isNaN(node.grad))!
  throw new RangeError(
    `backward: the gradient of ${describe(first)} is NaN, because infinite slopes met on the way to it. ` +
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
