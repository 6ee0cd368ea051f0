import { CellError, compile, type Position } from "../language/index.ts"
import { Output } from "../runtime/output.ts"
import type { Body } from "../runtime/notebook.ts"
import type { Cell, Chapter } from "./chapter.ts"
import { compare } from "./compare.ts"
import { createEditor, type Editor } from "./editor.ts"
import { EngineError, evaluateEngine } from "./engine.ts"
import { showError, showNotice } from "./frame.ts"
import { hash, Store } from "./store.ts"
import { lastVisitBroke, onLeft } from "./visits.ts"
import { Typing } from "./typing.ts"

/** What a reader does to the cells of a chapter: opens, changes, runs, compares, resets them; and what is kept of it. */
export class Editing {
  readonly chapter: Chapter
  readonly #store: Store
  readonly #editors = new Map<Cell, Editor>()
  readonly #outputs = new Map<Cell, Output>()
  readonly #typing = new Typing(() =>
    [...this.chapter.cells].map(([name, { kind, text }]) => ({ kind, name, source: text })),
  )
  /** Nothing runs by itself after a visit that broke. */
  readonly #mayRun = !lastVisitBroke()
  #engineIsChanged = false
  #engineRuns = 0

  constructor(chapter: Chapter) {
    this.chapter = chapter
    this.#store = new Store(chapter.setup.chapter, () => {
      chapter.tell(
        "This browser does not keep your changes: its storage is blocked or full. They last until you leave this page.",
      )
    })
    chapter.onSettled = (cell) => {
      if (cell.ran !== cell.frame.original) this.#keep(cell)
    }
    // A change that takes the page away, or the cell out of the page, does not do so again at every visit.
    addEventListener("pagehide", () => {
      for (const cell of this.edited) if (!cell.frame.root.isConnected) this.#keep(cell, false)
    })
    onLeft(() => {
      for (const cell of this.edited) this.#keep(cell, false)
    })
    addEventListener("storage", ({ key, newValue }) => {
      const cell = this.chapter.cells.get(this.#store.cellOf(key) ?? "")
      if (cell && newValue !== null) this.#offerFromOtherTab(cell)
    })
  }

  /** The cells that differ from the article. */
  get edited(): Cell[] {
    return [...this.chapter.cells.values()].filter(({ text, frame }) => text !== frame.original)
  }

  /** Brings back what was kept from an earlier visit; only what the reader had run, and what ended, runs again. */
  restore(): void {
    for (const name of this.#store.names()) {
      const cell = this.chapter.cells.get(name)
      const edit = this.#store.get(name)
      if (!cell || !edit || edit.text === cell.frame.original) continue
      if (edit.original !== hash(cell.frame.original)) {
        this.#ask(cell, "The article has changed here since you changed it.", edit.text, {
          "Keep mine": () => this.#bring(cell, edit.text, edit.hasRun && this.#mayRun),
          "Take the article's": () => this.#store.delete(name),
        })
      } else this.#bring(cell, edit.text, edit.hasRun && this.#mayRun)
    }
  }

  /** Puts an editor in the place of a cell's code, with the cursor where the reader clicked. */
  open(cell: Cell, at?: { x: number; y: number }): Editor {
    const editor = this.#editors.get(cell) ?? this.#createEditor(cell)
    editor.focus(at)
    return editor
  }

  /** Runs a cell as it stands. A mistake is shown under it, and what ran before stays. */
  run(cell: Cell): void {
    cell.ran = cell.text
    this.#keep(cell, false)
    if (cell.kind === "engine") void this.#runEngine(cell)
    else this.#runCell(cell)
  }

  /** Brings the article's code back. */
  reset(cell: Cell): void {
    if (cell.text === cell.frame.original) return
    const { text } = cell
    this.chapter.notebook.stop(cell.frame.name)
    cell.limit = undefined
    this.#write(cell, cell.frame.original)
    cell.undone = text
    this.#store.delete(cell.frame.name)
    showNotice(cell.frame, null)
    this.run(cell)
    this.chapter.announce(`${cell.frame.name} is as in the article again`)
  }

  /** Takes a reset back. The text returns; it runs when the reader says so. */
  undo(cell: Cell): void {
    if (cell.undone === null) return
    this.#write(cell, cell.undone)
    this.chapter.announce(`Your change of ${cell.frame.name} is back; run it to see what it does`)
  }

  /** Shows or hides how a cell differs from the article. */
  compare(cell: Cell): void {
    if (cell.frame.root.querySelector(".cell-notice .cell-diff")) showNotice(cell.frame, null)
    else
      showNotice(cell.frame, {
        text: "Your changes",
        more: compare(cell.frame.original, cell.text),
        choices: { Close: () => undefined },
      })
  }

  /** Puts a text in a cell's place without running it. */
  place(cell: Cell, text: string): void {
    this.#write(cell, text)
    this.#keep(cell, false)
  }

  #createEditor(cell: Cell): Editor {
    const { code, name } = cell.frame
    const editor = createEditor({
      parent: code,
      text: cell.text,
      label: cell.kind === "engine" ? `The engine's source ${name}` : `Code of the cell ${name}`,
      onChange: (text) => {
        cell.text = text
        cell.undone = null
        this.#keep(cell, false)
        this.chapter.show(cell)
      },
      onRun: (stay) => {
        this.run(cell)
        if (!stay) code.focus()
      },
      onLeave: () => {
        code.focus()
      },
      extensions: this.#typing.extension(name),
    })
    this.#editors.set(cell, editor)
    cell.frame.root.setAttribute("data-open", "")
    cell.frame.root.querySelector("details")?.setAttribute("open", "")
    return editor
  }

  #write(cell: Cell, text: string): void {
    cell.text = text
    const editor = this.#editors.get(cell)
    if (editor) editor.replace(text)
    else if (text === cell.frame.original) cell.frame.restore()
    else this.#createEditor(cell)
    this.chapter.show(cell)
  }

  #bring(cell: Cell, text: string, run: boolean): void {
    this.#write(cell, text)
    if (run) this.run(cell)
    else this.chapter.show(cell)
  }

  /** A run that did not end, or that took the cell out of the page, is not repeated by itself at the next visit. */
  #keep(cell: Cell, hasRun = cell.ran === cell.text && cell.run !== "running" && cell.frame.root.isConnected): void {
    const { name, original } = cell.frame
    if (cell.text === original) this.#store.delete(name)
    else this.#store.set(name, { text: cell.text, original: hash(original), hasRun })
  }

  #ask(cell: Cell, text: string, other: string, choices: Record<string, () => void>): void {
    showNotice(cell.frame, { text, more: compare(cell.frame.original, other), choices })
  }

  #offerFromOtherTab(cell: Cell): void {
    const edit = this.#store.get(cell.frame.name)
    if (!edit || edit.text === cell.text) return
    this.#ask(cell, "You changed this cell in another tab.", edit.text, {
      "Take it here": () => this.place(cell, edit.text),
      "Keep what is here": () => undefined,
    })
  }

  #runCell(cell: Cell): void {
    const { frame, text } = cell
    let mentions: (name: string) => Position | undefined = () => undefined
    try {
      const compiled = compile(text)
      mentions = compiled.mentions
      const url = `cell-${frame.name}.js`
      // The reader's own code, which the reader asked to run.
      const body = (0, eval)(`(${compiled.body})\n//# sourceURL=${url}`) as Body
      const output = this.#outputs.get(cell) ?? new Output(frame.output)
      this.#outputs.set(cell, output)
      const where = (error: unknown): Position | undefined =>
        thrownAt(error, url, compiled.locate) ?? mentions(nameIn(error))
      this.chapter.define(cell, compiled, body, output, where)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.chapter.fail(
        cell,
        new CellError(error.message, error.hint, error.position ?? mentions(nameIn(error)), error),
      )
    }
  }

  /**
   * Evaluates the engine again with every change to it on the page; the old one stays where that fails. Where another run
   * begins meanwhile, that one decides.
   */
  async #runEngine(cell: Cell): Promise<void> {
    const run = ++this.#engineRuns
    const { setup, notebook, cells } = this.chapter
    const { engine } = setup
    const edits = [...cells.values()]
      .filter((c) => c.kind === "engine" && c.ran !== c.frame.original)
      .map(({ frame, ran }) => ({ name: frame.name, text: ran }))
    try {
      if (edits.length > 0) {
        const changed = await evaluateEngine(await engine.files(), engine.entry, edits, notebook.clock)
        if (run !== this.#engineRuns) return
        notebook.replaceLibrary(engine.library, () => Promise.resolve(changed))
        this.#engineIsChanged = true
      } else if (this.#engineIsChanged) {
        notebook.replaceLibrary(engine.library, setup.libraries[engine.library]!)
        this.#engineIsChanged = false
      }
      for (const other of cells.values()) if (other.kind === "engine") this.#passed(other)
      this.#keep(cell, true)
      this.chapter.announce(
        edits.length > 0 ? "The page runs on your engine now" : "The page runs on the article's engine again",
      )
    } catch (error) {
      if (!(error instanceof EngineError)) throw error
      if (run !== this.#engineRuns) return
      const guilty = cells.get(error.region) ?? cell
      this.chapter.fail(guilty, error)
    }
  }

  #passed(cell: Cell): void {
    cell.run = "idle"
    showError(cell.frame, null)
    this.chapter.show(cell)
  }
}

/** Reads from an error's stack where in a cell it was thrown, in Chromium's, Firefox's and WebKit's way of writing it. */
function thrownAt(error: unknown, url: string, locate: (position: Position) => Position): Position | undefined {
  if (!(error instanceof Error)) return undefined
  const { stack = "", line: ownLine, column: ownColumn = 1 } = error as Error & { line?: number; column?: number }
  const [, line, column] = new RegExp(`${url.replaceAll(".", "\\.")}:(\\d+):(\\d+)`).exec(stack) ?? []
  if (line) return locate({ line: Number(line), column: Number(column) })
  // WebKit does not name evaluated code in a stack; the error itself tells its place.
  return ownLine && /^[^@\n]*@(\n|$)/.test(stack) ? locate({ line: ownLine, column: ownColumn }) : undefined
}

/** The name or the module that an error is about. */
function nameIn(error: unknown): string {
  const message = error instanceof Error ? error.message : ""
  return /^(\S+) is (?:not )?defined/.exec(message)?.[1] ?? /^There is no module "(.+)" here$/.exec(message)?.[1] ?? ""
}
