import { bowlsView } from "./bowls.ts"
import { button, controls, slider } from "./controls.ts"
import { desk } from "./cockpit/desk.ts"
import { promiseView } from "./cockpit/promise.ts"
import { type Moment, record, type Recording, type Settings } from "./cockpit/record.ts"
import { told } from "./cockpit/words.ts"
import { dial } from "./dial.ts"
import { announce, html, set, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { figure, picture, textLine } from "./frame.ts"
import { lossView } from "./loss-view.ts"
import { bowlsOf, lackOf, type Points } from "./points.ts"
import { player } from "./play.ts"

export interface CockpitOptions {
  /** The name of each knob: "w1" is shown as w₁. */
  names: readonly string[]
  /** Train afresh with these settings: a moment before each step, and one after the last. */
  run: (settings: Settings) => Iterable<Moment>
  /** What the machine says about `x` with these knobs. */
  predict: (x: number, knobs: readonly number[]) => number
  /** What it should say: `{ inputs, targets }` or `[x, y]` pairs. */
  points: Points
  /** Words for the points, from left to right. */
  pointNames?: readonly string[]
  /** The most steps to take; 100. */
  steps?: number
  /** The learning rates on the slider, and the one to start with; 0.003 to 1.5, and 0.3. */
  learningRates?: readonly number[]
  learningRate?: number
  /** The highest seed on the slider; 20. */
  seeds?: number
  /** Break-it switches by name; those that are on are handed to `run`. */
  faults?: readonly string[]
}

/** Where the reader stands: the settings, the step, and the machine at that step. */
export type CockpitValue = Settings & Moment & { step: number }

const rates = [0.003, 0.01, 0.03, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5]

/**
 * The training cockpit: a run is recorded whole, again with every change of the learning rate, the seed or a break-it
 * switch, and the reader walks through its steps, both ways. An input: its value is the settings and the moment shown.
 * @throws TypeError if `run` or `predict` is not a function; what the first run throws before its first moment
 */
export function cockpit(options: CockpitOptions): Valued<HTMLElement, CockpitValue> {
  const { names, run, predict, steps = 100, seeds = 20, faults = [], learningRate = 0.3 } = options
  check(options)
  const ladder = [...new Set([...(options.learningRates ?? rates), learningRate])].sort((a, b) => a - b)
  const start: Settings = { learningRate, seed: 0, faults: [] }
  let settings = start
  let recording = train()
  if (recording.moments.length === 0 && recording.error !== undefined) throw recording.error
  let step = 0

  const bowls = bowlsOf(options.points, options.pointNames)
  const stage = bowlsView(bowls)
  const curve = lossView({ scale: "log", width: 440, height: 220 })
  const promise = promiseView()
  const dials = names.map((name) => dial({ name, value: 0 }))
  const line = textLine()

  const scrubber = slider({
    label: "step",
    min: 0,
    max: steps,
    step: 1,
    value: 0,
    show: (at) => `${at} of ${last()}`,
    input: (at) => {
      playing.pause()
      go(at)
    },
  })
  const settingsDesk = desk({
    start,
    rates: ladder,
    seeds,
    faults,
    change: (to) => {
      playing.pause()
      settings = to
      recording = train()
      go(step)
    },
  })
  const runButton = button("Run", () => (playing.playing ? playing.pause() : play()), true)
  const stepButton = button("Step", () => {
    playing.pause()
    go(step + 1)
  })
  const rewind = button("Rewind", () => {
    playing.pause()
    go(0)
  })
  const reset = button("Reset", () => {
    step = 0
    settingsDesk.reset()
  })

  const root = Object.assign(
    figure(
      "cockpit",
      "Training cockpit",
      html(
        "div",
        { class: "views" },
        picture(stage.drawn),
        html("div", {}, picture(curve.drawn), picture(promise.drawn)),
      ),
      line.root,
      controls(controls(runButton, stepButton, rewind, reset), scrubber.root),
      ...settingsDesk.roots,
      html("fieldset", { class: "panel" }, html("legend", {}, "Knobs"), ...dials.map(({ root }) => root)),
    ),
    { value: value() },
  )
  const playing = player(
    root,
    (unseen) => {
      if (unseen) step = last()
      else go(step + Math.ceil(last() / 100))
      return step < last()
    },
    (on) => {
      runButton.textContent = on ? "Pause" : "Run"
      line.quiet(on)
      if (!on) go(step)
    },
  )

  function train(): Recording {
    return record(run(settings), steps)
  }
  function last(): number {
    return Math.max(0, recording.moments.length - 1)
  }
  function now(): Moment {
    return recording.moments[step] ?? { loss: Number.NaN, knobs: [], slopes: [] }
  }
  function value(): CockpitValue {
    return { ...settings, ...now(), step }
  }
  function play() {
    if (step >= last()) go(0)
    playing.play()
  }
  function go(to: number) {
    step = Math.max(0, Math.min(to, last()))
    draw()
    root.value = value()
    announce(root)
  }
  function draw() {
    const moment = now()
    const losses = recording.moments.map(({ loss }) => loss)
    curve.draw([{ losses, reference: true }, { losses: losses.slice(0, step + 1) }], step)
    stage.draw((x) => (drawable(moment) ? predict(x, moment.knobs) : Number.NaN))
    dials.forEach((dial, i) => dial.set(moment.knobs[i] ?? Number.NaN, moment.slopes[i] ?? Number.NaN))
    promise.draw(moment)
    set(scrubber.input, { max: last() })
    scrubber.set(step)
    stepButton.disabled = step >= last()
    rewind.disabled = step === 0
    line.say(told(recording, step) + lackOf(bowls))
  }
  draw()
  return root
}

/** Whether there is a machine to draw: it has knobs, and neither they nor the loss left the numbers. */
const drawable = ({ knobs, loss }: Moment): boolean =>
  knobs.length > 0 && [...knobs, loss].every((x) => Math.abs(x) < 1e100)

function check({ run, predict }: CockpitOptions) {
  for (const [name, found] of Object.entries({ run, predict }))
    if (typeof found !== "function")
      throw wrong("cockpit", `a function ${name}`, found, "see CockpitOptions for what it takes")
}
