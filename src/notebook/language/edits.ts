/** Replacements in a text, made at its original offsets and applied at once. What is opened first is closed last. */
export class Edits {
  readonly #text: string
  readonly #edits: { start: number; end: number; text: string; order: number }[] = []

  constructor(text: string) {
    this.#text = text
  }

  /** Puts `opening` before and `closing` after a range; pairs made later nest inside. */
  wrap(start: number, end: number, opening: string, closing: string): void {
    this.insert(start, opening)
    this.#edits.push({ start: end, end, text: closing, order: -this.#edits.length })
  }

  /** Puts `text` before what stands at `offset`. Insertions at one offset keep the order in which they were made. */
  insert(offset: number, text: string): void {
    this.replace(offset, offset, text)
  }

  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, order: this.#edits.length })
  }

  /** Overwrites a range with spaces and keeps its line breaks, so that no other character moves. */
  blank(start: number, end: number, first = " "): void {
    const spaces = this.#text.slice(start, end).replace(/[^\r\n]/g, " ")
    this.replace(start, end, spaces && first + spaces.slice(1))
  }

  toString(): string {
    let result = ""
    let at = 0
    for (const { start, end, text } of this.#inOrder()) {
      result += this.#text.slice(at, start) + text
      at = end
    }
    return result + this.#text.slice(at)
  }

  /** Where a character of the edited text stood in the original; what was inserted stands where it was put. */
  origin(offset: number): number {
    let shift = 0
    for (const { start, end, text } of this.#inOrder()) {
      if (start + shift >= offset) break
      if (start + shift + text.length > offset) return start
      shift += text.length - (end - start)
    }
    return offset - shift
  }

  /** An edit inside what another one replaces is dropped. */
  #inOrder(): { start: number; end: number; text: string }[] {
    let at = 0
    return this.#edits
      .toSorted((a, b) => a.start - b.start || a.order - b.order)
      .filter(({ start, end }) => start >= at && ((at = end), true))
  }
}
