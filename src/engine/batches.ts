import type { Dataset } from "./data.ts"
import { expectArray, expectCount, expected, expectShare } from "./expect.ts"
import { defaultRandom, shuffled, type Random } from "./random.ts"

export interface SplitOptions {
  /** Share of the examples to learn from; default 0.8. */
  train?: number
  /** Share to choose by (when to stop, which size, which rate); default 0.1. What remains is for the final test. */
  validation?: number
  /** Default `mulberry32(1337)`, afresh for each call: the same split every time. */
  random?: Random
}

/** Deals the examples out at random, each to one of three sets: the test set is for judging once, at the very end. */
export function split(data: Dataset, options: SplitOptions = {}): Record<"train" | "validation" | "test", Dataset> {
  const { train = 0.8, validation = 0.1, random = defaultRandom() } = options
  expectShare("split: train", train)
  expectShare("split: validation", validation)
  if (train + validation > 1) expected("split: train + validation", "at most 1", train + validation)
  const count = examples("split", data)
  const order = shuffled(count, random)
  const first = Math.round(train * count)
  const second = first + Math.round(validation * count)
  return {
    train: pick(data, order.slice(0, first)),
    validation: pick(data, order.slice(first, second)),
    test: pick(data, order.slice(second)),
  }
}

/** One epoch: all examples in random order, `size` at a time; the last batch holds what remains. */
export function batches(data: Dataset, size: number, random: Random): Dataset[] {
  expectCount("batches: size", size)
  const order = shuffled(examples("batches", data), random)
  return Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
    pick(data, order.slice(i * size, (i + 1) * size)),
  )
}

/** The number of examples, which must be at least one, with a target each. */
function examples(where: string, { inputs, targets }: Dataset): number {
  expectArray(`${where}: inputs`, inputs)
  expectArray(`${where}: targets`, targets, inputs.length)
  return inputs.length
}

function pick({ inputs, targets }: Dataset, indices: readonly number[]): Dataset {
  return { inputs: indices.map((i) => inputs[i]!), targets: indices.map((i) => targets[i]!) }
}
