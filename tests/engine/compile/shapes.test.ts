import { execFileSync } from "node:child_process"
import { expect, test } from "vitest"

const engine = new URL("../../../src/engine/index.ts", import.meta.url)

/** A training with whole numbers and fractions among the data, the constants and the targets. */
const program = `
  const { compile, hinge, MLP, moons, SGD, sum } = await import("${engine.href}")
  const { inputs, targets } = moons({ count: 20 })
  const model = new MLP(2, [8, 1], { activation: "relu" })
  const parameters = model.parameters()
  const penalty = () => sum(parameters.map((p) => p.pow(2))).mul(1e-4)
  const step = compile({ parameters, inputs: 2, targets: 1, row: (x, y) => hinge(model.forward(x), y).mul(2), penalty })
  const optimizer = new SGD(parameters, { learningRate: 0.1 })
  for (let k = 0; k < 3; k++) {
    optimizer.zeroGrad()
    step(inputs, targets)
    optimizer.step()
  }
  console.log(step.backend)
`

// V8 rebuilds objects, one by one as they are read, whose field first held whole numbers and then a fraction. For the 342
// leaves of the moons demo that took a sixth of the first training.
test("no object is rebuilt by V8 while a model is compiled and trained", () => {
  const found = execFileSync(process.execPath, ["--trace-migration", "--input-type=module", "--eval", program])
  expect(String(found)).toBe("wasm\n")
})
