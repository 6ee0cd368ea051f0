/** Examples to learn from: row i of `inputs` should give `targets[i]`. */
export interface Dataset {
  readonly inputs: number[][]
  readonly targets: number[]
}

/** The Three Bowls: temperature −1 (cold), 0 (warm), 1 (hot); only the warm one is just right (+1). */
export const threeBowls: Dataset = { inputs: [[-1], [0], [1]], targets: [-1, 1, -1] }

/** The start "G" of the seven knobs, in the order of `new MLP(1, [2, 1]).parameters()`: w1 b1 w2 b2 v1 v2 c. */
export const threeBowlsStart: number[] = [1, 0.5, -0.5, 0.2, 0.4, 0.3, 0]

/** The porridge text: 78 characters, 16 different ones, 77 pairs of neighbours. */
export const porridge = "the porridge is too hot. the porridge is too cold. the porridge is just right."
