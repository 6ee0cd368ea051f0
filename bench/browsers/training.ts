import { median } from "../median.ts"
import { moons } from "../moons.ts"
import { train } from "../programs/compiled.ts"

/** How fast the moons demo trains once it is warm. */
export interface Training {
  /** Of 100 trainings of 100 steps each, in ms. */
  median: number
  longest: number
  /** The last loss, and how far any of the 100 is from the recorded one, relative. */
  loss: number
  worst: number
}

/** Lets the page have the thread. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Trains for a second to become warm, then a hundred times, with a pause after each, as a slider does. */
export async function training(): Promise<Training> {
  const warm = performance.now() + 1000
  while (performance.now() < warm) {
    train()
    await pause()
  }
  const times: number[] = []
  let losses: number[] = []
  while (times.length < 100) {
    const start = performance.now()
    losses = train()
    times.push(performance.now() - start)
    await pause()
  }
  const worst = Math.max(...moons.losses.map((loss, k) => Math.abs(losses[k]! / loss - 1)))
  return { median: median(times), longest: Math.max(...times), loss: losses.at(-1)!, worst }
}
