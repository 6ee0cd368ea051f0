import { mulberry32, type Random } from "./random.ts"
import { Value } from "./value.ts"

/** The bend at the end of a neuron; "linear" is none. */
export type Activation = "tanh" | "relu" | "sigmoid" | "linear"

/** Draws one weight for a neuron of `nin` inputs. */
export type Init = (nin: number, random: Random) => number

export interface NeuronOptions {
  /** Default "tanh". */
  activation?: Activation
  /** Source of the initial weights; default `mulberry32(1337)`, afresh for each neuron, layer or network made by itself. */
  random?: Random
  /** Draws the weights; default uniform on ±1/√nin. Biases start at 0. */
  init?: Init
}

export interface MLPOptions extends NeuronOptions {
  /** Activation of the last layer; default "linear". */
  output?: Activation
}

/** Uniform on ±1/√nin: with more inputs each weight starts smaller, so that sums stay about as large. */
const uniform: Init = (nin, random) => (2 * random() - 1) / Math.sqrt(nin)

/** Something with parameters (knobs) that an optimiser may turn. */
abstract class Module {
  /** All parameters, in the order layer, neuron, weights, bias. */
  abstract parameters(): Value[]
  /** Sets the gradients of all parameters to 0: do it before each `backward()` of training. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.grad = 0
  }
}

// #region neuron
/** activation(w₁x₁ + … + wₙxₙ + b): one weight per input, one bias. */
export class Neuron extends Module {
  readonly weights: Value[]
  readonly bias: Value
  readonly activation: Activation

  constructor(nin: number, { activation = "tanh", random = mulberry32(1337), init = uniform }: NeuronOptions = {}) {
    super()
    this.weights = Array.from({ length: nin }, (_, i) => new Value(init(nin, random), `w${i + 1}`))
    this.bias = new Value(0, "b")
    this.activation = activation
  }

  forward(x: readonly (Value | number)[]): Value {
    const sum = this.weights.map((w, i) => w.mul(x[i]!)).reduce((sum, term) => sum.add(term))
    const z = sum.add(this.bias)
    return this.activation === "linear" ? z : z[this.activation]()
  }

  parameters(): Value[] {
    return [...this.weights, this.bias]
  }
}
// #endregion

// #region layer
/** `nout` neurons that read the same inputs. */
export class Layer extends Module {
  readonly neurons: Neuron[]

  constructor(nin: number, nout: number, { random = mulberry32(1337), ...options }: NeuronOptions = {}) {
    super()
    this.neurons = Array.from({ length: nout }, () => new Neuron(nin, { random, ...options }))
  }

  forward(x: readonly (Value | number)[]): Value[] {
    return this.neurons.map((neuron) => neuron.forward(x))
  }

  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters())
  }
}
// #endregion

// #region mlp
/** A multi-layer perceptron: layers in a row, each reading what the one before it gives. */
export class MLP extends Module {
  readonly layers: Layer[]

  constructor(nin: number, sizes: number[], options: MLPOptions = {}) {
    super()
    const { activation = "tanh", output = "linear", random = mulberry32(1337), ...rest } = options
    this.layers = sizes.map((nout, l) => {
      const last = l === sizes.length - 1
      return new Layer(sizes[l - 1] ?? nin, nout, { activation: last ? output : activation, random, ...rest })
    })
  }

  forward(x: readonly (Value | number)[]): Value[] {
    let values = this.layers[0]!.forward(x)
    for (const layer of this.layers.slice(1)) values = layer.forward(values)
    return values
  }

  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters())
  }
}
// #endregion

/** Sets the data of each parameter, in order; as many numbers as parameters. */
export function setParameters(parameters: readonly Value[], numbers: readonly number[]): void {
  if (parameters.length !== numbers.length) {
    throw new RangeError(`setParameters: expected ${parameters.length} numbers, found ${numbers.length}.`)
  }
  parameters.forEach((p, i) => (p.data = numbers[i]!))
}
