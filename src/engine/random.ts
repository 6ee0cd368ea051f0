/** A source of random numbers, uniform on [0, 1). The engine never calls `Math.random`: every run can be repeated. */
export type Random = () => number

/**
 * A seeded random source: the same seed gives the same numbers on every machine.
 * Mulberry32 (Tommy Ettinger, 2017, public domain): 32 bits of state, good enough to learn with, not for secrets.
 */
export function mulberry32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The seed wherever no `random` is given. A fresh source each time, so that a call does not depend on earlier ones. */
export const defaultRandom = (): Random => mulberry32(1337)

/** A number from the normal distribution with mean 0 and deviation 1 (Box & Muller, 1958). */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The whole numbers below `count` in random order, each order equally likely (Fisher & Yates, 1938). */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const held = order[i]!
    order[i] = order[j]!
    order[j] = held
  }
  return order
}
