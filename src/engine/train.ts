import type { Dataset } from "./data.ts"
import { expectArray } from "./expect.ts"
import type { Value } from "./value.ts"

// #region backwardByExample
/**
 * The mean of `loss(x, y)` over the examples of `data`, as a number; its gradient is added to the leaves.
 *
 * It is what `mean(losses).backward()` gives (bit for bit, if an example uses each parameter once), but faster and in little
 * memory: the graph of an example is gone before the next one is built, so it never leaves the processor's cache.
 * A penalty on the parameters does not belong inside: call its own `backward()` once, afterwards.
 */
export function backwardByExample(data: Dataset, loss: (x: number[], y: number) => Value): number {
  const { inputs, targets } = data
  expectArray("backwardByExample: inputs", inputs)
  expectArray("backwardByExample: targets", targets, inputs.length)
  let total = 0
  for (const [i, x] of inputs.entries()) {
    const one = loss(x, targets[i]!)
    one.div(inputs.length).backward()
    total += one.data
  }
  return total / inputs.length
}
// #endregion
