import { wrong } from "./expected.ts"

/** A number, or a value of the engine that holds one: what a cell's function may give. */
export type Numeric = number | { readonly data: number }

/** The number in it. `figure` is the one that asks, for its error. */
export function numberOf(figure: string, found: Numeric): number {
  const x = typeof found === "object" && found !== null ? found.data : found
  if (typeof x !== "number") throw wrong(figure, "a number or a Value", found, "return numbers or Values.")
  return x
}
