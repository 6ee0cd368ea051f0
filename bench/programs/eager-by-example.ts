import { backwardByExample, MLP, setParameters, SGD, sum } from "../../src/engine/index.ts"
import { alpha, learningRate, moons, steps } from "../moons.ts"

const data = { inputs: moons.X, targets: moons.y }

/** Our engine with `backward()` example by example: the gradients add up in the parameters. */
export function train(): number[] {
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  setParameters(parameters, moons.parameters)
  const optimizer = new SGD(parameters)
  return Array.from({ length: steps }, (_, k) => {
    optimizer.zeroGrad()
    const loss = backwardByExample(data, (x, y) => model.forward(x)[0]!.mul(-y).add(1).relu())
    const penalty = sum(parameters.map((p) => p.pow(2))).mul(alpha)
    penalty.backward()
    optimizer.learningRate = learningRate(k)
    optimizer.step()
    return loss + penalty.data
  })
}
