/** A source of random numbers, uniform on [0, 1). */
export type Random = () => number

/**
 * A seeded random source: the same seed gives the same numbers on every machine.
 * Mulberry32 by Tommy Ettinger, 2017 (public domain): 32 bits of state, enough for teaching, not for cryptography.
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
