import type { Program } from "./lower.ts"
import type { Memory, Run } from "./memory.ts"
import { imports } from "./wasm-code.ts"

/** The functions of a compiled module, one for each program, working on `memory`. */
export function link(module: WebAssembly.Module, programs: readonly Program[], memory: Memory): Run[] {
  const math = Object.fromEntries(imports.map((name) => [name, Math[name]]))
  const { exports } = new WebAssembly.Instance(module, { "": { memory: memory.wasm!, ...math } })
  return programs.map(({ inputs, targets, outputs }, i) => {
    const run = exports[i] as (bytes: number, seed: number) => void
    const row = 8 * (inputs + targets + outputs)
    return (rows, seed) => run(rows * row, seed)
  })
}
