/** Something that moves in steps: it plays, pauses, and stops by itself. */
export interface Player {
  play: () => void
  pause: () => void
  readonly playing: boolean
}

/**
 * Call `step` every `every` milliseconds until it returns false. It waits while `host` is off screen and ends when `host`
 * leaves the page. A reader who asks for reduced motion sees the last state at once: then `step` is told that nobody sees
 * the state in between, and need not draw it.
 * @param changed called when it starts, and when it ends or is paused: draw the last state then
 */
export function player(
  host: Element,
  step: (unseen: boolean) => boolean,
  changed: (playing: boolean) => void,
  every = 60,
): Player {
  let timer: ReturnType<typeof setTimeout> | undefined
  let seen = true
  let watch: IntersectionObserver | undefined
  let playing = false

  const pause = () => {
    if (!playing) return
    playing = false
    clearTimeout(timer)
    watch?.disconnect()
    changed(false)
  }
  const tick = () => {
    if (!host.isConnected || (seen && !step(false))) pause()
    else if (playing) timer = setTimeout(tick, every)
  }
  const play = () => {
    if (playing) return
    playing = true
    changed(true)
    if (stillness()) {
      while (playing && step(true));
      pause()
      return
    }
    seen = true
    watch = new IntersectionObserver((entries) => (seen = entries.at(-1)?.isIntersecting ?? true))
    watch.observe(host)
    tick()
  }
  return {
    play,
    pause,
    get playing() {
      return playing
    },
  }
}

/** Whether to show results without motion: the reader's wish, or no screen to move on. */
const stillness = (): boolean =>
  typeof matchMedia === "undefined" || matchMedia("(prefers-reduced-motion: reduce)").matches
