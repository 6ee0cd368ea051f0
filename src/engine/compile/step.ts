import { Value } from "../value.ts"
import { Batch, type Pick, type Rows } from "./batch.ts"
import { difference } from "./compare.ts"
import { type Build, finish } from "./drive.ts"
import { eager } from "./eager.ts"
import { lower } from "./lower.ts"
import type { Machine } from "./machine.ts"
import type { Run } from "./memory.ts"
import type { CompileOptions } from "./options.ts"
import { source } from "./source.ts"
import { call, refuseInTrace, trace, type TracedProgram } from "./trace.ts"

/**
 * What a step does once it is compiled: numbers in, programs run, numbers out.
 *
 * Where a NaN comes out, the batch is given to the eager engine instead. It knows which op went wrong, and it stops a
 * gradient of 0 before an infinite slope, which the programs do not look for: their 0 × Infinity is NaN.
 */
export class Compiled {
  readonly options: CompileOptions
  readonly machine: Machine
  /** The programs of the loss, `row` and perhaps `penalty`, and the functions that run them with gradients. */
  readonly parts: readonly TracedProgram[]
  readonly training: readonly Run[]
  #testing: readonly Run[] | undefined
  #answering: { width: number; runs: readonly Run[] } | undefined
  readonly #batch: Batch

  constructor(options: CompileOptions, machine: Machine, parts: readonly TracedProgram[], training: readonly Run[]) {
    this.options = options
    this.machine = machine
    this.parts = parts
    this.training = training
    this.#batch = new Batch(options.parameters, machine.memory)
  }

  step(X: Rows, Y: Rows, pick: Pick | undefined): number {
    const found = this.#run("step", this.training, X, Y, pick)
    if (!Number.isNaN(found) && this.#batch.handOver()) return found
    const loss = this.#eager("step", X, Y, pick)
    loss.backward()
    return loss.data
  }

  loss(X: Rows, Y: Rows, pick: Pick | undefined): number {
    const found = this.#run("step.loss", finish(this.forLoss()), X, Y, pick)
    return Number.isNaN(found) ? this.#eager("step.loss", X, Y, pick).data : found
  }

  predict(X: Rows): Float64Array {
    const { inputs, output } = this.options
    const { width, runs } = finish(this.forPredict())
    this.#batch.load([{ name: "step.predict: X", rows: X, width: inputs }], width)
    const { rows } = this.#batch
    runs[0]?.(rows, 0)
    const answers = new Float64Array(rows * width)
    for (let i = 0; i < rows; i++) {
      let answer = this.#batch.row(i, inputs)
      if (!runs.length || answer.some(Number.isNaN)) {
        const values = output!(this.#batch.row(i, 0, inputs).map((number) => new Value(number)))
        answer = [values].flat().map(({ data }) => data)
      }
      answers.set(answer, i * width)
    }
    return answers
  }

  #run(where: string, runs: readonly Run[], X: Rows, Y: Rows, pick: Pick | undefined): number {
    refuseInTrace(where)
    const { inputs, targets } = this.options
    const x = { name: `${where}: X`, rows: X, width: inputs }
    this.#batch.load([x, { name: `${where}: Y`, rows: Y, width: targets }], 1, pick)
    return runs.length ? this.#batch.run(runs) : NaN
  }

  #eager(where: string, X: Rows, Y: Rows, pick: Pick | undefined): Value {
    this.#run(where, [], X, Y, pick)
    const { rows } = this.#batch
    const { inputs, targets } = this.options
    const part = (from: number, to: number): number[][] =>
      Array.from({ length: rows }, (_, i) => this.#batch.row(i, from, to))
    return eager(this.options, part(0, inputs), part(inputs, inputs + targets))
  }

  check(): void {
    for (const { name, tape, trial, ...traced } of this.parts) {
      const parted = difference(tape, call({ name, ...traced }, this.options.parameters, trial))
      if (!parted) continue
      throw new Error(
        `step.check: \`${name}\` is not the program any more that was compiled: ${parted}. Compile it again.`,
      )
    }
  }

  get source(): string {
    if (this.machine.backend === "eager")
      return `// There is no other program than the graph: ${this.machine.reason}.\n`
    const [row, penalty] = this.parts.map(({ tape, inputs, targets }) =>
      finish(lower(tape, { inputs, targets, gradients: true, regions: true })),
    )
    return source(row!, penalty)
  }

  *forLoss(): Build<readonly Run[]> {
    return (this.#testing ??= yield* this.machine.assemble(this.parts, false))
  }

  *forPredict(): Build<{ width: number; runs: readonly Run[] }> {
    if (this.#answering) return this.#answering
    const { output, parameters, inputs } = this.options
    if (!output) throw new TypeError("step.predict: expected `output` among the options of compile, found undefined.")
    const traced = yield* trace({ name: "output", call: output, inputs, targets: 0 }, parameters)
    const runs = yield* this.machine.assemble([traced], false)
    return (this.#answering = { width: traced.tape.outputs.length, runs })
  }
}
