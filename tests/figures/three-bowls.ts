import { meanSquaredError, MLP, setParameters, SGD } from "../../src/engine/index.ts"
import { threeBowls, threeBowlsStart, type Value } from "../../src/engine/index.ts"

/** The Three Bowls as a chapter hands them to a figure, made with the real engine. */
const net = new MLP(1, [2, 1])

export function lossOf(knobs: readonly number[]): Value {
  setParameters(net.parameters(), knobs)
  return meanSquaredError(
    threeBowls.inputs.map((x) => net.forward(x)[0]!),
    threeBowls.targets,
  )
}

export const names = ["w1", "b1", "w2", "b2", "v1", "v2", "c"]
net.parameters().forEach((p, i) => (p.label = names[i]!))

export const start = threeBowlsStart
export const points = threeBowls
export const loss = (knobs: readonly number[]): number => lossOf(knobs).data

export function predict(x: number, knobs: readonly number[]): number {
  setParameters(net.parameters(), knobs)
  return net.forward([x])[0]!.data
}

export function slopes(knobs: readonly number[]): number[] {
  const loss = lossOf(knobs)
  net.zeroGrad()
  loss.backward()
  return net.parameters().map((p) => p.grad)
}

export function* train(knobs: readonly number[], steps = 33, learningRate = 0.3): Generator<number[]> {
  setParameters(net.parameters(), knobs)
  let now = [...knobs]
  for (let i = 0; i < steps; i++) {
    slopes(now)
    new SGD(net.parameters(), { learningRate }).step()
    now = net.parameters().map((p) => p.data)
    yield now
  }
}
