import { MLP, setParameters, SGD, sum } from "../../src/engine/index.ts"
import { alpha, learningRate, moons, steps } from "../moons.ts"

export function train(): number[] {
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  setParameters(parameters, moons.parameters)
  const optimizer = new SGD(parameters)
  return Array.from({ length: steps }, (_, k) => {
    optimizer.zeroGrad()
    const n = moons.X.length
    let total = 0
    moons.X.forEach((x, i) => {
      const loss = model.forward(x)[0]!.mul(-moons.y[i]!).add(1).relu().div(n)
      loss.backward()
      total += loss.data
    })
    const penalty = sum(parameters.map((p) => p.mul(p))).mul(alpha)
    penalty.backward()
    optimizer.learningRate = learningRate(k)
    optimizer.step()
    return total + penalty.data
  })
}
