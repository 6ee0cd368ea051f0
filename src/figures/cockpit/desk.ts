import { controls, slider, toggle } from "../controls.ts"
import { html } from "../dom.ts"
import { brief } from "../format.ts"
import type { Settings } from "./record.ts"

export interface DeskOptions {
  readonly start: Settings
  /** The learning rates on the slider, from low to high. */
  readonly rates: readonly number[]
  /** The highest seed. */
  readonly seeds: number
  readonly faults: readonly string[]
  readonly change: (settings: Settings) => void
}

/** Where the reader sets a run: its learning rate, its seed, its break-it switches. `reset` goes back to `start`. */
export function desk({ start, rates, seeds, faults, change }: DeskOptions) {
  let now = start
  const turn = (part: Partial<Settings>) => {
    now = { ...now, ...part }
    change(now)
  }
  const rate = slider({
    label: "learning rate",
    min: 0,
    max: rates.length - 1,
    step: 1,
    value: rates.indexOf(start.learningRate),
    show: (i) => brief(rates[i]!),
    input: (i) => turn({ learningRate: rates[i]! }),
  })
  const seed = slider({
    label: "seed",
    min: 0,
    max: seeds,
    step: 1,
    value: start.seed,
    show: (seed) => (seed === 0 ? "fixed start" : String(seed)),
    input: (seed) => turn({ seed }),
  })
  const switches = faults.map((fault) =>
    toggle(fault, (on) =>
      turn({ faults: faults.filter((other) => (other === fault ? on : now.faults.includes(other))) }),
    ),
  )
  const roots = [
    controls(rate.root, seed.root),
    ...(faults.length > 0
      ? [html("fieldset", { class: "switches" }, html("legend", {}, "Break it"), ...switches.map(({ root }) => root))]
      : []),
  ]
  const reset = () => {
    rate.set(rates.indexOf(start.learningRate))
    seed.set(start.seed)
    switches.forEach(({ input }) => (input.checked = false))
    turn(start)
  }
  return { roots, reset }
}
