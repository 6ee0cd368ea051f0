import { mean } from "../loss.ts"
import { Value } from "../value.ts"
import { numbersOf, type Pick, type Rows } from "./batch.ts"

/** What a step does: `row` gives the loss of one example, `penalty` what the parameters themselves cost. */
export interface Loss {
  readonly row: (x: Value[], y: Value[]) => Value
  readonly penalty?: (() => Value) | undefined
}

/** New leaves for row `i`. */
export const leavesOf = (rows: Rows, i: number): Value[] => numbersOf(rows[i]).map((number) => new Value(number))

/**
 * The loss of a batch as one graph of `Value`s: the program that a compiled step equals, in the loss and, after
 * `backward()`, in each gradient, bit for bit.
 */
export function eager({ row, penalty }: Loss, X: Rows, Y: Rows, pick: Pick = [...Array.from(X).keys()]): Value {
  const loss = mean(Array.from(pick, (i) => row(leavesOf(X, i), leavesOf(Y, i))))
  return penalty ? loss.add(penalty()) : loss
}
