/** From numbers to places in a drawing, and back. */
export interface Scale {
  (x: number): number
  readonly invert: (place: number) => number
  readonly domain: Range
  readonly range: Range
}
export type Range = readonly [from: number, to: number]

/** A straight scale: `domain` is in the units of the data, `range` in those of the drawing. */
export function linear(domain: Range, range: Range): Scale {
  return between(
    domain,
    range,
    (x) => x,
    (x) => x,
  )
}

/** A scale of powers of ten. Both ends of `domain` must be above 0. */
export function log(domain: Range, range: Range): Scale {
  return between(domain, range, Math.log10, (x) => 10 ** x)
}

function between(domain: Range, range: Range, to: (x: number) => number, from: (x: number) => number): Scale {
  const [a, b] = [to(domain[0]), to(domain[1])]
  const [p, q] = range
  const place = (x: number) => p + ((to(x) - a) / (b - a)) * (q - p)
  const invert = (at: number) => from(a + ((at - p) / (q - p)) * (b - a))
  return Object.assign(place, { invert, domain, range })
}

/** Round numbers inside `domain`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks([from, to]: Range, count = 5): number[] {
  const rough = (to - from) / Math.max(1, count)
  if (!(rough > 0) || !Number.isFinite(rough)) return []
  const base = 10 ** Math.floor(Math.log10(rough))
  // The geometric middle between two steps decides, as in d3.
  const times = rough / base
  const step = base * (times >= Math.sqrt(50) ? 10 : times >= Math.sqrt(10) ? 5 : times >= Math.SQRT2 ? 2 : 1)
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => tidy((first + i) * step))
}

/** Whole powers of ten inside `domain`, every `stride`-th. */
export function powers([from, to]: Range, stride = 1): number[] {
  const [first, last] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)]
  return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, i) => 10 ** (first + i * stride))
}

export const clamp = (x: number, [from, to]: Range): number => Math.min(to, Math.max(from, x))

/** The multiple of `step` nearest to x, without the dust of the product. */
export const snap = (x: number, step: number): number => Number((Math.round(x / step) * step).toPrecision(12))

/** The lowest and highest finite numbers, with `room` (a share of their distance) on both sides. */
export function extent(numbers: readonly number[], room = 0): Range {
  const finite = numbers.filter(Number.isFinite)
  if (finite.length === 0) return [-1, 1]
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const air = (high - low || Math.abs(high) || 1) * (low === high ? Math.max(room, 0.5) : room)
  return [low - air, high + air]
}

const tidy = (x: number): number => Number(x.toPrecision(12))
