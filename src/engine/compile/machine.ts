import { agrees } from "./agree.ts"
import { columns } from "./columns.ts"
import type { Build } from "./drive.ts"
import { lower, type Program } from "./lower.ts"
import { Memory, type Run } from "./memory.ts"
import type { Tape } from "./tape.ts"
import { link } from "./wasm-link.ts"
import { print } from "./wasm-module.ts"

/** How a step computes: WebAssembly; the same program without generated code; or plainly the graph of `Value`s. */
export type Backend = "wasm" | "columns" | "eager"

/** A traced function: its program, and how many numbers it gets. */
export interface Part {
  readonly tape: Tape
  readonly inputs: number
  readonly targets: number
}

/** Makes programs run, by the fastest means that can do it faithfully here. */
export class Machine {
  readonly parameters: number
  readonly memory: Memory
  readonly wanted: Backend | undefined
  backend: Backend
  /** Why it is not WebAssembly; "" if it is. */
  reason = ""
  /** The size of the last module. */
  bytes = 0

  constructor(parameters: number, parts: readonly Part[], wanted: Backend | undefined) {
    this.parameters = parameters
    this.wanted = wanted
    this.backend = wanted ?? "wasm"
    if (wanted && wanted !== "wasm") this.reason = "it was asked for"
    const foreign = parts.flatMap(({ tape }) => tape.nodes).find(({ op }) => op && !agrees(op))
    if (foreign) this.#fall("eager", `the compiler knows no op ${foreign.op!.name} with these rules`)
    this.memory = new Memory(this.backend === "wasm")
  }

  /** Functions that run the programs; none for the backend "eager". They share the memory, so only one of them may be at work. */
  *assemble(parts: readonly Part[], gradients: boolean): Build<Run[]> {
    if (this.backend === "eager") return []
    if (this.backend === "wasm") {
      try {
        const programs = yield* this.#lower(parts, gradients)
        const bytes = yield* print(programs, this.parameters)
        const runs = link((yield bytes)!, programs, this.memory)
        this.bytes = bytes.length
        return runs
      } catch (error) {
        this.#fall("columns", (error as Error).message)
      }
    }
    const programs = yield* this.#lower(parts, gradients)
    return programs.map((program) => columns(program, this.parameters, this.memory))
  }

  *#lower(parts: readonly Part[], gradients: boolean): Build<Program[]> {
    const programs: Program[] = []
    for (const { tape, inputs, targets } of parts) {
      programs.push(yield* lower(tape, { inputs, targets, gradients, regions: this.backend === "wasm" }))
    }
    return programs
  }

  #fall(backend: Backend, reason: string): void {
    if (this.wanted && this.wanted !== backend) {
      throw new Error(`compile: backend ${JSON.stringify(this.wanted)} is not possible: ${reason}`)
    }
    this.backend = backend
    this.reason = reason
  }
}
