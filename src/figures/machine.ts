import { bowlsView } from "./bowls.ts"
import { button, controls } from "./controls.ts"
import { dial } from "./dial.ts"
import { announce, html, type Valued } from "./dom.ts"
import { reason, wrong } from "./expected.ts"
import { number, signed, symbol } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { lossGauge, solved } from "./gauge.ts"
import { bowlsOf, lackOf, type Points } from "./points.ts"
import { player } from "./play.ts"
import type { Range } from "./scale.ts"

type Knobs = readonly number[]

export interface MachineOptions {
  /** The name of each knob: "w1" is shown as w₁. */
  names: readonly string[]
  /** Where each knob stands at first. */
  start: Knobs
  /** What the machine says about `x` with these knobs. */
  predict: (x: number, knobs: Knobs) => number
  /** How wrong it is on all points together. */
  loss: (knobs: Knobs) => number
  /** How the loss moves per unit of each knob. */
  slopes: (knobs: Knobs) => Knobs
  /** What it should say: `{ inputs, targets }` or `[x, y]` pairs. */
  points: Points
  /** Words for the points, from left to right. */
  pointNames?: readonly string[]
  /** The knobs after each step of training from these, at most 5000; without it there is no Train button. */
  train?: (knobs: Knobs) => Iterable<Knobs>
  /** A random setting for each knob; the seed counts up from 1. Without it there is no "Surprise me". */
  surprise?: (seed: number) => Knobs
  /** How far the dials turn; −5 to 5. */
  range?: Range
}

/**
 * The seven-knob machine: turn the knobs until its curve runs through the bowls, with a needle on each knob that shows
 * how the loss would move; or let it be trained. An input: its value is the array of knob settings.
 * @throws TypeError if names, start and slopes differ in number, or a function is missing
 */
export function machine(options: MachineOptions): Valued<HTMLElement, number[]> {
  check(options)
  const { names, start, predict, loss, slopes, train, surprise, range = [-5, 5] } = options
  let knobs = [...start]
  let [told, seed] = ["", 0]
  let run: Iterator<Knobs> | undefined
  let steps = 0

  const bowls = bowlsOf(options.points, options.pointNames)
  const stage = bowlsView(bowls)
  const gauge = lossGauge()
  const line = textLine()
  const dials = names.map((name, i) =>
    dial({ name, value: start[i]!, range, turn: (x) => turn(knobs.map((knob, k) => (k === i ? x : knob))) }),
  )
  const trainButton = train && button("Train", () => (training.playing ? training.pause() : begin()), true)
  const reset = button("Reset", () => turn(start))
  const surpriseButton = surprise && button("Surprise me", () => turn(surprise(++seed), `Seed ${seed}. `))

  const root = Object.assign(
    figure(
      "machine",
      `A machine with ${names.length} knobs`,
      html(
        "div",
        { class: "stage" },
        picture(stage.drawn),
        html("div", { class: "gauge" }, picture(gauge.drawn), html("span", { class: "loss" }, "loss")),
        line.root,
      ),
      html("fieldset", { class: "panel" }, html("legend", {}, "Knobs"), ...dials.map(({ root }) => root)),
      html(
        "p",
        { class: "key" },
        html("b", { class: "gradient" }, "Needle"),
        " to the right: turning the knob up raises the loss. To the left: it lowers it.",
      ),
      controls(trainButton ?? null, reset, surpriseButton ?? null),
    ),
    { value: [...knobs] },
  )
  const training = player(root, advance, (playing) => {
    if (trainButton) trainButton.textContent = playing ? "Pause" : "Train"
    line.quiet(playing)
    if (!playing) show(knobs)
  })

  function turn(to: Knobs, words = "") {
    training.pause()
    run = undefined
    told = words
    show(to)
  }
  function begin() {
    if (!run) steps = 0
    run ??= train!([...knobs])[Symbol.iterator]()
    training.play()
  }
  /** One step of training, as recorded; false when there is none left, or the training throws. */
  function advance(unseen: boolean): boolean {
    try {
      const next = steps < most ? run?.next() : undefined
      if (next && !next.done) {
        told = `Step ${++steps} of training. `
        knobs = [...next.value]
        if (!unseen) show(knobs)
        return knobs.every(Number.isFinite)
      }
    } catch (error) {
      told = `Training stopped after step ${steps}: ${reason(error)} `
    }
    run = undefined
    return false
  }
  function show(to: Knobs) {
    knobs = [...to]
    draw()
    root.value = [...knobs]
    announce(root)
  }
  function draw() {
    const { now, slope, trouble } = look()
    dials.forEach((dial, i) => dial.set(knobs[i]!, slope[i] ?? Number.NaN))
    if (trouble) stage.draw(() => Number.NaN)
    gauge.draw(now)
    line.say(told + (trouble ?? verdict(now, slope, names)) + lackOf(bowls))
  }
  /** What the machine does with these knobs; an engine that refuses their numbers is heard, not drawn. */
  function look(): { now: number; slope: Knobs; trouble?: string } {
    try {
      stage.draw((x) => predict(x, knobs))
      return { now: loss(knobs), slope: slopes(knobs) }
    } catch (error) {
      return {
        now: Number.NaN,
        slope: [],
        trouble: `The machine stopped: ${reason(error)} Reset brings the knobs back.`,
      }
    }
  }
  // The first settings are the author's: what fails for them fails the cell.
  loss(start)
  slopes(start)
  draw()
  return root
}

/** A run of training longer than this is cut: it may have no end. */
const most = 5000

/** The state of the machine in words. */
function verdict(loss: number, slopes: Knobs, names: readonly string[]): string {
  if (!Number.isFinite(loss)) return `The loss is ${number(loss)}: the knobs have run away. Reset brings them back.`
  if (loss < solved) return `Loss ${number(loss)}. Solved.`
  if (!slopes.every(Number.isFinite))
    return `Loss ${number(loss)}, but not every slope is a number: such a needle is not drawn.`
  const steepest = slopes.reduce((best, slope, i) => (Math.abs(slope) > Math.abs(slopes[best]!) ? i : best), 0)
  const slope = slopes[steepest]!
  if (Math.abs(slope) < 5e-4)
    return `Loss ${number(loss)}, not solved, and yet every needle is at rest: no small turn helps.`
  const way = slope > 0 ? "down" : "up"
  return `Loss ${number(loss)}. The strongest needle is that of ${symbol(names[steepest]!)} (slope ${signed(slope)}): turn it ${way}.`
}

function check({ names, start, predict, loss, slopes }: MachineOptions) {
  for (const [name, found] of Object.entries({ predict, loss, slopes }))
    if (typeof found !== "function")
      throw wrong("machine", `a function ${name}`, found, "pass one that takes the knobs")
  if (names.length !== start.length)
    throw wrong("machine", `a start for each of ${names.length} knobs`, start, "pass as many numbers as names")
}
