import { button, controls, slider } from "../controls.ts"
import { html, set } from "../dom.ts"
import { player } from "../play.ts"

export interface ScrubberOptions {
  /** The steps are 0 … last. */
  readonly last: number
  /** The first step of the way back: from here on the track has the colour of gradients. */
  readonly turn: number
  /** Show a step. */
  readonly go: (step: number) => void
  /** Called when it starts to play and when it stops. */
  readonly playing: (on: boolean) => void
}

export interface Scrubber {
  readonly root: HTMLElement
  readonly set: (step: number) => void
  readonly pause: () => void
}

/**
 * A range over the steps, with Back, Forward and Play; it plays while `host` is on screen. Where motion is unwelcome, a
 * press of Play is one step.
 */
export function scrubber(host: Element, { last, turn, go, playing }: ScrubberOptions): Scrubber {
  let now = 0
  const range = slider({
    label: "Step",
    min: 0,
    max: last,
    step: 1,
    value: 0,
    show: (step) => `${step} of ${last}`,
    input: (step) => moveTo(step),
  })
  const moveTo = (step: number) => {
    players.pause()
    if (step >= 0 && step <= last) go(step)
  }
  const back = button("Back", () => moveTo(now - 1))
  const forth = button("Forward", () => moveTo(now + 1))
  const play = button("Play", () => {
    if (players.playing) return players.pause()
    if (now === last) go(0)
    players.play()
  })
  const players = player(
    host,
    () => {
      go(now + 1)
      return now < last && !matchMedia("(prefers-reduced-motion: reduce)").matches
    },
    (on) => {
      play.textContent = on ? "Pause" : "Play"
      playing(on)
    },
    // A long walk is played faster: about 20 seconds from end to end.
    Math.min(1100, Math.max(250, 20_000 / last)),
  )
  const share = last > 0 ? Math.min(1, (turn - 0.5) / last) : 1
  return {
    root: html(
      "div",
      { class: "graph-scrubber", style: `--turn:${share.toFixed(3)}` },
      range.root,
      controls(back, forth, play),
    ),
    pause: () => players.pause(),
    set(step) {
      now = step
      range.set(step)
      // Not `disabled`: a button that is pressed to the end would lose the focus.
      set(back, { "aria-disabled": step === 0 ? "true" : null })
      set(forth, { "aria-disabled": step === last ? "true" : null })
    },
  }
}
