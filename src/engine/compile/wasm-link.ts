import type { Program } from "./lower.ts"
import type { Memory, Run } from "./memory.ts"
import { imports } from "./wasm-code.ts"

/** The functions of a compiled module, one for each program, working on `memory`. */
export function link(
  module: WebAssembly.Module,
  programs: readonly Program[],
  parameters: number,
  memory: Memory,
): Run[] {
  const math = Object.fromEntries(imports.map((name) => [name, Math[name]]))
  const { exports } = new WebAssembly.Instance(module, { "": { memory: memory.wasm!, ...math } })
  const start = 8 * (2 * parameters + 1)
  return programs.map(({ width }, i) => {
    const run = exports[i] as (row: number, end: number, stride: number, seed: number) => void
    return (rows, seed) => run(start, start + 8 * width * rows, 8 * width, seed)
  })
}
