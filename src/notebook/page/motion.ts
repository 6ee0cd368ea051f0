import { keepFocus, type Frame } from "./frame.ts"

/** When a cell that changes by itself may go on: while it is in view, and where less motion is wished only once asked. */
export class Motion {
  readonly #frame: Frame
  #isAsked = false

  constructor(frame: Frame) {
    this.#frame = frame
  }

  async wait(): Promise<void> {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && !this.#isAsked) await this.#asked()
    await visible(this.#frame.output)
  }

  #asked(): Promise<void> {
    const { play } = this.#frame.buttons
    play.hidden = false
    return new Promise((resolve) => {
      play.addEventListener(
        "click",
        () => {
          this.#isAsked = true
          keepFocus(this.#frame.buttons.run, () => (play.hidden = true))
          resolve()
        },
        { once: true },
      )
    })
  }
}

/** Resolves once an element is in view, or so close to the window; `100%` is one window's height away. */
export function visible(element: Element, rootMargin = "0px"): Promise<void> {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        observer.disconnect()
        resolve()
      },
      { rootMargin },
    )
    observer.observe(element)
  })
}
