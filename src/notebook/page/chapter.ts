import type { Definition, Position } from "../language/index.ts"
import type { Manuscript, Portable } from "../export/book.ts"
import type { CellError } from "../language/error.ts"
import { Notebook, type Body, type CellState, type Library } from "../runtime/notebook.ts"
import { Output } from "../runtime/output.ts"
import { logLine } from "./log.ts"
import { Motion, visible } from "./motion.ts"
import { frameOf, keepFocus, showError, showLog, showStanding, type Frame } from "./frame.ts"

/** A cell as the build shipped it. */
export interface ShippedCell extends Omit<Definition, "body" | "assertions"> {
  name: string
  kind: "cell" | "inline"
  body: Body
}

/** What brings a page to life. */
export interface ChapterSetup {
  /** The chapter's name: edits are kept by it. */
  chapter: string
  /** The element that holds the chapter's cells. */
  article: HTMLElement
  cells: ShippedCell[]
  libraries: Record<string, Library>
  builtins: Record<string, unknown>
  /** Resolves when the reader first does more than read. */
  acted: Promise<void>
  /** The library whose own source stands in the chapter, for a reader to change. */
  engine: {
    library: string
    /** The file that the library is imported from. */
    entry: string
    /** Its files, by path from the library's folder. */
    files(): Promise<Record<string, string>>
  }
  /** The prose and the places of the cells, for a reader who takes the chapter along. */
  manuscript(): Promise<Manuscript>
  /** What goes along of the libraries that cells import, by their names; `engine` holds the engine's files as they are now. */
  portables(engine: Record<string, string>): Promise<Record<string, Portable>>
}

/** A cell in the page, or a region of the engine: code that a reader may change. */
export interface Cell {
  readonly kind: "cell" | "engine"
  readonly frame: Frame
  /** The text that is shown, the text that ran last, and how that run stands. */
  text: string
  ran: string
  run: "idle" | "running" | "waiting" | "failed"
  /** How long it may block the page, in milliseconds, if not the usual time. */
  limit: number | undefined
  /** What a reset took away, until the next change. */
  undone: string | null
}

/** The cells of a page, taken over from what the build put there. */
export class Chapter {
  readonly setup: ChapterSetup
  readonly notebook: Notebook
  readonly cells = new Map<string, Cell>()
  #said = ""
  /** Called whenever a run of a cell is over. */
  onSettled: (cell: Cell) => void = () => undefined

  constructor(setup: ChapterSetup) {
    this.setup = setup
    this.notebook = new Notebook({ libraries: setup.libraries, builtins: setup.builtins })
    for (const root of setup.article.querySelectorAll<HTMLElement>("[data-engine]")) this.#add("engine", root)
    for (const shipped of setup.cells) {
      const root = setup.article.querySelector<HTMLElement>(`[data-cell="${shipped.name}"]`)
      if (!root) continue
      if (shipped.kind === "inline") this.#defineInline(shipped, root)
      else {
        const cell = this.#add("cell", root)
        const { frame } = cell
        this.define(
          cell,
          { ...shipped, assertions: [], body: "" },
          shipped.body,
          new Output(frame.output, { built: true }),
        )
      }
    }
  }

  /** Puts a definition in a cell's place: it and its dependents run. */
  define(
    cell: Cell,
    definition: Definition,
    body: Body,
    output: Output,
    locate?: (error: unknown) => Position | undefined,
  ): void {
    const { frame } = cell
    const motion = new Motion(frame)
    this.notebook.define({
      name: frame.name,
      definition,
      body,
      output,
      mayAdvance: () => motion.wait(),
      mayBegin: this.#chance(frame.root),
      ...(locate && { locate }),
      ...(cell.limit !== undefined && { limit: cell.limit }),
      onState: (state) => {
        this.#onState(cell, state, output)
      },
      onLog: (values, level) => {
        showLog(frame, logLine(values, level))
      },
    })
  }

  /** Shows an error that kept a cell from running at all. */
  fail(cell: Cell, error: CellError): void {
    cell.run = "failed"
    showError(cell.frame, error)
    this.show(cell)
    this.announce(`Cell ${cell.frame.name} failed: ${error.message}`)
  }

  show(cell: Cell): void {
    const { run, text, ran, frame, undone } = cell
    showStanding(frame, { run, isPending: text !== ran, differs: text !== frame.original, canUndo: undone !== null })
  }

  /** Says something about the whole chapter, at the foot of the window; a choice that returns false keeps it open. */
  tell(text: string, choices: Record<string, () => boolean> = {}): void {
    const menu = document.querySelector<HTMLElement>(".menu")!
    const back = menu.querySelector("summary")
    keepFocus(back, () => document.querySelector(".told")?.remove())
    const box = document.createElement("div")
    box.className = "told"
    box.setAttribute("role", "region")
    box.setAttribute("aria-label", "About your changes")
    const words = document.createElement("p")
    words.textContent = text
    const buttons = Object.entries({ ...choices, Close: () => true }).map(([label, choose]) => {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = label
      button.addEventListener("click", () => {
        if (choose()) keepFocus(back, () => box.remove())
      })
      return button
    })
    box.append(words, ...buttons)
    menu.after(box)
    this.announce(text)
  }

  /** Tells those who listen rather than look. */
  announce(text: string): void {
    if (text === this.#said) return
    this.#said = text
    document.querySelector("#announcer")?.replaceChildren(text)
  }

  #add(kind: Cell["kind"], root: HTMLElement): Cell {
    const frame = frameOf(root)
    const cell: Cell = {
      kind,
      frame,
      text: frame.original,
      ran: frame.original,
      run: "idle",
      limit: undefined,
      undone: null,
    }
    this.cells.set(frame.name, cell)
    return cell
  }

  #onState(cell: Cell, state: CellState, output: Output): void {
    const { frame } = cell
    if (state.is === "waiting" || state.is === "running") {
      // What the build showed stands until the first live run is over.
      if (state.is === "waiting" && output.isBuilt) return
      cell.run = state.is
      if (state.is === "running") showLog(frame, null)
      // Most runs are over before a word about them could be read.
      setTimeout(() => {
        this.show(cell)
      }, 300)
      return
    }
    frame.root.setAttribute("data-live", "")
    const isWaiting = state.is === "failed" && /^This cell waits for/.test(state.error.message)
    cell.run = state.is === "done" ? "idle" : isWaiting ? "waiting" : "failed"
    showError(
      frame,
      state.is === "failed" ? state.error : null,
      state.is === "failed" && state.canExtend ? () => this.#extend(cell) : undefined,
    )
    frame.root.toggleAttribute("data-stale", state.is === "failed")
    this.show(cell)
    this.onSettled(cell)
    if (state.is === "failed" && !isWaiting) this.announce(`Cell ${frame.name} failed: ${state.error.message}`)
  }

  #extend(cell: Cell): void {
    cell.limit = (cell.limit ?? 2000) * 10
    cell.frame.buttons.run.click()
  }

  /** When the reader comes within a window's height of an element, or does more than read: from then on all is alive. */
  #chance(root: Element): () => Promise<void> {
    let chance: Promise<void> | undefined
    return () => (chance ??= Promise.race([visible(root, "100%"), this.setup.acted]))
  }

  #defineInline(shipped: ShippedCell, root: HTMLElement): void {
    this.notebook.define({
      name: shipped.name,
      definition: { ...shipped, assertions: [], body: "" },
      body: shipped.body,
      output: new Output(root, { inline: true, built: true }),
      mayBegin: this.#chance(root),
      onState: (state) => {
        if (state.is === "done" || state.is === "failed") root.setAttribute("data-live", "")
        root.toggleAttribute("data-stale", state.is === "failed")
        if (state.is === "failed") root.title = `${state.error.message}. ${state.error.hint}`
        else root.removeAttribute("title")
      },
    })
  }
}
