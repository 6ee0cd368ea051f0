/** The middle one of at least one number; of an even count, the mean of the middle two. */
export function median(x: readonly number[]): number {
  const sorted = x.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
