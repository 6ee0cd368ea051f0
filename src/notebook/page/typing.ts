import { StateEffect, type Extension } from "@codemirror/state"
import { ViewPlugin, type EditorView } from "@codemirror/view"
import type { LiveCell } from "../types/places.ts"

/** Brings the type checker to a page's editors: in the background, after the first edit, never to a reader who saves data. */
export class Typing {
  readonly #cells: () => LiveCell[]
  readonly #waiting = new Map<EditorView, string>()
  #support: ((cell: string) => Extension) | undefined
  #isStarted = false

  /** @param cells the chapter's cells as they stand */
  constructor(cells: () => LiveCell[]) {
    this.#cells = cells
  }

  /** What the editor of a cell needs: it has types when they are there. */
  extension(cell: string): Extension {
    if (this.#support) return this.#support(cell)
    return ViewPlugin.define((view) => {
      this.#waiting.set(view, cell)
      return {
        update: ({ docChanged }) => {
          if (docChanged) this.#start()
        },
        destroy: () => void this.#waiting.delete(view),
      }
    })
  }

  #start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const { connection } = navigator as { connection?: { saveData?: boolean } }
    if (connection?.saveData) return
    const load = (): void => void this.#load().catch(() => console.info("The type checker could not be loaded."))
    if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: 2000 })
    else setTimeout(load, 500)
  }

  async #load(): Promise<void> {
    const [{ startTypes }, { typeSupport }] = await Promise.all([
      import("../types/start.ts"),
      import("../types/editor/index.ts"),
    ])
    const client = startTypes(this.#cells)
    if (!(await client.ready)) throw new Error("its worker did not start")
    this.#support = (cell) => typeSupport(client, cell)
    for (const [view, cell] of this.#waiting) {
      view.dispatch({ effects: StateEffect.appendConfig.of(this.#support(cell)) })
    }
    this.#waiting.clear()
  }
}
