/** A reader's change to a cell, as it is kept. */
export interface Edit {
  text: string
  /** A hash of the article's text when the edit was made: when it differs, the article has changed since. */
  original: string
  /** Whether the reader ran it; only such an edit runs again when the page is opened again. */
  hasRun: boolean
}

/** Where edits are kept between visits: the browser's own storage, one entry per cell. */
export class Store {
  readonly #prefix: string
  /** Called once, when storage is blocked or full. */
  readonly #onLost: () => void
  #isLost = false

  constructor(chapter: string, onLost: () => void) {
    this.#prefix = prefixOf(chapter)
    this.#onLost = onLost
  }

  get(cell: string): Edit | undefined {
    const text = this.#try(() => localStorage.getItem(this.#prefix + cell))
    if (!text) return undefined
    try {
      const edit = JSON.parse(text) as Edit
      return typeof edit.text === "string" && typeof edit.original === "string" ? edit : undefined
    } catch {
      return undefined
    }
  }

  set(cell: string, edit: Edit): void {
    this.#try(() => {
      localStorage.setItem(this.#prefix + cell, JSON.stringify(edit))
    })
  }

  delete(cell: string): void {
    this.#try(() => {
      localStorage.removeItem(this.#prefix + cell)
    })
  }

  /** The names of the cells with kept edits. */
  names(): string[] {
    return (this.#try(() => keys(this.#prefix)) ?? []).map((key) => key.slice(this.#prefix.length))
  }

  /** Which cell an entry that another tab wrote belongs to. */
  cellOf(key: string | null): string | undefined {
    return key?.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : undefined
  }

  /** Forgets the edits of every chapter. */
  static clear(): void {
    for (const key of keys(root)) localStorage.removeItem(key)
  }

  #try<T>(use: () => T): T | undefined {
    try {
      return use()
    } catch {
      if (!this.#isLost) this.#onLost()
      this.#isLost = true
      return undefined
    }
  }
}

/** Whether edits of a chapter are kept; cheap enough to ask on every page. */
export function hasEdits(chapter: string): boolean {
  try {
    return keys(prefixOf(chapter)).length > 0
  } catch {
    return false
  }
}

const root = "seven-knobs/edit/"

function prefixOf(chapter: string): string {
  return `${root}${chapter}/`
}

function keys(prefix: string): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
}

/** A short hash of a text (FNV-1a, 32 bits): enough to see that a text has changed. */
export function hash(text: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return (h >>> 0).toString(36)
}
