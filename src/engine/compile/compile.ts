import { expectIndex, expectParameters } from "../expect.ts"
import { assemble } from "./assemble.ts"
import { type Build, finish, finishInSlices } from "./drive.ts"
import { Memory } from "./memory.ts"
import type { CompileOptions, Step } from "./options.ts"
import { makeStep } from "./step.ts"
import { refuseInTrace, trace } from "./trace.ts"

/**
 * Turns the loss of one example into a function that trains on many, about a hundred times faster than the graph of
 * `Value`s and with the same results, bit for bit:
 *
 *     const step = compile({
 *       parameters: model.parameters(), inputs: 2, targets: 1,
 *       row: (x, y) => hinge(model.forward(x), y),
 *     })
 *     const loss = step(inputs, targets) // instead of: const loss = ...; loss.backward()
 *
 * `row` is traced (`trace.ts`) to a tape (`tape.ts`); the tape is lowered to statements, forward (`lower.ts`) and backward
 * (`differentiate.ts`); these are printed as WebAssembly (`wasm-module.ts`) and linked (`wasm-link.ts`), or run column by
 * column (`columns.ts`) where no code may be generated. `step.backend` tells which.
 */
export function compile(options: CompileOptions): Step {
  return finish(build(options, false))
}

/** The same in slices of about 10 ms, so that a page stays responsive while it compiles a large network. */
export async function compileAsync(options: CompileOptions): Promise<Step> {
  return finishInSlices(build(options, true))
}

/** So many numbers, and more, are refused as the width of a row. */
const widest = 65_536

function* build(options: CompileOptions, whole: boolean): Build<Step> {
  refuseInTrace("compile")
  const { parameters, inputs, targets, row, penalty, backend } = options
  expectParameters("compile: parameters", parameters)
  for (const [name, width] of Object.entries({ inputs, targets })) expectIndex(`compile: ${name}`, width, widest)
  const traced = { name: "row", call: row, inputs, targets }
  const tapes = [yield* trace(traced, parameters)]
  if (penalty) {
    const traced = { name: "penalty", call: penalty, inputs: 0, targets: 0 }
    tapes.push(yield* trace(traced, parameters))
  }
  const memory = new Memory()
  const training = yield* assemble(tapes, true, parameters.length, memory, backend ?? "wasm")
  if (backend && backend !== training.backend) {
    throw new Error(`compile: the backend ${backend} is not possible here: ${training.reason}.`)
  }
  return yield* makeStep(options, memory, tapes, training, whole)
}
