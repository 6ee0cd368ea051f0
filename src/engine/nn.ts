import { expectArray, expectCount, expectNumbers, expectOneOf } from "./expect.ts"
import { defaultRandom, type Random } from "./random.ts"
import { Value } from "./value.ts"

const activations = ["tanh", "relu", "sigmoid", "linear"] as const

/** The bend at the end of a neuron; "linear" is none. */
export type Activation = (typeof activations)[number]

/** Draws one weight of a neuron that has `nin` inputs. */
export type Init = (nin: number, random: Random) => number

export interface NeuronOptions {
  /** Default "tanh". */
  activation?: Activation
  /** Where the first weights come from; default `mulberry32(1337)`, afresh for each neuron, layer or network you make. */
  random?: Random
  /** How to draw a weight; default uniform between ±1/√nin. A bias starts at 0. */
  init?: Init
}

export interface MLPOptions extends NeuronOptions {
  /** Activation of the last layer; default "linear", so that an answer can have any size. */
  output?: Activation
}

/** More inputs, smaller weights: the sum stays about as large, and the activation does not start where it is flat. */
const uniform: Init = (nin, random) => (2 * random() - 1) / Math.sqrt(nin)

/** What has knobs to turn. */
abstract class Module {
  readonly nin: number

  constructor(name: string, nin: number) {
    this.nin = expectCount(`${name}: inputs`, nin)
  }

  /** Its knobs, in the order layer, neuron, weights, bias: always the same `Value`s. */
  abstract parameters(): Value[]

  /** Sets the gradients of all parameters to 0, as each step of training must before `backward()`. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.grad = 0
  }

  protected check(x: readonly (Value | number)[]): void {
    if (!Array.isArray(x) || x.length !== this.nin) expectArray(`${this}: inputs`, x, this.nin)
  }
}

// #region neuron
/** activation(b + w₁x₁ + … + wₙxₙ): one weight for each input, and one bias. */
export class Neuron extends Module {
  readonly weights: Value[]
  readonly bias: Value
  readonly activation: Activation

  constructor(nin: number, { activation = "tanh", random = defaultRandom(), init = uniform }: NeuronOptions = {}) {
    super("Neuron", nin)
    this.activation = expectOneOf("activation", activations, activation)
    this.weights = Array.from({ length: nin }, (_, i) => new Value(init(nin, random), `w${i + 1}`))
    this.bias = new Value(0, "b")
  }

  forward(x: readonly (Value | number)[]): Value {
    this.check(x)
    const z = this.weights.reduce((sum, w, i) => sum.add(w.mul(x[i]!)), this.bias)
    return this.activation === "linear" ? z : z[this.activation]()
  }

  parameters(): Value[] {
    return [...this.weights, this.bias]
  }

  override toString(): string {
    return `Neuron(${this.nin} → 1 ${this.activation}, ${this.nin + 1} parameters)`
  }
}
// #endregion

// #region layer
/** Neurons side by side, all reading the same inputs. Its labels: "2.w1" is the first weight of the second neuron. */
export class Layer extends Module {
  readonly neurons: Neuron[]

  constructor(nin: number, nout: number, { random = defaultRandom(), ...options }: NeuronOptions = {}) {
    super("Layer", nin)
    this.neurons = Array.from(
      { length: expectCount("Layer: neurons", nout) },
      () => new Neuron(nin, { random, ...options }),
    )
    this.neurons.forEach((neuron, i) => neuron.parameters().forEach((p) => (p.label = `${i + 1}.${p.label}`)))
  }

  forward(x: readonly (Value | number)[]): Value[] {
    this.check(x)
    return this.neurons.map((neuron) => neuron.forward(x))
  }

  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters())
  }

  override toString(): string {
    const { length, 0: first } = this.neurons
    return `Layer(${this.nin} → ${length} ${first!.activation}, ${this.parameters().length} parameters)`
  }
}
// #endregion

// #region mlp
/** A multi-layer perceptron: layers in a row, each reading what the one before it gives. Labels: "1.2.w1", "1.2.b". */
export class MLP extends Module {
  readonly layers: Layer[]

  /** `sizes`: the number of neurons of each layer, the last one being the number of outputs. */
  constructor(nin: number, sizes: readonly number[], options: MLPOptions = {}) {
    super("MLP", nin)
    expectArray("MLP: sizes", sizes)
    const { output = "linear", random = defaultRandom(), ...hidden } = options
    this.layers = sizes.map((nout, l) => {
      const last = l === sizes.length - 1
      return new Layer(sizes[l - 1] ?? nin, nout, { ...hidden, ...(last && { activation: output }), random })
    })
    this.layers.forEach((layer, l) => layer.parameters().forEach((p) => (p.label = `${l + 1}.${p.label}`)))
  }

  forward(x: readonly (Value | number)[]): Value[] {
    this.check(x)
    // One leaf per input, shared by all neurons of the first layer, instead of one for each of their weights.
    const inputs = x.map((xi, i) => (typeof xi === "number" ? new Value(xi, `x${i + 1}`) : xi))
    return this.layers.reduce((values, layer) => layer.forward(values), inputs)
  }

  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters())
  }

  override toString(): string {
    const layers = this.layers.map(({ neurons }) => `${neurons.length} ${neurons[0]!.activation}`)
    return `MLP(${[this.nin, ...layers].join(" → ")}, ${this.parameters().length} parameters)`
  }
}
// #endregion

/** Turns the knobs to given positions: `numbers[i]` becomes the data of `parameters[i]`. */
export function setParameters(parameters: readonly Value[], numbers: readonly number[]): void {
  expectNumbers("setParameters: numbers", parameters.length, numbers)
  for (let i = 0; i < parameters.length; i++) parameters[i]!.data = numbers[i]!
}
