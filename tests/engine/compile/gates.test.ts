import { expect, test } from "vitest"
import { finish } from "../../../src/engine/compile/drive.ts"
import { lower } from "../../../src/engine/compile/lower.ts"
import { Memory } from "../../../src/engine/compile/memory.ts"
import { trace } from "../../../src/engine/compile/trace.ts"
import { link } from "../../../src/engine/compile/wasm-link.ts"
import { print } from "../../../src/engine/compile/wasm-module.ts"
import { Value } from "../../../src/engine/index.ts"

/** The parameter, its gradient, the loss, then each row's input, after two rows of relu(w·x) · 3 with the seed 0.5. */
function run(gates: boolean): number[] {
  const w = new Value(0.7, "w")
  const call = (x: Value[]): Value => w.mul(x[0]!).relu().mul(3)
  const tape = finish(trace({ name: "row", call, inputs: 1, targets: 0 }, [w]))
  const program = finish(lower(tape, true, gates))
  const memory = new Memory()
  memory.reserve(5).set([0.7, 0, 0, 2, -2])
  const module = new WebAssembly.Module(finish(print([program], 1)) as Uint8Array<ArrayBuffer>)
  link(module, [program], 1, memory)[0]!(2, 0.5)
  return Array.from(memory.numbers.slice(0, 5))
}

test("a relu gives the same bits whether its gate is a region that is left out or a choice between two numbers", () => {
  const [, gradient, loss] = run(true)
  expect(gradient).toBe(0.5 * 3 * 2)
  expect(loss).toBe(0.7 * 2 * 3)
  expect(run(false)).toEqual(run(true))
})
