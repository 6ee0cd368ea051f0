import type { Program } from "./lower.ts"
import { everywhere, type Region, way } from "./regions.ts"
import type { Statement } from "./statement.ts"
import { slice } from "./tape.ts"
import { Code, first, row, rowsEnd, stride } from "./wasm-code.ts"
import * as op from "./wasm-opcodes.ts"

/**
 * The body of a function `run(row, end, stride, seed)`: a program, in a loop over the rows of the batch, the first one
 * first. The rows begin at the address `row` of the memory, end before `end`, and are `stride` bytes apart; `seed` is the
 * gradient of the loss of a row. The parameters begin at address 0, their gradients come after them.
 */
export function* run({ statements, locals }: Program, parameters: number): Generator<undefined, Code> {
  const code = new Code()
  code.local(1, locals.length) // one group of local variables
  code.byte(op.f64)
  code.local(op.loop, op.nothing)
  let region: Region | undefined = everywhere
  for (let i = 0; i < statements.length; i++) {
    const line = statements[i]!
    move(code, region, line.region)
    statement(code, line, parameters)
    region = line.region
    if (i % slice === slice - 1) yield
  }
  move(code, region, everywhere)
  code.local(op.getLocal, row)
  code.local(op.getLocal, stride)
  code.byte(op.addI32)
  code.local(op.teeLocal, row)
  code.local(op.getLocal, rowsEnd)
  code.bytes(op.lessI32, op.branchIf, 0, op.end, op.end)
  return code
}

/** From one region to another: an `end` for each `if` that is left, an `if` for each one entered. */
function move(code: Code, from: Region | undefined, to: Region | undefined): void {
  if (from === to) return
  const { leave, enter } = way(from, to)
  for (let i = 0; i < leave; i++) code.byte(op.end)
  for (const { test } of enter) {
    code.compare(op.greaterF64, test)
    code.bytes(op.if_, op.nothing)
  }
}

function statement(code: Code, { kind, index, value }: Statement, parameters: number): void {
  if (kind === "set" || kind === "add") {
    if (kind === "add") code.local(op.getLocal, first + index)
    code.formula(value, kind === "set" ? index : -1)
    if (kind === "add") code.byte(op.addF64)
    return code.local(op.setLocal, first + index)
  }
  const isOutput = kind === "output"
  const place = isOutput ? index : parameters + index
  code.address(isOutput)
  if (!isOutput) {
    code.address(false)
    code.memory(op.loadF64, place)
  }
  code.formula(value)
  if (!isOutput) code.byte(op.addF64)
  code.memory(op.storeF64, place)
}
