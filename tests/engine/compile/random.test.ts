import { expect, test } from "vitest"
import { mulberry32, Value, type Random } from "../../../src/engine/index.ts"
import { integer, rows } from "../support.ts"
import { asGraph, asSource, backends, compiled } from "./support.ts"

const names = ["add", "sub", "mul", "div", "max", "neg", "pow", "exp", "log", "tanh", "relu", "sigmoid"] as const
const exponents = [-2, -1, -0.5, 0, 0.5, 1, 2, 3]

interface Step {
  op: (typeof names)[number]
  a: number
  b: number
  k: number
}

/** A row of random ops, each reading two of the nodes before it; often the last one, so that the graph grows deep. */
function randomSteps(random: Random, leaves: number, count: number): Step[] {
  return Array.from({ length: count }, (_, i) => {
    const any = (): number => (random() < 0.4 ? leaves + i - 1 : integer(random, leaves + i))
    const op = names[integer(random, names.length)]!
    return { op, a: Math.max(0, any()), b: Math.max(0, any()), k: exponents[integer(random, exponents.length)]! }
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
function randomProgram(seed: number): { program: Parameters<typeof asGraph>[0]; X: number[][]; Y: number[][] } {
  const random = mulberry32(seed)
  const [inputs, targets, count] = [integer(random, 4), integer(random, 3), 1 + integer(random, 7)]
  const parameters = Array.from({ length: 1 + integer(random, 5) }, () => new Value(4 * random() - 2))
  const steps = randomSteps(random, parameters.length + inputs + targets, 4 + integer(random, 30))
  const cost = randomSteps(random, parameters.length, 6)
  return {
    program: {
      parameters,
      inputs,
      targets,
      // At least one parameter is read.
      row: (x, y) => run([...parameters, ...x, ...y], steps).add(parameters[0]!),
      penalty: seed % 3 ? undefined : () => run(parameters, cost),
    },
    X: rows(count, inputs, [-2, 2], seed),
    Y: rows(count, targets, [-1, 1], seed + 0.5),
  }
}

const hundreds = Array.from({ length: 10 }, (_, i) => 100 * i)

test.each(hundreds)("random programs from number %i are the eager ones, bit for bit", (first) => {
  for (let seed = first; seed < first + 100; seed++) {
    const { program, X, Y } = randomProgram(seed)
    const expected = asGraph(program, X, Y)
    expect(expected.loss, `program ${seed}: a finite loss, so that the bits mean something`).toSatisfy(Number.isFinite)
    for (const backend of backends) {
      expect(compiled(program, X, Y, backend), `program ${seed}, ${backend}`).toEqual(expected)
    }
    expect(asSource(program, X, Y), `program ${seed}, source`).toEqual(expected)
  }
})

test("the random programs use each op", () => {
  const used = new Map<string, number>()
  for (let seed = 0; seed < 1000; seed++) {
    const { program } = randomProgram(seed)
    const values = (n: number): Value[] => Array.from({ length: n }, () => new Value(1))
    const seen = new Set<Value>()
    const stack = [program.row(values(program.inputs), values(program.targets))]
    for (let node = stack.pop(); node; node = stack.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      used.set(node.op, (used.get(node.op) ?? 0) + 1)
      stack.push(...node.inputs)
    }
  }
  for (const name of names) expect(used.get(name), name).toBeGreaterThan(500)
})
