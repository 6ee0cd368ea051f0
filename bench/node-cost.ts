/** Prints how many bytes of memory one node of a graph costs. Needs `node --expose-gc`. */
import { Value } from "../src/engine/index.ts"

const count = 1_000_000
// Not a whole number: V8 stores small whole numbers in 16 bytes less, but training hardly ever meets one.
const leaf = new Value(1.000001)

/** A chain of `length` ops, forward and backward, so that data and gradients are what training leaves behind. */
function chain(op: "add" | "mul", length: number): Value {
  let end = leaf
  for (let i = 0; i < length; i++) end = end[op](leaf)
  end.mul(0.1).backward()
  return end
}

function bytes(op: "add" | "mul"): number {
  chain(op, 1000)
  gc!()
  const before = process.memoryUsage().heapUsed
  const end = chain(op, count)
  gc!()
  const used = process.memoryUsage().heapUsed - before
  return end.op === op ? used / count : NaN
}

console.log(JSON.stringify({ add: bytes("add"), mul: bytes("mul") }))
