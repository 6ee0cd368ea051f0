/** What the type checker says of a cell. Positions are offsets in the cell's source. */

/** Something that does not fit. */
export interface Mistake {
  from: number
  to: number
  message: string
}

/** A piece of code: its text, and the word for its colour, if it has one. */
export interface Piece {
  text: string
  colour?: "keyword" | "string" | "number"
}

/** What a name is. */
export interface Description {
  /** Its kind, name and type, as code. */
  signature: Piece[]
  /** Its doc comment: paragraphs, with code between backticks. */
  documentation: string
  /** The cell that it comes from, if that is another one. */
  cell: string | undefined
}

/** What the name under a position is. */
export interface Hover extends Description {
  from: number
  to: number
}

/** What could stand at a position: `from` is where the word that is being typed begins. */
export interface Completions {
  from: number
  entries: Completion[]
}

export interface Completion {
  name: string
  kind: CompletionKind
  /** It belongs to the language or the browser, not to the cells or to the value before the dot. */
  isFar: boolean
}

export type CompletionKind =
  "class" | "function" | "interface" | "keyword" | "method" | "namespace" | "property" | "text" | "type" | "variable"

/** The call that a position is in. */
export interface Signature {
  /** Where the arguments begin. */
  from: number
  /** What stands before, between and after the parameters. */
  head: Piece[]
  separator: Piece[]
  tail: Piece[]
  parameters: { pieces: Piece[]; documentation: string }[]
  /** Which parameter the position is at, from 0. */
  active: number
  documentation: string
}
