import { compile, compileAsync, hinge, l2, MLP, type CompileOptions } from "../../src/engine/index.ts"

/** What compiling a network does to a page that has done nothing before. */
export interface Compiling {
  /** The longest time that nothing else could run, in ms: while it compiled, and in half a second of idling before. */
  blocked: number
  idle: number
  /** How long compiling took, with what ran in between. */
  time: number
  bytes: number
}

/**
 * Notes how long nothing else could run: two chains of small tasks, one of timers and one of messages, want the thread all
 * the time. (Some browsers let timers wait for four milliseconds, and some send messages by way of another process.)
 */
class Ticker {
  #longest = 0
  #last = performance.now()
  #on = true
  #over: () => void = () => undefined

  constructor() {
    const { port1, port2 } = new MessageChannel()
    const tick = (again: () => void): void => {
      const now = performance.now()
      this.#longest = Math.max(this.#longest, now - this.#last)
      this.#last = now
      if (this.#on) again()
      else this.#over()
    }
    const send = (): void => port2.postMessage(0)
    port1.onmessage = () => tick(send)
    const wait = (): void => void setTimeout(() => tick(wait))
    send()
    wait()
  }

  /** The longest time, up to now. */
  async stop(): Promise<number> {
    this.#on = false
    await new Promise<void>((resolve) => (this.#over = resolve))
    return this.#longest
  }
}

/** The moons demo with `hidden` units in each of two layers, as the chapter "Choices" compiles it. */
function program(hidden: number): CompileOptions {
  const model = new MLP(2, [hidden, hidden, 1], { activation: "relu" })
  const parameters = model.parameters()
  return {
    parameters,
    inputs: 2,
    targets: 1,
    row: (x, y) => hinge(model.forward(x), y),
    penalty: () => l2(parameters).mul(1e-4 * parameters.length),
    output: (x) => model.forward(x),
  }
}

/** Compiles once, `inSlices` (`compileAsync`) or in one go (`compile`). */
export async function compiling(hidden: number, inSlices: boolean): Promise<Compiling> {
  const before = new Ticker()
  await new Promise((resolve) => setTimeout(resolve, 500))
  const idle = await before.stop()
  const options = program(hidden)
  const ticker = new Ticker()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const start = performance.now()
  const { bytes } = inSlices ? await compileAsync(options) : compile(options)
  const time = performance.now() - start
  return { blocked: await ticker.stop(), idle, time, bytes }
}
