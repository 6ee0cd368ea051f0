import { button, controls, type Meaning, slider } from "./controls.ts"
import { announce, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { brief, number, scientific, symbol } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { linesView, type Move } from "./gears/lines.ts"
import { type Numeric, numberOf } from "./numeric.ts"
import { clamp, extent, type Range, snap } from "./scale.ts"

/** One number of the chain: its name and, but for the first, how it follows from the one before. */
export interface Gear {
  name: string
  f?: (x: number) => Numeric
  /** What it stands for; data when left out. */
  meaning?: Meaning
}

export interface GearsOptions {
  /** Where the first number stands; 1. */
  x?: number
  /** The nudge of the first number: 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001, 1e-4 or 1e-5; 0.5. */
  h?: number
  /** How far the first number goes; from 3 below `x` to 2 above it. */
  range?: Range
  /** What all number lines show; what the chain reaches while the first number runs over `range`. */
  domain?: Range
}

/** The sizes a nudge may have, smallest first. */
const sizes = [0.00001, 0.0001, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/**
 * A chain of gears: linked number lines, each a function of the one above. A nudge of the first runs through all of them;
 * every link stretches it by its own factor, and the factors multiply. The smaller the nudge, the closer the factors are
 * to the slopes, and their product to the slope of the whole chain. An input: its value is `{ x, h, factors, product }`.
 * @param chain the first number, then each link: `[{ name: "w" }, { name: "z", f: (w) => … }, …]`
 * @throws TypeError if the chain has less than two numbers, a link has no function, or a number is not one
 */
export function gears(
  chain: readonly Gear[],
  options: GearsOptions = {},
): Valued<HTMLElement, { x: number; h: number; factors: number[]; product: number }> {
  const start = { x: options.x ?? 1, h: options.h ?? 0.5 }
  check(chain, start)
  const run = (x: number): number[] =>
    chain.slice(1).reduce((values, { f }) => [...values, follow(f!, values.at(-1)!)], [x])
  const range = options.range ?? ([start.x - 3, start.x + 2] as const)
  const reached = Array.from({ length: 41 }, (_, i) => run(range[0] + ((range[1] - range[0]) * i) / 40))
  const domain = options.domain ?? extent(reached.flat())
  const names = chain.map(({ name }) => name)
  const meanings = chain.map(({ meaning = "data" }) => meaning)

  let now = start
  const view = linesView(names, meanings, domain, (x) => turn({ x: snap(clamp(x, range), 0.01) }))
  const line = textLine()
  const xSlider = slider({
    label: symbol(names[0]!),
    min: range[0],
    max: range[1],
    value: start.x,
    meaning: meanings[0]!,
    show: brief,
    input: (x) => turn({ x }),
  })
  const hSlider = slider({
    label: "nudge",
    min: 0,
    max: sizes.length - 1,
    step: 1,
    value: sizes.indexOf(start.h),
    meaning: "gradient",
    show: () => size(now.h),
    input: (i) => turn({ h: sizes[i]! }),
  })
  const root = Object.assign(
    figure(
      "gears",
      `A chain of number lines: ${names.map(symbol).join(", ")}`,
      picture(view.drawn),
      line.root,
      controls(
        xSlider.root,
        hSlider.root,
        button("Reset", () => turn(start)),
      ),
    ),
    { value: valueOf(state()) },
  )

  function turn(to: { x?: number; h?: number }) {
    now = { ...now, ...to }
    draw()
    root.value = valueOf(state())
    announce(root)
  }
  /** Both ends of the nudge on every line, and by how much each link stretches what it is given. */
  function state() {
    const [from, to] = [run(now.x), run(now.x + now.h)]
    const moves = from.map((value, i): Move => ({ from: value, to: to[i]! }))
    const lengths = moves.map(({ from, to }, i) => (i === 0 ? now.h : to - from))
    const factors = lengths.slice(1).map((length, i) => (length === 0 ? 0 : length / lengths[i]!))
    return { moves, factors, product: lengths.at(-1)! / now.h }
  }
  function valueOf({ factors, product }: ReturnType<typeof state>) {
    return { ...now, factors, product }
  }
  function draw() {
    const { moves, factors, product } = state()
    xSlider.set(now.x)
    hSlider.set(sizes.indexOf(now.h))
    view.draw(moves, factors, product)
    line.say(told(names, moves, factors, product, now.h))
  }
  draw()
  return root
}

/** The next number of the chain; NaN where there is none, and after that. */
function follow(f: (x: number) => Numeric, x: number): number {
  if (!Number.isFinite(x)) return Number.NaN
  try {
    return numberOf("gears", f(x))
  } catch (error) {
    // What the engine throws outside the domain of an op, such as the logarithm of a negative number.
    if (error instanceof RangeError) return Number.NaN
    throw error
  }
}

function told(
  names: readonly string[],
  moves: readonly Move[],
  factors: readonly number[],
  product: number,
  h: number,
) {
  const [first, last] = [symbol(names[0]!), symbol(names.at(-1)!)]
  const lost = moves.findIndex(({ from, to }) => !Number.isFinite(from) || !Number.isFinite(to))
  if (lost >= 0) {
    const { from, to } = moves[lost]!
    const found = number(Number.isFinite(from) ? to : from)
    return `${symbol(names[lost]!)} is ${found}: from there on there is nothing to draw. Reset brings the chain back.`
  }
  const written = factors.map((factor, i) => (factor < 0 && i > 0 ? `(${number(factor)})` : number(factor)))
  return `${first} moves by ${size(h)}, ${last} by ${number(moves.at(-1)!.to - moves.at(-1)!.from)}: ${written.join(" × ")} = ${number(product)} times as far.`
}

const size = (h: number): string => (h < 0.001 ? scientific(h, 0) : brief(h))

function check(chain: readonly Gear[], { x, h }: { x: number; h: number }) {
  if (!Array.isArray(chain) || chain.length < 2)
    throw wrong("gears", "a chain of at least two numbers", chain, 'pass e.g. [{ name: "w" }, { name: "L", f }].')
  for (const { name, f } of chain.slice(1))
    if (typeof f !== "function")
      throw wrong("gears", `a function f for ${name}`, f, "say how it follows from the one before.")
  if (!Number.isFinite(x)) throw wrong("gears", "a number x to start at", x, "leave it out for 1.")
  if (!sizes.includes(h)) throw wrong("gears", `a nudge h of ${sizes.join(", ")}`, h, "leave it out for 0.5.")
}
