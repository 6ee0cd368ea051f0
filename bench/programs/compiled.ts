import { compile, hinge, MLP, setParameters, SGD, sum, type Backend } from "../../src/engine/index.ts"
import { alpha, learningRate, moons, steps } from "../moons.ts"

/**
 * Our engine, compiled. The first training traces and compiles; later ones set the parameters back and use the same step,
 * as a page does that trains anew while a slider is dragged.
 */
export function trainer(backend: Backend): () => number[] {
  let again: (() => number[]) | undefined
  return () => (again ??= make(backend))()
}

export const train = trainer("wasm")

function make(backend: Backend): () => number[] {
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  const step = compile({
    parameters,
    inputs: 2,
    targets: 1,
    row: (x, y) => hinge(model.forward(x), y),
    penalty: () => sum(parameters.map((p) => p.pow(2))).mul(alpha),
    backend,
  })
  return () => {
    setParameters(parameters, moons.parameters)
    const optimizer = new SGD(parameters)
    return Array.from({ length: steps }, (_, k) => {
      optimizer.zeroGrad()
      const loss = step(moons.X, moons.y)
      optimizer.learningRate = learningRate(k)
      optimizer.step()
      return loss
    })
  }
}
