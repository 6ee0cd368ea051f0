/** Numbers to trace a function with: input j, target j of n, and what a parameter's number becomes meanwhile. */
export interface Trial {
  readonly x: (j: number) => number
  readonly y: (j: number, n: number) => number
  readonly parameter: (data: number) => number
}

const x = (j: number): number => 0.25 + ((j * 0.618) % 0.5)
const same = (data: number): number => data
const near = (data: number): number => 1.1 * data + 0.01
const far = (data: number): number => -1.3 * data - 0.1

/** Targets that losses accept: −1 and +1, a class as one 1 among 0s, or any numbers. */
const targets: [Trial["y"], Trial["y"]][] = [
  [(j) => (j % 2 ? -1 : 1), (j) => (j % 2 ? 1 : -1)],
  [(j) => (j ? 0 : 1), (j, n) => (n > 1 && j === n - 1 ? 1 : 0)],
  [x, (j) => -3 * x(j)],
]

/**
 * Pairs of trials. The two of a pair differ in sign and in order, so that a program that looks at its numbers gives itself
 * away. A loss or a logarithm may refuse numbers, so there are several pairs; the first one that runs counts.
 */
export const trials: [Trial, Trial][] = targets.flatMap(([first, second]) => [
  [
    { x, y: first, parameter: same },
    { x: (j) => -3 * x(j), y: second, parameter: far },
  ],
  [
    { x, y: first, parameter: same },
    { x: (j) => 2 * x(j), y: second, parameter: near },
  ],
  [
    { x: (j) => 100 + x(j), y: first, parameter: same },
    { x: (j) => 200 - x(j), y: second, parameter: near },
  ],
])
