import type { Asking, FromWorker, ToWorker } from "./protocol.ts"
import type { LiveCell } from "./places.ts"
import type { TypeService } from "./service.ts"

/** What the client needs of a worker. */
export type TypeWorker = Pick<Worker, "onmessage" | "onerror" | "postMessage" | "terminate">

type Answer<A extends Asking> = Promise<ReturnType<TypeService[A]> | null>

/**
 * The page's side of the type checker. Every answer is about the cells as they stand when it arrives: if a cell changes
 * before, the answer is null; and so is every answer when there is no worker.
 */
export class TypeClient {
  /** Whether the worker came to life. */
  readonly ready: Promise<boolean>
  readonly #cells: () => LiveCell[]
  readonly #pending = new Map<number, (answer: unknown) => void>()
  readonly #listeners = new Set<(changed: ReadonlySet<string>) => void>()
  #worker: TypeWorker | undefined
  #sent = new Map<string, string>()
  #version = 0
  #questions = 0

  /**
   * @param start makes the worker
   * @param files the address of what it reads first
   * @param cells the cells as they stand; asked before every question
   */
  constructor(start: () => TypeWorker, files: string, cells: () => LiveCell[]) {
    this.#cells = cells
    this.ready = new Promise((resolve) => {
      const fail = (): void => {
        this.stop()
        resolve(false)
      }
      try {
        const worker = (this.#worker = start())
        worker.onerror = fail
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          if (data.type === "ready") resolve(true)
          else if (data.type === "failed") fail()
          else this.#settle(data.id, data.answer)
        }
        this.#post({ type: "start", files })
      } catch {
        fail()
      }
    })
  }

  diagnostics(cell: string): Answer<"diagnostics"> {
    return this.#ask("diagnostics", [cell])
  }

  hover(cell: string, position: number): Answer<"hover"> {
    return this.#ask("hover", [cell, position])
  }

  complete(cell: string, position: number): Answer<"complete"> {
    return this.#ask("complete", [cell, position])
  }

  describe(cell: string, position: number, name: string): Answer<"describe"> {
    return this.#ask("describe", [cell, position, name])
  }

  signature(cell: string, position: number): Answer<"signature"> {
    return this.#ask("signature", [cell, position])
  }

  /** Calls back when the worker is told of cells that changed, until the function that is returned is called. */
  onChange(listener: (changed: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Ends the worker. */
  stop(): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#dropAll()
  }

  async #ask<A extends Asking>(ask: A, args: Parameters<TypeService[A]>): Answer<A> {
    // An editor may ask in the middle of an update, before the cells as they stand are known.
    await Promise.resolve()
    this.#update()
    if (!this.#worker) return null
    const id = ++this.#questions
    const answer = new Promise<unknown>((resolve) => this.#pending.set(id, resolve))
    this.#post({ type: "question", id, version: this.#version, ask, args })
    return answer as Answer<A>
  }

  /** Tells the worker what changed since it was asked last. */
  #update(): void {
    const cells = this.#cells()
    const next = new Map(cells.map(({ name, source }) => [name, source]))
    const names = new Set([...next.keys(), ...this.#sent.keys()])
    const changed = new Set([...names].filter((name) => next.get(name) !== this.#sent.get(name)))
    if (changed.size === 0) return
    this.#sent = next
    this.#dropAll()
    this.#post({ type: "update", version: ++this.#version, cells })
    for (const listener of this.#listeners) listener(changed)
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message)
  }

  #settle(id: number, answer: unknown): void {
    this.#pending.get(id)?.(answer)
    this.#pending.delete(id)
  }

  #dropAll(): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, null)
  }
}
