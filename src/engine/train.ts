import type { Dataset } from "./data.ts"
import { expectArray } from "./expect.ts"
import type { Value } from "./value.ts"

// #region backwardByExample
/**
 * The mean of `loss(x, y)` over the examples of `data`, as a number; its gradient is added to the leaves.
 *
 * Bit for bit what `mean(losses).backward()` gives, but twice as fast: each example's graph is used up and thrown away
 * before the next one is built, so that it never leaves the processor's cache. A penalty on the parameters does not
 * belong inside: call its own `backward()` once, after this.
 */
export function backwardByExample(data: Dataset, loss: (x: number[], y: number) => Value): number {
  const { inputs, targets } = data
  expectArray("backwardByExample", "inputs", inputs)
  expectArray("backwardByExample", "targets", targets, inputs.length)
  let total = 0
  for (const [i, x] of inputs.entries()) {
    const one = loss(x, targets[i]!)
    one.div(inputs.length).backward()
    total += one.data
  }
  return total / inputs.length
}
// #endregion
