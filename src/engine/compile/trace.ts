import { show } from "../errors.ts"
import { Value } from "../value.ts"
import { loadParameters } from "./batch.ts"
import { compare } from "./compare.ts"
import { type Leaves, record, sort, type Tape } from "./tape.ts"
import { type Trial, trials } from "./trials.ts"

let now = ""

/** Refuses to work while a program is being traced: the result would be frozen in it. */
export function refuseInTrace(what: string): void {
  if (now) throw new Error(`${what}: cannot be called inside of \`${now}\`, which is being compiled.`)
}

/** A function of the program: it gets so many inputs x and targets y, and gives one Value, or several if `many`. */
export interface Traced {
  readonly name: string
  readonly call: (x: Value[], y: Value[]) => Value | Value[]
  readonly inputs: number
  readonly targets: number
  readonly many?: boolean
}

/**
 * The program behind a function of `Value`s. The function is called on placeholder numbers, and its graph written down;
 * then once more on other numbers and with other parameters, because the program must be the same for all of them.
 */
export function* trace(traced: Traced, parameters: readonly Value[]): Generator<undefined, Tape> {
  let refused: unknown
  for (const [first, second] of trials(traced.inputs)) {
    try {
      yield
      const one = run(traced, parameters, first)
      yield
      const values = sort(one.results)
      const tape = record(values, one.results, one.leaves, !!traced.many)
      yield
      const two = run(traced, parameters, second)
      yield
      compare(traced.name, tape, values, sort(two.results), two.leaves)
      return tape
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      refused ??= error
    }
  }
  const { message } = refused as RangeError
  throw new RangeError(`compile: \`${traced.name}\` fails, whatever numbers it is given: ${message}`, {
    cause: refused,
  })
}

/** The graph of a function for the numbers of a trial. */
function run({ name, call, inputs, targets, many }: Traced, parameters: readonly Value[], trial: Trial): Graph {
  const x = Array.from({ length: inputs }, (_, j) => new Value(trial.scale * (0.25 + ((0.618 * j) % 0.5)), `x[${j}]`))
  const y = Array.from({ length: targets }, (_, j) => new Value(trial.y(j, targets), `y[${j}]`))
  const { length } = parameters
  const numbers = new Float64Array(2 * length + 1)
  loadParameters(parameters, numbers)
  now = name
  try {
    for (let i = 0; i < length && trial.every; i++)
      parameters[i]!.data = numbers[i]! * ((i + 1) % trial.every ? 1.1 : -1.1) + 0.01
    const found = call([...x], [...y])
    const results = many ? [found].flat() : [found]
    if (!results.length || !results.every((result) => result instanceof Value)) {
      throw new TypeError(`compile: expected \`${name}\` to return a Value, found ${show(found)}.`)
    }
    return { results, leaves: { parameter: parameters, row: [...x, ...y] } }
  } finally {
    now = ""
    for (let i = 0; i < length; i++) parameters[i]!.data = numbers[i]!
  }
}

interface Graph {
  readonly results: readonly Value[]
  readonly leaves: Leaves
}
