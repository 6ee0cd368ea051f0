import type { Program } from "./lower.ts"
import { Bytes } from "./wasm-bytes.ts"
import { f64, i32, imports } from "./wasm-code.ts"
import { run } from "./wasm-run.ts"

/** The types of functions in a module: f(x), f(x, y), and `run(bytes, seed)`, which returns nothing. */
const types = [
  { takes: [f64], gives: [f64] },
  { takes: [f64, f64], gives: [f64] },
  { takes: [i32, f64], gives: [] },
]

/** Kinds of what is imported and exported. */
const [func, memory] = [0, 2]

/**
 * Programs as one WebAssembly module, with a function for each of them, named "0", "1", ... (see `wasm-run.ts`).
 * Layout of a module: https://webassembly.github.io/spec/core/binary/modules.html
 */
export function* print(
  programs: readonly Program[],
  parameters: number,
): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const bodies: Bytes[] = []
  for (const program of programs) bodies.push(yield* run(program, parameters))

  const module = new Bytes()
  module.bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0) // "\0asm", version 1
  section(module, 1, types, (out, { takes, gives }) => out.bytes(0x60, takes.length, ...takes, gives.length, ...gives))
  section(module, 2, ["memory", ...imports], (out, name) => {
    out.name("")
    out.name(name)
    out.bytes(...(name === "memory" ? [memory, 0, 0] : [func, name === "pow" ? 1 : 0]))
  })
  section(module, 3, programs, (out) => out.byte(2))
  section(module, 7, programs, (out, _, i) => {
    out.name(String(i))
    out.byte(func)
    out.unsigned(imports.length + i)
  })
  section(module, 10, bodies, (out, body) => {
    out.unsigned(body.length)
    out.append(body)
  })
  return module.view
}

function section<T>(to: Bytes, id: number, items: readonly T[], write: (out: Bytes, item: T, i: number) => void): void {
  const content = new Bytes()
  content.unsigned(items.length)
  items.forEach((item, i) => write(content, item, i))
  to.byte(id)
  to.unsigned(content.length)
  to.append(content)
}
