import { compile, MLP, mulberry32, setParameters, threeBowls } from "seven-knobs"
import { expect, test } from "vitest"
import { moonsRecord, oddsRecord } from "../../src/content/records.ts"

/** How many of 300 random starts of a 1–`hidden`–1 tanh network solve the three bowls. */
function solved(size: number, hidden: number): number {
  const model = new MLP(1, [hidden, 1])
  const parameters = model.parameters()
  const step = compile({
    parameters,
    inputs: 1,
    targets: 1,
    row: (x, y) => model.forward(x)[0]!.sub(y[0]!).pow(2),
  })
  const targets = threeBowls.targets.map((y) => [y])
  let count = 0
  for (let seed = 1; seed <= 300; seed++) {
    setParameters(parameters, drawn(seed, size, hidden))
    for (let k = 0; k < 1000; k++) {
      model.zeroGrad()
      step(threeBowls.inputs, targets)
      for (const p of parameters) p.data -= 0.1 * p.grad
    }
    if (step.loss(threeBowls.inputs, targets) < 0.01) count++
  }
  return count
}

/** Drawn in the order of the chapters: all w, all b, all v, then c; given in the order of the network's parameters. */
function drawn(seed: number, size: number, hidden: number): number[] {
  const random = mulberry32(seed)
  const draw = () => Array.from({ length: hidden }, () => size * (2 * random() - 1))
  const [w, b, v] = [draw(), draw(), draw()]
  const c = size * (2 * random() - 1)
  return [...w.flatMap((wi, i) => [wi, b[i]!]), ...v, c]
}

test.each(oddsRecord)(
  "$solved of 300 starts of size $size with $hidden hidden units are solved",
  (odds) => {
    expect(solved(odds.size, odds.hidden)).toBe(odds.solved)
  },
  60_000,
)

test("the record of the moons holds 100 points, 337 parameters and 100 steps", () => {
  expect(moonsRecord.inputs).toHaveLength(100)
  expect(moonsRecord.targets).toHaveLength(100)
  expect(moonsRecord.parameters).toHaveLength(337)
  expect(moonsRecord.losses).toHaveLength(100)
  expect(moonsRecord.accuracies).toHaveLength(100)
})
