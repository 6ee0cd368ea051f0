import demo from "../../../tests/fixtures/moons.json" with { type: "json" }

/** A training run as it was recorded: the data, where the parameters began, and what was measured at every step. */
export interface Recorded {
  /** Row i of `inputs` should give a score of the sign of `targets[i]`, which is 1 or −1. */
  readonly inputs: number[][]
  readonly targets: number[]
  /** In the order of `MLP.parameters()`. */
  readonly parameters: number[]
  /** The loss before each step, and the share of points on the right side. */
  readonly losses: number[]
  readonly accuracies: number[]
}

/** The demo of micrograd (Karpathy, 2020): two moons, `MLP(2, [16, 16, 1])`, 100 full-batch steps. */
export const moonsRecord: Recorded = {
  inputs: demo.X,
  targets: demo.y,
  parameters: demo.parameters,
  losses: demo.losses,
  accuracies: demo.accuracies,
}
