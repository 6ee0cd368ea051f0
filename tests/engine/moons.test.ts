import { describe, expect, test } from "vitest"
import { backwardByExample, hinge, mean, MLP, setParameters, SGD, sum, type Value } from "../../src/engine/index.ts"
import { fixture } from "./support.ts"

interface Moons {
  X: number[][]
  y: number[]
  parameters: number[]
  losses: number[]
  accuracies: number[]
}

const moons = fixture<Moons>("moons")

/** One step's loss and accuracy; the gradients are in the parameters. */
type Pass = (model: MLP, penalty: Value) => { loss: number; scores: number[] }

const wholeBatch: Pass = (model, penalty) => {
  const scores = moons.X.map((x) => model.forward(x)[0]!)
  const loss = hinge(scores, moons.y).add(penalty)
  loss.backward()
  return { loss: loss.data, scores: scores.map((score) => score.data) }
}

const byExample: Pass = (model, penalty) => {
  const scores: number[] = []
  const loss = backwardByExample({ inputs: moons.X, targets: moons.y }, (x, y) => {
    const score = model.forward(x)[0]!
    scores.push(score.data)
    return hinge([score], [y])
  })
  penalty.backward()
  return { loss: loss + penalty.data, scores }
}

function train(pass: Pass): { losses: number[]; accuracies: number[]; model: MLP } {
  const model = new MLP(2, [16, 16, 1], { activation: "relu" })
  const parameters = model.parameters()
  setParameters(parameters, moons.parameters)
  const optimizer = new SGD(parameters)
  const [losses, accuracies]: [number[], number[]] = [[], []]
  for (let k = 0; k < 100; k++) {
    optimizer.zeroGrad()
    const { loss, scores } = pass(model, sum(parameters.map((p) => p.mul(p))).mul(1e-4))
    optimizer.learningRate = 1 - (0.9 * k) / 100
    optimizer.step()
    losses.push(loss)
    accuracies.push(scores.filter((score, i) => score > 0 === moons.y[i]! > 0).length / scores.length)
  }
  return { losses, accuracies, model }
}

describe.each([
  ["as one graph", wholeBatch],
  ["example by example", byExample],
])("micrograd's moons demo, %s", (_, pass) => {
  const { losses, accuracies } = train(pass)

  test("has all 100 recorded losses, to 1e-9 relative", () => {
    expect(losses).toHaveLength(100)
    for (const [k, loss] of losses.entries()) expect(Math.abs(loss / moons.losses[k]! - 1)).toBeLessThanOrEqual(1e-9)
  })

  test("has all 100 recorded accuracies, exactly, and ends with all points right", () => {
    expect(accuracies).toEqual(moons.accuracies)
    expect(accuracies.at(-1)).toBe(1)
  })
})

test("example by example gives the gradients of the mean bit for bit", () => {
  const models = [0, 1].map(() => new MLP(2, [16, 16, 1], { activation: "relu" }))
  const [whole, each] = models.map((model) => model.parameters())
  setParameters(whole!, moons.parameters)
  setParameters(each!, moons.parameters)
  const loss = (model: MLP, x: number[], y: number): Value => hinge(model.forward(x), [y])
  const total = mean(moons.X.map((x, i) => loss(models[0]!, x, moons.y[i]!)))
  total.backward()
  const value = backwardByExample({ inputs: moons.X, targets: moons.y }, (x, y) => loss(models[1]!, x, y))
  expect(value).toBe(total.data)
  expect(each!.map((p) => p.grad)).toEqual(whole!.map((p) => p.grad))
})
