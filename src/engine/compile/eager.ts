import { mean } from "../loss.ts"
import { Value } from "../value.ts"

/** What a step does: `row` gives the loss of one example, `penalty` what the parameters themselves cost. */
export interface Loss {
  readonly row: (x: Value[], y: Value[]) => Value
  readonly penalty?: (() => Value) | undefined
}

/**
 * The loss of a batch as one graph of `Value`s: the program that a compiled step equals, in the loss and, after
 * `backward()`, in each gradient, bit for bit. `backwardByExample` and then the `backward()` of the penalty give the same.
 */
export function eager({ row, penalty }: Loss, X: readonly number[][], Y: readonly number[][]): Value {
  const values = (numbers: readonly number[]): Value[] => numbers.map((number) => new Value(number))
  const loss = mean(X.map((x, i) => row(values(x), values(Y[i]!))))
  return penalty ? loss.add(penalty()) : loss
}
