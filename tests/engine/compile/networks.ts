import {
  Adam,
  AdamW,
  compile,
  crossEntropy,
  hinge,
  l2,
  mean,
  meanSquaredError,
  MLP,
  mulberry32,
  SGD,
  Value,
  yinYang,
  type Activation,
  type Backend,
} from "../../../src/engine/index.ts"

// Trainings of small networks, each to be walked as a graph of `Value`s and compiled. No test runner is needed.

const losses = { meanSquaredError, hinge, crossEntropy } as const
const activations: Activation[] = ["tanh", "relu", "sigmoid", "linear"]
const optimisers = {
  SGD: (p: Value[]) => new SGD(p, { learningRate: 0.1 }),
  momentum: (p: Value[]) => new SGD(p, { learningRate: 0.1, momentum: 0.9 }),
  Adam: (p: Value[]) => new Adam(p, { learningRate: 0.1 }),
  AdamW: (p: Value[]) => new AdamW(p, { learningRate: 0.1 }),
} as const

/** A training: the losses of its steps, then all parameters at its end. */
export interface Training {
  name: string
  walk: (how: "graph" | Backend) => number[]
}

interface Plan {
  make: () => MLP
  optimiser: (parameters: Value[]) => { step: () => void; zeroGrad: () => void }
  row: (model: MLP, x: readonly (Value | number)[], y: readonly Value[]) => Value
  penalty: ((model: MLP) => Value) | undefined
  X: number[][]
  Y: number[][]
  /** The rows of each step. */
  picks: number[][]
}

function training(name: string, { make, optimiser, row, penalty, X, Y, picks }: Plan): Training {
  const walk = (how: "graph" | Backend): number[] => {
    const model = make()
    const parameters = model.parameters()
    const { step: turn, zeroGrad } = bound(optimiser(parameters))
    const batch =
      how === "graph"
        ? (_: number[][], __: number[][], pick: number[]) => {
            const rows = mean(pick.map((i) => row(model, X[i]!, leaves(Y[i]!))))
            const loss = penalty ? rows.add(penalty(model)) : rows
            loss.backward()
            return loss.data
          }
        : compile({
            parameters,
            inputs: X[0]!.length,
            targets: Y[0]!.length,
            row: (x, y) => row(model, x, y),
            penalty: penalty && (() => penalty(model)),
            backend: how,
          })
    const losses = picks.map((pick) => {
      zeroGrad()
      const loss = batch(X, Y, pick)
      turn()
      return loss
    })
    return [...losses, ...parameters.map((p) => p.data)]
  }
  return { name, walk }
}

const bound = (o: { step: () => void; zeroGrad: () => void }): { step: () => void; zeroGrad: () => void } => ({
  step: () => o.step(),
  zeroGrad: () => o.zeroGrad(),
})

const leaves = (numbers: readonly number[]): Value[] => numbers.map((number) => new Value(number))

const X = [3, 1, 4, 1, 5, 9, 2].map((digit, i) => [digit / 5 - 1, (i * 0.618) % 1])

/** All losses × activations × optimisers; steps on all rows and on a few of them in turn. */
export const combinations: Training[] = Object.entries(losses).flatMap(([lossName, loss]) =>
  activations.flatMap((activation) =>
    Object.entries(optimisers).map(([rule, optimiser]) =>
      training(`${lossName}, ${activation}, ${rule}`, {
        make: () => new MLP(2, [4, 2], { activation, random: mulberry32(3) }),
        optimiser,
        row: (model, x, y) => loss(model.forward(x), y),
        penalty: (model) => l2(model.parameters()).mul(0.01),
        X,
        Y: X.map((_, i) => (lossName === "crossEntropy" ? [i % 2, 1 - (i % 2)] : i % 3 ? [1, -1] : [-1, 1])),
        picks: Array.from({ length: 6 }, (_, k) => (k % 2 ? [4, 0, 4] : [0, 1, 2, 3, 4, 5, 6])),
      }),
    ),
  ),
)

const { inputs, targets } = yinYang({ count: 60 })

/** The yin-yang with cross-entropy and AdamW, 100 steps on all rows. */
export const yinYangTraining: Training = training("yin-yang", {
  make: () => new MLP(2, [8, 3], { random: mulberry32(3) }),
  optimiser: (p) => new AdamW(p, { learningRate: 0.02 }),
  row: (model, x, y) => crossEntropy(model.forward(x), y),
  penalty: undefined,
  X: inputs,
  Y: targets.map((target) => [0, 1, 2].map((k) => (k === target ? 1 : 0))),
  picks: Array<number[]>(100).fill([...inputs.keys()]),
})
