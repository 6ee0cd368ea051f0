import type { Value } from "../value.ts"
import type { Pick, Rows } from "./batch.ts"
import type { Loss } from "./eager.ts"
import type { Backend } from "./assemble.ts"

export interface CompileOptions extends Loss {
  /** What is trained: all `Value`s that the program reads and does not make itself, each once. */
  readonly parameters: readonly Value[]
  /** How many numbers `row` gets as x. */
  readonly inputs: number
  /** How many numbers `row` gets as y. 0 if it needs none; one per class for `crossEntropy`. */
  readonly targets: number
  /** The loss of one example. It is called a few times, on made-up numbers, to learn the program, and never again. */
  readonly row: (x: Value[], y: Value[]) => Value
  /** What the parameters cost by themselves, whatever the data; added to the mean of the rows. */
  readonly penalty?: (() => Value) | undefined
  /** What the model answers to an input, for `step.predict`; for example `(x) => model.forward(x)`. */
  readonly output?: ((x: Value[]) => Value | Value[]) | undefined
  /** Default: the fastest that is possible. If you ask for one, you get it or an error. */
  readonly backend?: Backend | undefined
}

/**
 * The program as it was when it was compiled. The numbers of the parameters are read anew at each call; a layer that is
 * added later, or a `Value` that takes the place of another, is not seen: compile again.
 */
export interface Step {
  /**
   * The loss of a batch; its gradients are added to the parameters, exactly as by `mean(rows).add(penalty()).backward()`.
   * `X` and `Y` have a row for each example; `pick` takes only some of them, by index.
   */
  (X: Rows, Y: Rows, pick?: Pick): number
  /** The loss, without gradients. */
  loss(X: Rows, Y: Rows, pick?: Pick): number
  /** What `output` gives for each row of X: as many numbers per row as it has results, one row after the other. */
  predict(X: Rows): Float64Array
  /** The program as JavaScript, for people: what the backend does, line by line. */
  readonly source: string
  readonly backend: Backend
  /** Why the backend is not WebAssembly; "" if it is. */
  readonly reason: string
  /** The size of the WebAssembly in bytes; 0 without it. */
  readonly bytes: number
}
