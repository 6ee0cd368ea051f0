import { relative } from "node:path"

/** A mistake in a chapter: which file and line, what it is, what to do, and the line itself. */
export class ChapterError extends Error {
  override name = "ChapterError"
  readonly loc: { file: string; line: number; column: number }
  readonly frame: string
  readonly hint: string

  constructor({
    file,
    line,
    column,
    message,
    hint,
    source,
  }: {
    file: string
    line: number
    column: number
    message: string
    hint: string
    source: string
  }) {
    const text = source.split("\n")[line - 1] ?? ""
    const frame = `${String(line).padStart(5)} | ${text}\n${" ".repeat(5)} | ${" ".repeat(Math.max(column - 1, 0))}^`
    super(`${relative(process.cwd(), file)}:${line}:${column}\n${message}\n${frame}\n${hint}`)
    this.loc = { file, line, column }
    this.frame = frame
    this.hint = hint
    // A mistake of the author needs no trace of the builder.
    this.stack = `ChapterError: ${this.message}`
  }
}
