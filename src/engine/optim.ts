import type { Value } from "./value.ts"

/** Turns parameters against their gradients. Make one per training run: some rules remember earlier steps. */
abstract class Optimizer {
  readonly parameters: readonly Value[]
  /** How far a step goes; may be changed between steps. */
  learningRate: number

  constructor(parameters: readonly Value[], learningRate: number) {
    this.parameters = parameters
    this.learningRate = learningRate
  }

  /** Moves every parameter once, by the gradient it holds. */
  abstract step(): void

  /** Sets the gradients of all parameters to 0. */
  zeroGrad(): void {
    for (const p of this.parameters) p.grad = 0
  }
}

// #region sgd
/** Gradient descent: v ← momentum · v + g, p ← p − learningRate · v. */
export class SGD extends Optimizer {
  readonly momentum: number
  #velocity: number[]

  constructor(parameters: readonly Value[], { learningRate = 0.001, momentum = 0 } = {}) {
    super(parameters, learningRate)
    this.momentum = momentum
    this.#velocity = parameters.map(() => 0)
  }

  step(): void {
    this.parameters.forEach((p, i) => {
      const v = (this.#velocity[i] = this.momentum * this.#velocity[i]! + p.grad)
      p.data -= this.learningRate * v
    })
  }
}
// #endregion
