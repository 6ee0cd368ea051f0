import type { Program, Statement } from "./lower.ts"
import { everywhere, type Region, way } from "./regions.ts"
import { slice } from "./tape.ts"
import { type Bytes } from "./wasm-bytes.ts"
import { bytes, Code, f64, first, i32, op, row } from "./wasm-code.ts"

/** How much a function may hold: https://webassembly.github.io/spec/js-api/#limits */
const mostBytes = 7_654_321
const mostLocals = 50_000

/**
 * The body of a function `run(bytes, seed)`: a program, in a loop over the rows of the batch, the first one first.
 * It works on a memory of float64s that it shares with JavaScript: parameters, gradients, then the rows (inputs, targets
 * and outputs of one, then of the next), which are so many `bytes` long. `seed` is the gradient of the loss of a row.
 */
export function* run(program: Program, parameters: number): Generator<undefined, Bytes> {
  const { statements, locals, inputs, targets, outputs } = program
  refuseAbove(mostLocals, locals.length + 3, "local variables")
  const rows = 16 * parameters
  const code = new Code({
    parameter: 0,
    gradient: 8 * parameters,
    input: rows,
    target: rows + 8 * inputs,
    output: rows + 8 * (inputs + targets),
  })
  code.bytes(2, 1, i32) // two groups of local variables: one i32, and the floats
  code.unsigned(locals.length)
  code.byte(f64)

  code.bytes(op.loop, op.nothing)
  let region: Region | undefined = everywhere
  for (const [i, line] of statements.entries()) {
    move(code, region, line.region)
    statement(code, line)
    region = line.region
    if (i % slice === slice - 1) yield
  }
  move(code, region, everywhere)
  code.local(op.get, row)
  code.byte(op.i32)
  code.signed(8 * (inputs + targets + outputs))
  code.byte(op.i32add)
  code.local(op.tee, row)
  code.local(op.get, bytes)
  code.bytes(op.i32less, op.again, 0, op.end, op.end)
  refuseAbove(mostBytes, code.length, "bytes")
  return code
}

function refuseAbove(most: number, found: number, what: string): void {
  if (found > most) throw new RangeError(`one WebAssembly function may have ${most} ${what}, and this needs ${found}`)
}

/** From one region to another: `end`s for the `if`s that are left, an `if` for each one entered. */
function move(code: Code, from: Region | undefined, to: Region | undefined): void {
  if (from === to) return
  const { leave, enter } = way(from, to)
  for (let i = 0; i < leave; i++) code.byte(op.end)
  for (const { test } of enter) {
    code.compare(">", test)
    code.bytes(op.if, op.nothing)
  }
}

function statement(code: Code, { kind, index, value }: Statement): void {
  switch (kind) {
    case "set":
      code.formula(value, index)
      return code.local(op.set, first + index)
    case "add":
      code.local(op.get, first + index)
      code.formula(value)
      code.byte(op["+"])
      return code.local(op.set, first + index)
    case "gradient":
      code.address("gradient")
      code.address("gradient")
      code.memory(op.load, "gradient", index)
      code.formula(value)
      code.byte(op["+"])
      return code.memory(op.store, "gradient", index)
    case "output":
      code.address("output")
      code.formula(value)
      return code.memory(op.store, "output", index)
  }
}
