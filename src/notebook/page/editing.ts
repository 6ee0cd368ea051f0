import { CellError, compile, type Position } from "../language/index.ts"
import { Output } from "../runtime/output.ts"
import type { Body } from "../runtime/notebook.ts"
import type { Cell, Chapter } from "./chapter.ts"
import { createEditor, type Editor } from "./editor.ts"
import { showError } from "./frame.ts"

/** What a reader does to the cells of a chapter: opens, changes, runs, resets them. */
export class Editing {
  readonly #chapter: Chapter
  readonly #editors = new Map<Cell, Editor>()
  readonly #outputs = new Map<Cell, Output>()

  constructor(chapter: Chapter) {
    this.#chapter = chapter
  }

  /** Puts an editor in the place of a cell's code, with the cursor where the reader clicked. */
  open(cell: Cell, at?: { x: number; y: number }): void {
    const known = this.#editors.get(cell)
    if (known) {
      known.focus()
      return
    }
    const { code } = cell.frame
    const editor = createEditor({
      parent: code,
      text: cell.text,
      label: `Code of the cell ${cell.frame.name}`,
      onChange: (text) => {
        cell.text = text
        this.#chapter.show(cell)
      },
      onRun: (stay) => {
        this.run(cell)
        if (!stay) code.focus()
      },
      onLeave: () => {
        code.focus()
      },
    })
    this.#editors.set(cell, editor)
    cell.frame.root.setAttribute("data-open", "")
    editor.focus(at)
  }

  /** Compiles and runs a cell as it stands. A mistake is shown under it, and what ran before stays. */
  run(cell: Cell): void {
    const { frame, text } = cell
    cell.ran = text
    try {
      const { locate, ...definition } = compile(text)
      const url = `cell-${frame.name}.js`
      // The reader's own code, which the reader asked to run.
      const body = (0, eval)(`(${definition.body})\n//# sourceURL=${url}`) as Body
      const output = this.#outputs.get(cell) ?? new Output(frame.output)
      this.#outputs.set(cell, output)
      showError(frame, null)
      this.#chapter.define(cell, definition, body, output, (error) => thrownAt(error, url, locate))
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.#chapter.fail(cell, error)
    }
  }

  /** Brings the article's code back. */
  reset(cell: Cell): void {
    this.#chapter.notebook.stop(cell.frame.name)
    cell.text = cell.frame.original
    cell.limit = undefined
    this.#editors.get(cell)?.replace(cell.text)
    this.run(cell)
    this.#chapter.announce(`Cell ${cell.frame.name} is as in the article again`)
  }
}

/** Reads from an error's stack where in a cell it was thrown, in Chromium's, Firefox's and WebKit's way of writing it. */
function thrownAt(error: unknown, url: string, locate: (position: Position) => Position): Position | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const [, line, column] = new RegExp(`${url.replaceAll(".", "\\.")}:(\\d+):(\\d+)`).exec(stack) ?? []
  return line ? locate({ line: Number(line), column: Number(column) }) : undefined
}
