import record from "../tests/fixtures/moons.json" with { type: "json" }

/** micrograd's moons demo: 100 points, MLP(2, [16, 16, 1]), 100 full-batch steps, and the losses it recorded. */
export interface Moons {
  X: number[][]
  y: number[]
  parameters: number[]
  losses: number[]
}

export const moons = record as Moons

export const steps = 100
export const alpha = 1e-4

/** The demo's learning rate at a step: it falls from 1 to 0.1. */
export const learningRate = (step: number): number => 1 - (0.9 * step) / steps
