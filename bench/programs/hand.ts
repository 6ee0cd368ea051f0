import { alpha, learningRate, moons, steps } from "../moons.ts"

/** What one would write who needs no engine: the demo's forward and backward pass as loops over Float64Array, in one function. */
export function train(): number[] {
  const n = moons.X.length
  const X = Float64Array.from(moons.X.flat())
  const y = Float64Array.from(moons.y)
  const p = Float64Array.from(moons.parameters)
  const g = new Float64Array(p.length)
  const [h1, h2, d1, d2] = [0, 0, 0, 0].map(() => new Float64Array(16)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  // Where each layer starts; a neuron is its weights, then its bias.
  const [first, second, third] = [0, 16 * 3, 16 * 3 + 16 * 17]
  const losses: number[] = []
  for (let k = 0; k < steps; k++) {
    g.fill(0)
    let loss = 0
    for (let i = 0; i < n; i++) {
      const [x0, x1] = [X[2 * i]!, X[2 * i + 1]!]
      for (let j = 0; j < 16; j++) {
        const at = first + 3 * j
        const z = p[at]! * x0 + p[at + 1]! * x1 + p[at + 2]!
        h1[j] = z > 0 ? z : 0
      }
      for (let j = 0; j < 16; j++) {
        const at = second + 17 * j
        let z = p[at + 16]!
        for (let c = 0; c < 16; c++) z += p[at + c]! * h1[c]!
        h2[j] = z > 0 ? z : 0
      }
      let score = p[third + 16]!
      for (let c = 0; c < 16; c++) score += p[third + c]! * h2[c]!
      const margin = 1 - y[i]! * score
      if (margin <= 0) continue
      loss += margin
      const d3 = -y[i]! / n
      for (let c = 0; c < 16; c++) {
        g[third + c]! += d3 * h2[c]!
        d2[c] = h2[c]! > 0 ? d3 * p[third + c]! : 0
      }
      g[third + 16]! += d3
      d1.fill(0)
      for (let j = 0; j < 16; j++) {
        const d = d2[j]!
        if (d === 0) continue
        const at = second + 17 * j
        for (let c = 0; c < 16; c++) {
          g[at + c]! += d * h1[c]!
          d1[c]! += d * p[at + c]!
        }
        g[at + 16]! += d
      }
      for (let j = 0; j < 16; j++) {
        if (h1[j]! <= 0) continue
        const at = first + 3 * j
        g[at]! += d1[j]! * x0
        g[at + 1]! += d1[j]! * x1
        g[at + 2]! += d1[j]!
      }
    }
    let squares = 0
    const rate = learningRate(k)
    for (let c = 0; c < p.length; c++) {
      squares += p[c]! ** 2
      p[c]! -= rate * (g[c]! + 2 * alpha * p[c]!)
    }
    losses.push(loss / n + alpha * squares)
  }
  return losses
}
