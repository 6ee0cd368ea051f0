/** Code that blocked the page for longer than it may, or that the reader stopped. */
export class Stopped extends Error {
  override name = "Stopped"
  readonly line: number
  readonly reason: "blocked" | "asked"

  constructor(line: number, reason: "blocked" | "asked") {
    super(reason === "blocked" ? "The cell blocked the page for too long" : "The cell was stopped")
    this.line = line
    this.reason = reason
  }
}

/** After this many milliseconds, code that can wait lets the page breathe: one frame at 60 Hz, less what the page needs. */
export const breath = 12

/** How long the task that is running now has run: the time since the page last could react, in milliseconds. */
export class Clock {
  #start = 0
  #task = 0
  readonly #channel = new MessageChannel()

  constructor() {
    this.#channel.port1.onmessage = () => {
      this.#start = 0
    }
  }

  elapsed(): number {
    const now = performance.now()
    if (this.#start === 0) {
      this.#start = this.#task = now
      this.#channel.port2.postMessage(null)
    }
    return now - this.#start
  }

  /** A cell begins: what others did before it in this task is not its doing. */
  begin(): void {
    this.#start += this.elapsed()
  }

  /** How long the task has run, whoever's doing it is. */
  whole(): number {
    return this.elapsed() + this.#start - this.#task
  }

  /** Resolves in a new task, after input and painting had their turn: a timer, unlike a message, leaves them time. */
  nextTask(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#start = 0
        resolve()
      })
    })
  }

  dispose(): void {
    this.#channel.port1.close()
  }
}

/** How many checkpoints to pass before the clock is read again, so that reading it costs next to nothing. */
export class Pace {
  #stride = 1
  #left = 1
  #last = 0

  isTime(): boolean {
    return --this.#left <= 0
  }

  /** Takes a reading, and aims at one a millisecond. */
  measured(elapsed: number): number {
    const passed = elapsed - this.#last
    this.#stride = passed >= 0 && passed < 1 ? Math.min(this.#stride * 2, 4096) : Math.max(this.#stride >> 1, 1)
    this.#left = this.#stride
    this.#last = elapsed
    return elapsed
  }
}
