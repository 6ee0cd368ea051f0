import { wrong } from "../expected.ts"
import { type Numeric, numberOf } from "../numeric.ts"

/** What a network with one hidden layer makes of one input. */
export interface NetworkParts {
  /** The output of each hidden unit. */
  readonly hidden: readonly Numeric[]
  /** What is added up: each hidden output times its weight and, last, the bias of the output. */
  readonly terms: readonly Numeric[]
  /** The prediction: the sum of the terms. */
  readonly sum: Numeric
}

/** The parts as plain numbers. */
export interface Parts {
  readonly hidden: readonly number[]
  readonly terms: readonly number[]
  readonly sum: number
}

/** Read what a cell's function gave. */
export function readParts(found: NetworkParts): Parts {
  const { hidden, terms, sum } = (found ?? {}) as Partial<NetworkParts>
  if (!Array.isArray(hidden) || !Array.isArray(terms) || sum === undefined || terms.length < hidden.length) {
    throw wrong("sumOfCurves", "parts { hidden, terms, sum }", found, "give a term for each hidden unit and their sum.")
  }
  const read = (numbers: readonly Numeric[]) => numbers.map((x) => numberOf("sumOfCurves", x))
  return { hidden: read(hidden), terms: read(terms), sum: numberOf("sumOfCurves", sum) }
}
