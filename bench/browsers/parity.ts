import torch from "../../tests/fixtures/torch-graphs.json" with { type: "json" }
import { combinations, yinYangTraining } from "../../tests/engine/compile/networks.ts"
import { randomCase, torchCase, type Case, type TorchProgram } from "../../tests/engine/compile/programs.ts"
import { asGraph, asSource, backends, compiled, type Outcome } from "../../tests/engine/compile/support.ts"

/** How a backend's numbers compare with those of the graph of `Value`s. */
export interface Parity {
  backend: string
  /** How many programs and trainings were compared, and how many of them gave the same bits throughout. */
  compared: number
  same: number
  /** The largest relative error of any number, and what it was found in. */
  worst: number
  where: string
}

/** |a − b| relative to the larger one; 0 for the same number, NaN where only one of them is finite. */
const error = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b)))

/** All that is compiled in the tests, compiled here: PyTorch's programs, 1,000 random ones, and trainings of networks. */
export function parity(): Parity[] {
  const found = new Map<string, Parity>()
  function compare(where: string, backend: string, numbers: readonly number[], expected: readonly number[]): void {
    const parity = found.get(backend) ?? { backend, compared: 0, same: 0, worst: 0, where: "" }
    found.set(backend, parity)
    const worst = Math.max(...expected.map((number, i) => error(numbers[i] ?? NaN, number)))
    parity.compared++
    if (worst === 0) parity.same++
    if (!(worst <= parity.worst)) Object.assign(parity, { worst, where })
  }
  const flat = ({ loss, gradients }: Outcome): number[] => [loss, ...gradients]
  function program(where: string, make: () => Case): void {
    const expected = flat(asGraph(make()))
    for (const backend of backends) compare(where, backend, flat(compiled(make(), backend)), expected)
    compare(where, "source", flat(asSource(make())), expected)
  }
  ;(torch.programs as TorchProgram[]).forEach((steps, i) => program(`PyTorch's program ${i}`, () => torchCase(steps)))
  for (let seed = 0; seed < 1000; seed++) program(`random program ${seed}`, () => randomCase(seed))
  for (const { name, walk } of [...combinations, yinYangTraining]) {
    const expected = walk("graph")
    for (const backend of backends) compare(name, backend, walk(backend), expected)
  }
  return [...found.values()]
}
