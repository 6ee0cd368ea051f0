import { compile, mean, Value, type Backend } from "../../../src/engine/index.ts"
import type { Case, Program } from "./programs.ts"

export const backends = ["wasm", "columns"] as const satisfies Backend[]

/** What one step leaves behind: the loss and all gradients. */
export interface Outcome {
  loss: number
  gradients: number[]
}

/** Runs `step` from given gradients, so that it shows whether it adds to them. */
function outcome({ parameters }: Program, step: () => number): Outcome {
  parameters.forEach((p, i) => (p.grad = i % 2 ? 0 : 0.1 * i))
  const loss = step()
  return { loss, gradients: parameters.map((p) => p.grad) }
}

/** The batch as a graph of `Value`s: what each backend must equal, written out. */
export function asGraph({ program, X, Y }: Case): Outcome {
  const values = (numbers: number[]): Value[] => numbers.map((number) => new Value(number))
  return outcome(program, () => {
    const rows = mean(X.map((x, i) => program.row(values(x), values(Y[i]!))))
    const loss = program.penalty ? rows.add(program.penalty()) : rows
    loss.backward()
    return loss.data
  })
}

/** The compiled step. It must get along without the functions that it was compiled from. */
export function compiled({ program, X, Y }: Case, backend: Backend): Outcome {
  let done = false
  const once = <Input extends unknown[]>(f: (...input: Input) => Value) => {
    return (...input: Input): Value => {
      if (done) throw new Error(`${backend}: the graph was built again`)
      return f(...input)
    }
  }
  const { row, penalty } = program
  const step = compile({ ...program, row: once(row), penalty: penalty && once(penalty), backend })
  done = true
  return outcome(program, () => step(X, Y))
}

/** The text that is meant for people, run as a program. */
export function asSource({ program, X, Y }: Case): Outcome {
  const run = evaluate(compile(program).source)
  return outcome(program, () => {
    const P = program.parameters.map((p) => p.data)
    const G = P.map(() => 0)
    const loss = run(P, G, X, Y)
    program.parameters.forEach((p, i) => (p.grad += G[i]!))
    return loss
  })
}

function evaluate(source: string): (P: number[], G: number[], X: number[][], Y: number[][]) => number {
  return new Function(`${source}\nreturn step`)() as ReturnType<typeof evaluate>
}
