import { mulberry32, Value, type CompileOptions, type Random } from "../../../src/engine/index.ts"

// Programs to compile, with data to run them on. They need no test runner, so that browsers can run them too.

export type Program = Pick<CompileOptions, "parameters" | "inputs" | "targets" | "row" | "penalty">

export interface Case {
  readonly program: Program
  readonly X: number[][]
  readonly Y: number[][]
}

const below = (random: Random, bound: number): number => Math.floor(bound * random())

type Argument = number | { const: number }

/** A program of `fixtures/torch-graphs.json`. */
export interface TorchProgram {
  inputs: number[]
  steps: {
    op: "add" | "sub" | "mul" | "div" | "neg" | "pow" | "exp" | "log" | "tanh" | "relu" | "sigmoid"
    args: Argument[]
  }[]
}

/** All inputs as parameters, on one row that has no numbers. */
export function torchCase({ inputs, steps }: TorchProgram): Case {
  const parameters = inputs.map((x) => new Value(x))
  const row = (): Value => {
    const nodes = [...parameters]
    for (const { op, args } of steps) {
      const [a, b] = args.map((arg) => (typeof arg === "number" ? nodes[arg]! : arg.const))
      if (!(a instanceof Value)) throw new Error("expected the first argument to be a node")
      if (op === "add" || op === "sub" || op === "mul" || op === "div") nodes.push(a[op](b!))
      else if (op === "pow") nodes.push(a.pow(b as number))
      else nodes.push(a[op]())
    }
    return nodes.at(-1)!
  }
  return { program: { parameters, inputs: 0, targets: 0, row }, X: [[]], Y: [[]] }
}

export const ops = "add sub mul div max neg pow exp log tanh relu sigmoid".split(" ") as (
  "add" | "sub" | "mul" | "div" | "max" | "neg" | "pow" | "exp" | "log" | "tanh" | "relu" | "sigmoid"
)[]
const exponents = [-2, -1, -0.5, 0, 0.5, 1, 2, 3]

interface Step {
  op: (typeof ops)[number]
  a: number
  b: number
  k: number
}

/** Random ops, each reading two of the nodes before it; often the last one, so that the graph grows deep. */
function randomSteps(random: Random, leaves: number, count: number): Step[] {
  return Array.from({ length: count }, (_, i) => {
    const any = (): number => (random() < 0.4 ? leaves + i - 1 : below(random, leaves + i))
    const op = ops[below(random, ops.length)]!
    return { op, a: any(), b: any(), k: exponents[below(random, exponents.length)]! }
  })
}

/** Runs the steps, and sums up what none of them reads. Ops get inputs that they accept: log and fractional powers of a² + ½. */
function run(leaves: readonly Value[], steps: readonly Step[]): Value {
  const nodes = [...leaves]
  const unread = new Set<Value>()
  for (const { op, a: i, b: j, k } of steps) {
    const [a, b] = [nodes[i]!, nodes[j]!]
    const positive = (): Value => a.mul(a).add(0.5)
    let node: Value
    if (op === "add" || op === "sub" || op === "mul" || op === "max") node = a[op](b)
    else if (op === "div") node = a.div(b.mul(b).add(0.5))
    else if (op === "pow") node = (k < 0 || k % 1 ? positive() : a).pow(k)
    else if (op === "exp") node = a.tanh().exp()
    else if (op === "log") node = positive().log()
    else node = a[op]()
    unread.delete(a)
    unread.delete(b)
    unread.add(node)
    nodes.push(node)
  }
  return [...unread].reduce((sum, node) => sum.add(node))
}

/** Program number `seed`: 1 to 5 parameters, up to 3 inputs and 2 targets, 1 to 7 rows, and a penalty every third time. */
export function randomCase(seed: number): Case {
  const random = mulberry32(seed)
  const [inputs, targets, count] = [below(random, 4), below(random, 3), 1 + below(random, 7)]
  const numbers = (n: number): number[] => Array.from({ length: n }, () => 4 * random() - 2)
  const parameters = numbers(1 + below(random, 5)).map((x) => new Value(x))
  const steps = randomSteps(random, parameters.length + inputs + targets, 4 + below(random, 30))
  const cost = randomSteps(random, parameters.length, 6)
  const rows = (width: number): number[][] => Array.from({ length: count }, () => numbers(width))
  return {
    program: {
      parameters,
      inputs,
      targets,
      // At least one parameter is read.
      row: (x, y) => run([...parameters, ...x, ...y], steps).add(parameters[0]!),
      penalty: seed % 3 ? undefined : () => run(parameters, cost),
    },
    X: rows(inputs),
    Y: rows(targets),
  }
}
