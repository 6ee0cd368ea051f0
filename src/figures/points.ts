import type { Bowl } from "./bowls.ts"
import { wrong } from "./expected.ts"

/** Examples with one input each: a data set, or pairs of input and target. */
export type Points =
  | { readonly inputs: readonly (number | readonly number[])[]; readonly targets: readonly number[] }
  | readonly (readonly [x: number, y: number])[]

/** The examples as bowls, with words for them in order. */
export function bowlsOf(points: Points, names: readonly string[] = []): Bowl[] {
  const pairs = "inputs" in points ? points.inputs.map((x, i) => [x, points.targets[i]] as const) : points
  return pairs.map(([input, y], i) => {
    const x = typeof input === "number" ? input : input[0]
    if (typeof x !== "number" || typeof y !== "number")
      throw wrong(
        "points",
        "a number x and a number y for each",
        [input, y],
        "pass { inputs, targets } or [x, y] pairs",
      )
    const name = names[i]
    return name === undefined ? { x, y } : { x, y, name }
  })
}

/** What the text line adds where points are missing: "" if every one of them has its place. */
export function lackOf(bowls: readonly Bowl[]): string {
  if (bowls.length === 0) return " There are no points: only the curve is drawn."
  return lostOf(bowls.filter(({ x, y }) => !Number.isFinite(x + y)).length, bowls.length)
}

/** What the text line adds where `lost` of `all` points have no place: "" if none is lost. */
export const lostOf = (lost: number, all: number): string =>
  lost === 0 ? "" : ` Not drawn, because one of their numbers is NaN or infinite: ${lost} of ${all} points.`
