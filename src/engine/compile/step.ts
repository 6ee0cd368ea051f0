import { assemble, type Assembly } from "./assemble.ts"
import { countRows, handOver, loadParameters, loadRows, type Pick, type Rows } from "./batch.ts"
import { type Build, finish } from "./drive.ts"
import { eager, leavesOf } from "./eager.ts"
import { lower } from "./lower.ts"
import type { Memory, Run } from "./memory.ts"
import type { CompileOptions, Step } from "./options.ts"
import { source } from "./source.ts"
import type { Tape } from "./tape.ts"
import { refuseInTrace, trace } from "./trace.ts"

/**
 * The function that uses what the passes made: numbers in, programs run, numbers out. `loss`: the programs of `row` and
 * perhaps of `penalty`; `training`: what runs them with gradients. `whole`: also make what it otherwise makes later.
 *
 * Where a NaN comes out, the eager engine does it again. It knows which op went wrong, and it stops a gradient of 0 before
 * an infinite slope, which the programs do not look for: their 0 × Infinity is NaN.
 */
export function* makeStep(
  options: CompileOptions,
  memory: Memory,
  loss: readonly Tape[],
  training: Assembly,
  whole: boolean,
): Build<Step> {
  const { inputs, targets, output } = options
  const parameters = [...options.parameters]
  const { backend, reason, bytes } = training
  const base = 2 * parameters.length + 1

  let testing: Assembly | undefined
  function* forLoss(): Build<Assembly> {
    return (testing ??= yield* assemble(loss, false, parameters.length, memory, backend))
  }
  let answering: (Assembly & { results: number }) | undefined
  function* forPredict(): Build<Assembly & { results: number }> {
    if (answering) return answering
    if (!output) throw new TypeError("step.predict: expected compile to be given an `output`, found none.")
    const tape = yield* trace({ name: "output", call: output, inputs, targets: 0, many: true }, parameters)
    const assembly = yield* assemble([tape], false, parameters.length, memory, backend)
    return (answering = { ...assembly, results: tape.outputs.length })
  }
  if (whole) yield* forLoss()
  if (whole && output) yield* forPredict()

  /** Runs a program on all rows of a batch, and tells how many: each has its inputs, its targets, then its results. */
  function run(
    where: string,
    program: Run | undefined,
    X: Rows,
    Y: Rows,
    targets: number,
    width: number,
    pick?: Pick,
  ): number {
    refuseInTrace(where)
    const rows = countRows(where, X, Y, targets, pick)
    const numbers = memory.reserve(base + rows * width)
    loadParameters(parameters, numbers)
    loadRows(where, "X", X, inputs, pick, rows, numbers, base, width)
    loadRows(where, "Y", Y, targets, pick, rows, numbers, base + inputs, width)
    program?.(rows, 1 / rows)
    return rows
  }

  /** The loss of a batch; NaN if there is nothing to run. */
  function runLoss(where: string, runs: readonly Run[], X: Rows, Y: Rows, pick?: Pick): number {
    const row = runs[0]
    const penalty = runs[1]
    const rows = run(where, row, X, Y, targets, inputs + targets || 1, pick)
    if (!row) return NaN
    const { numbers } = memory
    const mean = numbers[base - 1]! / rows
    if (!penalty) return mean
    numbers[base - 1] = -0
    penalty(1, 1)
    return mean + numbers[base - 1]!
  }

  function step(X: Rows, Y: Rows, pick?: Pick): number {
    const found = runLoss("step", training.runs, X, Y, pick)
    if (!Number.isNaN(found) && handOver(parameters, memory.numbers)) return found
    const graph = eager(options, X, Y, pick)
    graph.backward()
    return graph.data
  }
  const properties = {
    backend,
    reason,
    bytes,
    loss(X: Rows, Y: Rows, pick?: Pick): number {
      const found = runLoss("step.loss", finish(forLoss()).runs, X, Y, pick)
      return Number.isNaN(found) ? eager(options, X, Y, pick).data : found
    },
    predict(X: Rows): Float64Array {
      const { runs, results } = finish(forPredict())
      const width = inputs + results
      const rows = run("step.predict", runs[0], X, [], 0, width)
      const answers = new Float64Array(rows * results)
      for (let i = 0; i < rows; i++) {
        const answer = memory.numbers.subarray(base + i * width + inputs, base + (i + 1) * width)
        const isFound = runs.length && !answer.includes(NaN)
        answers.set(isFound ? answer : [output!(leavesOf(X, i))].flat().map(({ data }) => data), i * results)
      }
      return answers
    },
    get source(): string {
      if (backend === "eager") return `// ${reason}\n`
      const [row, penalty] = loss.map((tape) => finish(lower(tape, true, true)))
      return source(row!, penalty, inputs)
    },
  }
  return Object.defineProperties(step as Step, Object.getOwnPropertyDescriptors(properties))
}
