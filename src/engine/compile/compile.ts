import { expected } from "../expect.ts"
import { Value } from "../value.ts"
import type { Pick, Rows } from "./batch.ts"
import { type Build, finish, finishInSlices } from "./drive.ts"
import { Machine } from "./machine.ts"
import type { CompileOptions, Step } from "./options.ts"
import { Compiled } from "./step.ts"
import { refuseInTrace, trace, type TracedProgram } from "./trace.ts"

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
  return callable(finish(build(options)))
}

/** The same in slices of about 10 ms, so that a page stays responsive while it compiles a large network. */
export async function compileAsync(options: CompileOptions): Promise<Step> {
  return callable(await finishInSlices(buildAll(options)))
}

function* build(options: CompileOptions): Build<Compiled> {
  refuseInTrace("compile")
  const { parameters, inputs, targets, row, penalty, backend } = options
  check(options)
  const parts: TracedProgram[] = [yield* trace({ name: "row", call: row, inputs, targets }, parameters)]
  if (penalty) parts.push(yield* trace({ name: "penalty", call: penalty, inputs: 0, targets: 0 }, parameters))
  if (!parts.some(({ tape }) => tape.nodes.some(({ source }) => source === "parameter"))) {
    throw new TypeError(
      `compile: expected \`row\` or \`penalty\` to read a parameter, found that they read none of the ${parameters.length}. ` +
        "Do they belong to another model?",
    )
  }
  const machine = new Machine(parameters.length, parts, backend)
  return new Compiled(options, machine, parts, yield* machine.assemble(parts, true))
}

/** Also what is otherwise built when it is first used. */
function* buildAll(options: CompileOptions): Build<Compiled> {
  const compiled = yield* build(options)
  yield* compiled.forLoss()
  if (options.output) yield* compiled.forPredict()
  return compiled
}

function check({ parameters, inputs, targets }: CompileOptions): void {
  const seen = new Set<Value>()
  for (const [i, p] of parameters.entries()) {
    if (!(p instanceof Value)) expected(`compile: parameters[${i}]`, "a Value", p)
    if (seen.has(p)) expected(`compile: parameters[${i}]`, "each parameter once", `${p.label || p.data} again`)
    seen.add(p)
  }
  for (const [name, width] of Object.entries({ inputs, targets })) {
    if (!Number.isInteger(width) || width < 0) expected(`compile: ${name}`, "a whole number, at least 0", width)
  }
}

/** The function with its properties, as the caller sees it. */
function callable(compiled: Compiled): Step {
  const { backend, reason, bytes } = compiled.machine
  const step = Object.assign((X: Rows, Y: Rows, pick?: Pick) => compiled.step(X, Y, pick), {
    loss: (X: Rows, Y: Rows, pick?: Pick) => compiled.loss(X, Y, pick),
    predict: (X: Rows) => compiled.predict(X),
    check: () => compiled.check(),
    source: "",
    backend,
    reason,
    bytes,
  })
  return Object.defineProperty(step, "source", { get: () => compiled.source })
}
