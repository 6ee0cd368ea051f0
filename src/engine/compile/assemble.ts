import { agrees } from "./agree.ts"
import { columns } from "./columns.ts"
import type { Build } from "./drive.ts"
import { lower, type Program } from "./lower.ts"
import type { Memory, Run } from "./memory.ts"
import type { Tape } from "./tape.ts"
import { link } from "./wasm-link.ts"
import { print } from "./wasm-module.ts"

/** How programs are run: as WebAssembly; the same without generated code; or not at all, but the graph of `Value`s. */
export type Backend = "wasm" | "columns" | "eager"

export interface Assembly {
  /** What runs the programs; nothing for "eager". All share the memory, so only one of them may be at work. */
  readonly runs: readonly Run[]
  readonly backend: Backend
  /** Why it is not WebAssembly; "" if it is. */
  readonly reason: string
  /** The size of the WebAssembly. */
  readonly bytes: number
}

/** Makes programs run by the fastest means, from `backend` down, that can do it here. */
export function* assemble(
  tapes: readonly Tape[],
  gradients: boolean,
  parameters: number,
  memory: Memory,
  backend: Backend,
): Build<Assembly> {
  let reason = "it was asked for"
  for (const op of new Set(tapes.flatMap(({ ops }) => [...ops]))) {
    if (agrees(op)) continue
    reason = `the compiler knows no op ${op.name} with such rules`
    backend = "eager"
  }
  if (backend === "eager") return { runs: [], backend, reason, bytes: 0 }
  yield

  function* programs(gates: boolean): Build<Program[]> {
    const lowered: Program[] = []
    for (const tape of tapes) lowered.push(yield* lower(tape, gradients, gates))
    return lowered
  }
  if (backend === "wasm") {
    try {
      const lowered = yield* programs(true)
      const bytes = yield* print(lowered, parameters)
      return { runs: link((yield bytes)!, lowered, parameters, memory), backend, reason: "", bytes: bytes.length }
    } catch (error) {
      reason = (error as Error).message
    }
  }
  const runs = (yield* programs(false)).map((program) => columns(program, parameters, memory))
  return { runs, backend: "columns", reason, bytes: 0 }
}
