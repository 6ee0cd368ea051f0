import type { FormatName } from "../export/index.ts"
import { CellError } from "../language/error.ts"
import type { Cell, Chapter } from "./chapter.ts"
import { compare } from "./compare.ts"
import { Editing } from "./editing.ts"
import { showNotice } from "./frame.ts"
import { LinkError, pack, unpack, type Shared } from "./sharing.ts"
import { Store } from "./store.ts"

/** What a reader can do with a whole chapter: share it, take it along, reset it. */
export class Menu {
  readonly editing: Editing
  readonly #chapter: Chapter

  constructor(chapter: Chapter) {
    this.#chapter = chapter
    this.editing = new Editing(chapter)
  }

  /** Does what a button of the menu says. */
  do(action: string): void {
    if (action === "link") void this.#copyLink()
    else if (action.startsWith("download-")) void this.#download(action.slice("download-".length) as FormatName)
    else if (action === "reset") this.#reset(false)
    else if (action === "reset-all") this.#reset(true)
  }

  /** Shows what a link would change. Nothing of it runs until the reader says so. */
  async openLink(hash: string): Promise<void> {
    try {
      this.#offer(await unpack(hash, this.#chapter.setup.chapter))
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      this.#chapter.tell(error.message)
    }
  }

  async #copyLink(): Promise<void> {
    const cells = this.editing.edited.map(({ frame, text }) => ({ name: frame.name, text }))
    if (cells.length === 0) {
      this.#chapter.tell("You have changed nothing in this chapter yet: its plain address is all that a friend needs.")
      return
    }
    try {
      const url = new URL(location.href)
      url.hash = await pack({ chapter: this.#chapter.setup.chapter, cells })
      await navigator.clipboard.writeText(url.href).catch(() => {
        history.replaceState(null, "", url)
        throw new LinkError("The link could not be copied, but it stands in the address bar now.")
      })
      this.#chapter.tell(
        `A link with your ${cells.length === 1 ? "change" : `${cells.length} changes`} is in the clipboard. Nothing was sent anywhere: the link itself carries it.`,
      )
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      this.#chapter.tell(error.message)
    }
  }

  async #download(format: FormatName): Promise<void> {
    const { download } = await import("./download.ts")
    try {
      await download(this.#chapter, format)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      this.#chapter.tell(`The chapter could not be written: ${error.message}. ${error.hint}`)
    }
  }

  #offer({ cells }: Shared): void {
    const known = cells.flatMap(({ name, text }): { cell: Cell; text: string }[] => {
      const cell = this.#chapter.cells.get(name)
      return cell && cell.text !== text ? [{ cell, text }] : []
    })
    const missing = cells.length - cells.filter(({ name }) => this.#chapter.cells.has(name)).length
    const close = (): void => {
      for (const { cell } of known) showNotice(cell.frame, null)
      history.replaceState(null, "", location.pathname + location.search)
    }
    for (const { cell, text } of known) {
      showNotice(cell.frame, {
        text: "The link that you opened would change this cell:",
        more: compare(cell.text, text),
        choices: {},
      })
    }
    if (known.length === 0) {
      this.#chapter.tell("The link that you opened changes nothing here.")
      return
    }
    const count = known.length === 1 ? "1 cell" : `${known.length} cells`
    this.#chapter.tell(
      `The link that you opened carries somebody's changes to ${count}${missing > 0 ? ` (and ${missing} that this chapter no longer has)` : ""}. Nothing of it has run.`,
      {
        "Show the first": () => {
          known[0]!.cell.frame.root.scrollIntoView({ block: "center" })
          return false
        },
        "Use and run them": () => {
          const before = known.map(({ cell }) => ({ cell, text: cell.text }))
          close()
          this.#bring(known)
          this.#chapter.tell(`${count} changed. Reset brings the article back.`, { Undo: () => this.#bring(before) })
          return false
        },
        "Leave the article as it is": () => (close(), true),
      },
    )
  }

  #reset(everywhere: boolean): void {
    const cells = this.editing.edited.map((cell) => ({ cell, text: cell.text }))
    for (const { cell } of cells) this.editing.reset(cell)
    if (everywhere) Store.clear()
    const what = everywhere ? "Every chapter is" : "This chapter is"
    this.#chapter.tell(`${what} as it was written again.`, cells.length > 0 ? { Undo: () => this.#bring(cells) } : {})
  }

  #bring(texts: { cell: Cell; text: string }[]): true {
    for (const { cell, text } of texts) this.editing.place(cell, text)
    for (const { cell } of texts) this.editing.run(cell)
    return true
  }
}
