import type { Program } from "./lower.ts"
import { everywhere, type Region, way } from "./regions.ts"
import type { Statement } from "./statement.ts"
import { slice } from "./tape.ts"
import { Code, first, row, rowsEnd, stride } from "./wasm-code.ts"
import * as op from "./wasm-opcodes.ts"

/**
 * The body of a function `run(row, end, stride, seed)`: a program, in a loop over the rows of the batch, the first one
 * first. The rows begin at the address `row` of the memory, end before `end`, and are `stride` bytes apart; `seed` is the
 * gradient of the loss of a row. The parameters begin at address 0, then come their gradients, then the loss.
 */
export function* run({ statements, locals }: Program, parameters: number): Generator<undefined, Code> {
  const code = new Code()
  code.instruction(1, locals.length) // one group of local variables
  code.byte(op.f64)
  code.instruction(op.loop, op.nothing)
  let region = everywhere
  for (let i = 0; i < statements.length; i++) {
    const line = statements[i]!
    move(code, region, line.region)
    statement(code, line, parameters)
    region = line.region
    if (i % slice === slice - 1) yield
  }
  move(code, region, everywhere)
  code.instruction(op.getLocal, row)
  code.instruction(op.getLocal, stride)
  code.byte(op.addI32)
  code.instruction(op.teeLocal, row)
  code.instruction(op.getLocal, rowsEnd)
  code.bytes(op.lessI32, op.branchIf, 0, op.end, op.end)
  return code
}

/** From one region to another: an `end` for each `if` that is left, an `if` for each one entered. */
function move(code: Code, from: Region, to: Region): void {
  if (from === to) return
  const { leave, enter } = way(from, to)
  for (let i = 0; i < leave; i++) code.byte(op.end)
  for (const test of enter) {
    code.compare(op.greaterF64, test)
    code.bytes(op.if_, op.nothing)
  }
}

function statement(code: Code, { kind, index, value }: Statement, parameters: number): void {
  switch (kind) {
    case "set":
      code.formula(value, index)
      return code.instruction(op.setLocal, first + index)
    case "add":
      code.instruction(op.getLocal, first + index)
      code.formula(value)
      code.byte(op.addF64)
      return code.instruction(op.setLocal, first + index)
    case "output":
      code.instruction(op.getLocal, row)
      code.formula(value)
      return code.instruction(op.storeF64, 8 * index, 2)
    default: {
      // A gradient, or the loss, which stands behind them.
      const place = parameters + (kind === "loss" ? parameters : index)
      code.instruction(op.constI32, 0)
      code.instruction(op.constI32, 0)
      code.instruction(op.loadF64, 8 * place, 2)
      code.formula(value)
      code.byte(op.addF64)
      code.instruction(op.storeF64, 8 * place, 2)
    }
  }
}
