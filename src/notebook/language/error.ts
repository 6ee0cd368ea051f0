/** Where in a cell's source something is: both count from 1. */
export interface Position {
  line: number
  column: number
}

/**
 * What went wrong with a cell, said to a reader: `message` tells what was found, `hint` what to do about it, and
 * `position` where in the cell's source, when that is known.
 */
export class CellError extends Error {
  override name = "CellError"
  readonly hint: string
  readonly position: Position | undefined

  constructor(message: string, hint: string, position?: Position, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.hint = hint
    this.position = position
  }
}

/** The position of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf("\n") + 1
  return { line: before.split("\n").length, column: offset - start + 1 }
}
