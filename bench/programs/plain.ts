import { alpha, learningRate, moons, steps } from "../moons.ts"

/**
 * micrograd's design in TypeScript, as the usual ports have it (trekhleb/micrograd-ts is one): a closure and an array of
 * inputs in each node, a Set of visited nodes, and recursion to sort them. The engine's tricks are measured against it.
 */
class Value {
  data: number
  grad = 0
  label: string
  op: string | undefined
  prev: Value[]
  declare backwardStep: () => void

  constructor(data: number, { label = "", op, prev = [] }: { label?: string; op?: string; prev?: Value[] } = {}) {
    this.data = data
    this.label = label
    this.op = op
    this.prev = prev
  }

  add(v: Value | number): Value {
    const other = typeof v === "number" ? new Value(v) : v
    const out = new Value(this.data + other.data, { prev: [this, other], op: "+" })
    out.backwardStep = () => {
      this.grad += out.grad
      other.grad += out.grad
    }
    return out
  }

  mul(v: Value | number): Value {
    const other = typeof v === "number" ? new Value(v) : v
    const out = new Value(this.data * other.data, { prev: [this, other], op: "*" })
    out.backwardStep = () => {
      this.grad += other.data * out.grad
      other.grad += this.data * out.grad
    }
    return out
  }

  relu(): Value {
    const out = new Value(this.data < 0 ? 0 : this.data, { prev: [this], op: "relu" })
    out.backwardStep = () => {
      this.grad += (out.data > 0 ? 1 : 0) * out.grad
    }
    return out
  }

  backward(): void {
    const topo: Value[] = []
    const visited = new Set<Value>()
    const build = (v: Value): void => {
      if (visited.has(v)) return
      visited.add(v)
      for (const input of v.prev) build(input)
      topo.push(v)
    }
    build(this)
    this.grad = 1
    for (const v of topo.reverse()) v.backwardStep()
  }
}
Value.prototype.backwardStep = () => undefined

class Neuron {
  w: Value[]
  b: Value
  nonlin: boolean

  constructor(nin: number, nonlin: boolean) {
    this.w = Array.from({ length: nin }, () => new Value(0))
    this.b = new Value(0)
    this.nonlin = nonlin
  }

  forward(x: Value[]): Value {
    let act = this.b
    for (let i = 0; i < x.length; i++) act = act.add(this.w[i]!.mul(x[i]!))
    return this.nonlin ? act.relu() : act
  }

  parameters(): Value[] {
    return [...this.w, this.b]
  }
}

const sizes = [2, 16, 16, 1]

export function train(): number[] {
  const layers = sizes.slice(1).map((nout, l) => Array.from({ length: nout }, () => new Neuron(sizes[l]!, l < 2)))
  const parameters = layers.flat().flatMap((neuron) => neuron.parameters())
  parameters.forEach((p, i) => (p.data = moons.parameters[i]!))
  const forward = (x: number[]): Value => {
    let values = x.map((xi) => new Value(xi))
    for (const layer of layers) values = layer.map((neuron) => neuron.forward(values))
    return values[0]!
  }
  const losses: number[] = []
  for (let k = 0; k < steps; k++) {
    const terms = moons.X.map((x, i) => forward(x).mul(-moons.y[i]!).add(1).relu())
    const data = terms.reduce((sum, term) => sum.add(term)).mul(1 / terms.length)
    const penalty = parameters.map((p) => p.mul(p)).reduce((sum, square) => sum.add(square))
    const loss = data.add(penalty.mul(alpha))
    for (const p of parameters) p.grad = 0
    loss.backward()
    for (const p of parameters) p.data -= learningRate(k) * p.grad
    losses.push(loss.data)
  }
  return losses
}
