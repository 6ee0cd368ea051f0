/** Numbers to trace a function with. */
export interface Trial {
  /** The size and the sign of the inputs. */
  readonly scale: number
  /** Target j of n. */
  readonly y: (j: number, n: number) => number
  /** If the parameters change meanwhile: what their numbers are multiplied by, before they become larger by 0.01. */
  readonly factor?: number
}

/** Targets that losses accept: −1 and +1, a class as one 1 among 0s, or any numbers. */
const targets: readonly (readonly [Trial["y"], Trial["y"]])[] = [
  [(j) => (j % 2 ? -1 : 1), (j) => (j % 2 ? 1 : -1)],
  [(j) => (j ? 0 : 1), (j, n) => (n > 1 && j === n - 1 ? 1 : 0)],
  [(j) => 0.3 + 0.1 * j, (j) => -0.7 * j],
]

/**
 * Pairs of trials. The two of a pair differ in sign and in order, so that a program that looks at its numbers gives itself
 * away. But a loss or a logarithm may refuse numbers, so there are several pairs; the first one that runs counts.
 */
export function* trials(): Generator<readonly [Trial, Trial]> {
  for (const [y1, y2] of targets) {
    for (const [scale1, scale2, factor] of [
      [1, -3, -1.3],
      [1, 2, 1.1],
      [400, 800, 1.1],
    ] as const) {
      yield [
        { scale: scale1, y: y1 },
        { scale: scale2, y: y2, factor },
      ]
    }
  }
}
