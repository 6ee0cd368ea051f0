/** Numbers to trace a function with. */
export interface Trial {
  /** The size and the sign of the inputs. */
  readonly scale: number
  /** Target j of n. */
  readonly y: (j: number, n: number) => number
  /** If the parameters change meanwhile: one in so many changes its sign. */
  readonly every?: number
}

/** Targets that losses accept: −1 and +1, a class as one 1 among 0s, or any numbers. */
const targets: readonly (readonly [Trial["y"], Trial["y"]])[] = [
  [(j) => (j % 2 ? -1 : 1), (j) => (j % 2 ? 1 : -1)],
  [(j) => (j ? 0 : 1), (j, n) => (n > 1 && j === n - 1 ? 1 : 0)],
  [(j) => 0.3 + 0.1 * j, (j) => -0.7 * j],
]

/**
 * Pairs of trials. The two of a pair differ in sign and in order, so that a program that looks at its numbers gives itself
 * away. Where inputs change their sign only a few parameters do so too, because a product of both would keep its own. But a
 * loss or a logarithm may refuse numbers, so there are several pairs; the first one that runs counts.
 */
export function* trials(inputs: number): Generator<readonly [Trial, Trial]> {
  for (const [y1, y2] of targets) {
    for (const [scale, factor, every] of [
      [1, -3, inputs ? 4 : 1],
      [1, 2, Infinity],
      [400, 2, Infinity],
    ] as const) {
      yield [
        { scale, y: y1 },
        { scale: scale * factor, y: y2, every },
      ]
    }
  }
}
