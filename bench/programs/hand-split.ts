import { alpha, learningRate, moons, steps } from "../moons.ts"

/**
 * The same loops in small functions. V8 compiles a function once it is warm; the one big function of `hand.ts` is called only
 * once, so that it starts slowly. Whoever claims to beat hand-written code must beat both.
 */
const sizes = [2, 16, 16, 1] as const

interface Layer {
  nin: number
  nout: number
  /** Where its parameters start: for each neuron its weights, then its bias. */
  at: number
  output: Float64Array
  /** ∂loss/∂z of each neuron, z being its sum before the activation. */
  delta: Float64Array
}

function forward({ nin, nout, at, output }: Layer, p: Float64Array, input: Float64Array, relu: boolean): void {
  for (let j = 0; j < nout; j++) {
    const start = at + j * (nin + 1)
    let z = p[start + nin]!
    for (let c = 0; c < nin; c++) z += p[start + c]! * input[c]!
    output[j] = relu && z < 0 ? 0 : z
  }
}

function backward(
  { nin, nout, at, delta }: Layer,
  p: Float64Array,
  g: Float64Array,
  input: Float64Array,
  below: Float64Array,
): void {
  below.fill(0)
  for (let j = 0; j < nout; j++) {
    const d = delta[j]!
    if (d === 0) continue
    const start = at + j * (nin + 1)
    for (let c = 0; c < nin; c++) {
      g[start + c]! += d * input[c]!
      below[c]! += d * p[start + c]!
    }
    g[start + nin]! += d
  }
  for (let c = 0; c < nin; c++) if (input[c]! <= 0) below[c] = 0
}

function step(p: Float64Array, g: Float64Array, rate: number): number {
  let squares = 0
  for (let c = 0; c < p.length; c++) {
    squares += p[c]! ** 2
    p[c]! -= rate * (g[c]! + 2 * alpha * p[c]!)
  }
  return squares
}

export function train(): number[] {
  const n = moons.X.length
  const rows = moons.X.map((x) => Float64Array.from(x))
  const p = Float64Array.from(moons.parameters)
  const g = new Float64Array(p.length)
  let at = 0
  const layers = sizes.slice(1).map((nout, l): Layer => {
    const layer = { nin: sizes[l]!, nout, at, output: new Float64Array(nout), delta: new Float64Array(nout) }
    at += nout * (layer.nin + 1)
    return layer
  })
  const [one, two, three] = layers as [Layer, Layer, Layer]
  const unused = new Float64Array(2)
  const losses: number[] = []
  for (let k = 0; k < steps; k++) {
    g.fill(0)
    let loss = 0
    for (const [i, x] of rows.entries()) {
      forward(one, p, x, true)
      forward(two, p, one.output, true)
      forward(three, p, two.output, false)
      const margin = 1 - moons.y[i]! * three.output[0]!
      if (margin <= 0) continue
      loss += margin
      three.delta[0] = -moons.y[i]! / n
      backward(three, p, g, two.output, two.delta)
      backward(two, p, g, one.output, one.delta)
      backward(one, p, g, x, unused)
    }
    losses.push(loss / n + alpha * step(p, g, learningRate(k)))
  }
  return losses
}
