import { expectParameters, expectShare, expectSize } from "./expect.ts"
import type { Value } from "./value.ts"

/**
 * Turns parameters against their gradients, one step at a time. Make a new one for each training run: most rules remember
 * earlier steps. The defaults and the results are PyTorch's.
 */
abstract class Optimizer {
  readonly parameters: readonly Value[]
  /** How far a step goes; may be changed between steps. */
  learningRate: number
  /** The steps taken so far. */
  steps = 0

  constructor(parameters: readonly Value[], learningRate: number) {
    expectParameters("optimiser: parameters", parameters)
    this.parameters = parameters
    this.learningRate = learningRate
    this.checkRate()
  }

  /** How to move parameter `i`: it then moves by −learningRate times this. */
  protected abstract direction(p: Value, i: number): number

  /** Moves every parameter once, by the gradient that it holds. */
  step(): void {
    this.checkRate()
    this.steps++
    const { parameters, learningRate } = this
    for (let i = 0; i < parameters.length; i++) {
      const p = parameters[i]!
      p.data -= learningRate * this.direction(p, i)
    }
  }

  /** Sets the gradients of all parameters to 0, as each step of training must before `backward()`. */
  zeroGrad(): void {
    const { parameters } = this
    for (let i = 0; i < parameters.length; i++) parameters[i]!.grad = 0
  }

  private checkRate(): void {
    expectSize("learningRate", this.learningRate)
  }
}

export interface SGDOptions {
  /** Default 0.001. */
  learningRate?: number
  /** Share of the last move that is kept, from 0 (the default: plain gradient descent) to below 1. */
  momentum?: number
}

// #region sgd
/** Gradient descent with momentum: v ← momentum · v + g, p ← p − learningRate · v. (Polyak, 1964, as in PyTorch's SGD.) */
export class SGD extends Optimizer {
  readonly momentum: number
  readonly #v: Float64Array

  constructor(parameters: readonly Value[], { learningRate = 0.001, momentum = 0 }: SGDOptions = {}) {
    super(parameters, learningRate)
    this.momentum = expectShare("momentum", momentum)
    this.#v = new Float64Array(parameters.length)
  }

  protected direction(p: Value, i: number): number {
    if (this.momentum === 0) return p.grad
    return (this.#v[i] = this.momentum * this.#v[i]! + p.grad)
  }
}
// #endregion

export interface AdamOptions {
  /** About the size of each parameter's move; default 0.001. */
  learningRate?: number
  /** How slowly the averages of g and of g² forget; default [0.9, 0.999]. */
  betas?: readonly [number, number]
  /** Keeps the division finite; default 1e-8. */
  eps?: number
  /** Pull of every parameter towards 0; default 0 for Adam, 0.01 for AdamW. */
  weightDecay?: number
}

// #region adam
/**
 * Moves of about the same size for every parameter, however steep: m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)g²,
 * p ← p − learningRate · m̂ / (√ŝ + eps), where m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ) at step t.
 * Weight decay is added to g. (Kingma & Ba, 2015, arXiv:1412.6980.)
 */
export class Adam extends Optimizer {
  readonly betas: readonly [number, number]
  readonly eps: number
  readonly weightDecay: number
  readonly #m: Float64Array
  readonly #s: Float64Array

  constructor(parameters: readonly Value[], options: AdamOptions = {}) {
    const { learningRate = 0.001, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options
    super(parameters, learningRate)
    this.betas = [expectShare("betas[0]", betas[0]), expectShare("betas[1]", betas[1])]
    this.eps = expectSize("eps", eps)
    this.weightDecay = expectSize("weightDecay", weightDecay)
    this.#m = new Float64Array(parameters.length)
    this.#s = new Float64Array(parameters.length)
  }

  protected direction(p: Value, i: number): number {
    return this.adapt(p.grad + this.weightDecay * p.data, i)
  }

  protected adapt(g: number, i: number): number {
    const [beta1, beta2] = this.betas
    const m = (this.#m[i] = beta1 * this.#m[i]! + (1 - beta1) * g)
    const s = (this.#s[i] = beta2 * this.#s[i]! + (1 - beta2) * g ** 2)
    return m / (1 - beta1 ** this.steps) / (Math.sqrt(s / (1 - beta2 ** this.steps)) + this.eps)
  }
}
// #endregion

// #region adamW
/** Adam whose weight decay pulls at the parameter itself, not through g. (Loshchilov & Hutter, 2019, arXiv:1711.05101.) */
export class AdamW extends Adam {
  constructor(parameters: readonly Value[], { weightDecay = 0.01, ...options }: AdamOptions = {}) {
    super(parameters, { weightDecay, ...options })
  }

  protected override direction(p: Value, i: number): number {
    return this.adapt(p.grad, i) + this.weightDecay * p.data
  }
}
// #endregion
