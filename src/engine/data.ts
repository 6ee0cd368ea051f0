import { expectCount, expectShare, expectSize } from "./expect.ts"
import { defaultRandom, gaussian, shuffled, type Random } from "./random.ts"

/** Examples to learn from: the row `inputs[i]` should give `targets[i]`, a number, a class −1 or +1, or a class index. */
export interface Dataset {
  readonly inputs: number[][]
  readonly targets: number[]
}

/** The Three Bowls of porridge: the input is the temperature, −1 cold, 0 warm, 1 hot; only warm is just right, +1. */
export const threeBowls: Dataset = { inputs: [[-1], [0], [1]], targets: [-1, 1, -1] }

/** The start "G" of the seven knobs, in the order of `new MLP(1, [2, 1]).parameters()`: w₁ b₁ w₂ b₂ v₁ v₂ c. */
export const threeBowlsStart: readonly number[] = [1, 0.5, -0.5, 0.2, 0.4, 0.3, 0]

/** A text to predict the next character of: 78 characters, 16 different ones, 77 neighbouring pairs. */
export const porridge = "the porridge is too hot. the porridge is too cold. the porridge is just right."

export interface DataOptions {
  /** How many examples; default 100. */
  count?: number
  /** Where the examples come from; default `mulberry32(1337)`, afresh for each call: the same examples every time. */
  random?: Random
}

/**
 * Two half moons that reach into each other: an upper one around (0, 0), target −1, and a lower one around (1, 0.5),
 * target +1, both of radius 1, with normal noise of deviation `noise` (default 0.1) on both coordinates; in random order.
 * The geometry is that of scikit-learn's `make_moons`.
 */
export function moons(options: DataOptions & { noise?: number } = {}): Dataset {
  const { count = 100, noise = 0.1, random = defaultRandom() } = options
  expectCount("moons: count", count)
  expectSize("moons: noise", noise)
  const upper = Math.floor(count / 2)
  return examples(shuffled(count, random), (i) => {
    const isUpper = i < upper
    const [step, of] = isUpper ? [i, upper] : [i - upper, count - upper]
    const angle = (Math.PI * step) / Math.max(1, of - 1)
    const [x, y] = isUpper ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)]
    return [[x + noise * gaussian(random), y + noise * gaussian(random)], isUpper ? -1 : 1]
  })
}

/**
 * Points of a disc of radius 1 in three classes, drawn in turn so that each has a third of the examples: 0 yin, 1 yang, and 2
 * for two dots of radius 0.2 at (−½, 0) and (½, 0). Yang is the upper half, without the half disc of radius ½ around the
 * right dot but with that around the left one. After Kriener, Göltz & Petrovici, 2022, arXiv:2102.08211.
 */
export function yinYang({ count = 100, random = defaultRandom() }: DataOptions = {}): Dataset {
  expectCount("yinYang: count", count)
  return examples(shuffled(count, random), (i) => {
    for (;;) {
      const point: [number, number] = [2 * random() - 1, 2 * random() - 1]
      if (yinYangClass(point) === i % 3) return [point, i % 3]
    }
  })
}

function yinYangClass([x, y]: readonly [number, number]): number | undefined {
  if (Math.hypot(x, y) > 1) return undefined
  const left = Math.hypot(x + 0.5, y)
  const right = Math.hypot(x - 0.5, y)
  if (left <= 0.2 || right <= 0.2) return 2
  return left <= 0.5 || (y > 0 && right > 0.5) ? 1 : 0
}

/**
 * Bowls with two ingredients, temperature and sweetness, both uniform from −1 to 1: just right (+1) where the sum of their
 * squares is below 0.6, else −1. Each target is flipped with probability `flip` (default 0.1): tastes differ.
 */
export function disc(options: DataOptions & { flip?: number } = {}): Dataset {
  const { count = 100, flip = 0.1, random = defaultRandom() } = options
  expectCount("disc: count", count)
  expectShare("disc: flip", flip)
  return examples([...Array(count).keys()], () => {
    const [x, y] = [2 * random() - 1, 2 * random() - 1]
    const isJustRight = x ** 2 + y ** 2 < 0.6
    const isFlipped = random() < flip
    return [[x, y], isJustRight !== isFlipped ? 1 : -1]
  })
}

function examples(order: readonly number[], draw: (i: number) => [number[], number]): Dataset {
  const drawn = order.map(draw)
  return { inputs: drawn.map(([input]) => input), targets: drawn.map(([, target]) => target) }
}
