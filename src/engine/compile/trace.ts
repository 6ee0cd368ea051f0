import { show } from "../errors.ts"
import { Value } from "../value.ts"
import { difference, refuseOutsiders } from "./compare.ts"
import { type Leaves, record, type Tape } from "./tape.ts"
import { type Trial, trials } from "./trials.ts"

/** A function of the program, and what to call it in messages. */
export interface Traced {
  readonly name: "row" | "penalty" | "output"
  readonly call: (x: Value[], y: Value[]) => Value | Value[]
  /** How many numbers it gets: inputs x and targets y. */
  readonly inputs: number
  readonly targets: number
}

export interface TracedProgram extends Traced {
  readonly tape: Tape
  /** The numbers with which it was found. */
  readonly trial: Trial
}

let now = ""

/** Refuses to work while a program is being traced: the result would be frozen in it. */
export function refuseInTrace(what: string): void {
  if (now)
    throw new Error(`${what}: cannot be called inside of \`${now}\` while that is being compiled. Call it outside.`)
}

/**
 * The program behind a function of `Value`s. The function is called on placeholder numbers, and its graph written down;
 * then once more on other numbers and with other parameters, because the program must be the same for all of them. This
 * finds branches on `.data`, numbers computed from `.data`, random numbers, and parameters that are not in the list.
 */
export function* trace(traced: Traced, parameters: readonly Value[]): Generator<undefined, TracedProgram> {
  const { name } = traced
  let refused: unknown
  for (const [first, second] of trials) {
    try {
      const one = call(traced, parameters, first)
      yield
      const two = call(traced, parameters, second)
      const parted = difference(one, two)
      if (parted) {
        throw new TypeError(
          `compile: expected \`${name}\` to be the same program for all numbers, but two traces part: ${parted}. ` +
            "Branches on .data, numbers made from .data, and Math.random would be fixed for ever.",
        )
      }
      refuseOutsiders(name, one, two.origins)
      return { ...traced, tape: { nodes: one.nodes, outputs: one.outputs }, trial: first }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      refused ??= error
    }
  }
  const { message } = refused as RangeError
  throw new RangeError(`compile: \`${name}\` refuses all numbers that it was tried with: ${message}`, {
    cause: refused,
  })
}

/** Calls a function on the numbers of a trial, and writes down what it did. */
export function call(
  { name, call, inputs, targets }: Traced,
  parameters: readonly Value[],
  trial: Trial,
): ReturnType<typeof record> {
  const x = Array.from({ length: inputs }, (_, j) => new Value(trial.x(j), `x[${j}]`))
  const y = Array.from({ length: targets }, (_, j) => new Value(trial.y(j, targets), `y[${j}]`))
  const leaves: Leaves = new Map()
  parameters.forEach((p, index) => leaves.set(p, { source: "parameter", index }))
  x.forEach((x, index) => leaves.set(x, { source: "input", index }))
  y.forEach((y, index) => leaves.set(y, { source: "target", index }))
  const data = parameters.map((p) => p.data)
  now = name
  try {
    for (const p of parameters) p.data = trial.parameter(p.data)
    return record(results(name, call(x, y)), leaves)
  } finally {
    now = ""
    parameters.forEach((p, i) => (p.data = data[i]!))
  }
}

function results(name: Traced["name"], found: unknown): Value[] {
  if (found instanceof Value) return [found]
  const several = name === "output"
  if (several && Array.isArray(found) && found.length && found.every((value) => value instanceof Value)) return found
  const expected = several ? "a Value or an array of Values" : "a Value, the loss"
  throw new TypeError(`compile: expected \`${name}\` to return ${expected}, found ${show(found)}.`)
}
