import { hinge, MLP, setParameters, SGD, sum } from "../../src/engine/index.ts"
import { alpha, learningRate, moons, steps } from "../moons.ts"

/** Our engine on the same program: the loss of the whole batch is one graph. */
export function train(): number[] {
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  setParameters(parameters, moons.parameters)
  const optimizer = new SGD(parameters)
  return Array.from({ length: steps }, (_, k) => {
    const scores = moons.X.map((x) => model.forward(x)[0]!)
    const loss = hinge(scores, moons.y).add(sum(parameters.map((p) => p.pow(2))).mul(alpha))
    optimizer.zeroGrad()
    loss.backward()
    optimizer.learningRate = learningRate(k)
    optimizer.step()
    return loss.data
  })
}
