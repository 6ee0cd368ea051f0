import { expect, test } from "vitest"
import { Value } from "../../../src/engine/index.ts"
import { ops, randomCase } from "./programs.ts"
import { asGraph, asSource, backends, compiled } from "./support.ts"

const hundreds = Array.from({ length: 10 }, (_, i) => 100 * i)

test.each(hundreds)("random programs from number %i are the eager ones, bit for bit", (first) => {
  for (let seed = first; seed < first + 100; seed++) {
    const expected = asGraph(randomCase(seed))
    expect(expected.loss, `program ${seed}: a finite loss, so that the bits mean something`).toSatisfy(Number.isFinite)
    for (const backend of backends) {
      expect(compiled(randomCase(seed), backend), `program ${seed}, ${backend}`).toEqual(expected)
    }
    expect(asSource(randomCase(seed)), `program ${seed}, source`).toEqual(expected)
  }
})

test("the random programs use each op", () => {
  const used = new Map<string, number>()
  for (let seed = 0; seed < 1000; seed++) {
    const { program } = randomCase(seed)
    const values = (n: number): Value[] => Array.from({ length: n }, () => new Value(1))
    const seen = new Set<Value>()
    const stack = [program.row(values(program.inputs), values(program.targets))]
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      used.set(node.op, (used.get(node.op) ?? 0) + 1)
      stack.push(...node.inputs)
    }
  }
  for (const name of ops) expect(used.get(name), name).toBeGreaterThan(500)
})
