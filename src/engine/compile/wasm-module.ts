import type { Program } from "./lower.ts"
import { Code, imports } from "./wasm-code.ts"
import { f64, i32 } from "./wasm-opcodes.ts"
import { run } from "./wasm-run.ts"

/** The types of functions in a module, each with its arguments and results: f(x), f(x, y), and `run`. */
const types = [
  [1, f64, 1, f64],
  [2, f64, f64, 1, f64],
  [4, i32, i32, i32, f64, 0],
]

/**
 * Programs as one WebAssembly module, with a function for each of them, named "0", "1", ... (see `wasm-run.ts`).
 * Layout of a module: https://webassembly.github.io/spec/core/binary/modules.html
 */
export function* print(
  programs: readonly Program[],
  parameters: number,
): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const bodies: Code[] = []
  for (const program of programs) bodies.push(yield* run(program, parameters))

  const module = new Code()
  module.bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0) // "\0asm", version 1
  section(module, 1, types, (out, type) => out.bytes(0x60, ...type))
  section(module, 2, ["memory", ...imports], (out, name) => {
    out.name("")
    out.name(name)
    if (name === "memory")
      out.bytes(2, 0, 1) // a memory, of 1 page or more
    else out.bytes(0, name === "pow" ? 1 : 0) // a function, and its type
  })
  section(module, 3, programs, (out) => out.byte(2)) // the type of each function
  section(module, 7, programs, (out, _, i) => {
    out.name(String(i))
    out.bytes(0, imports.length + i) // a function, and which
  })
  section(module, 10, bodies, (out, body) => {
    out.unsigned(body.length)
    out.append(body)
  })
  return module.written
}

function section<T>(to: Code, id: number, items: readonly T[], write: (out: Code, item: T, i: number) => void): void {
  const content = new Code()
  content.unsigned(items.length)
  items.forEach((item, i) => write(content, item, i))
  to.byte(id)
  to.unsigned(content.length)
  to.append(content)
}
