import { CellError, type Position } from "../language/error.ts"
import { Stopped } from "./clock.ts"

/** What a cell's error report needs to know of its surroundings. */
export interface ErrorContext {
  /** Every name that some cell or the notebook defines. */
  names: Iterable<string>
  /** Where in the source the error was thrown, if its stack tells. */
  position: Position | undefined
}

/** Says any error that a cell can meet in words: what happened, and what to do. */
export function explain(error: unknown, context: ErrorContext): CellError {
  try {
    return words(error, context)
  } catch {
    // Even to look at it throws: a Proxy, or an object without a prototype.
    return new CellError("This cell threw something that cannot be shown", "Throw an Error instead.", context.position)
  }
}

function words(error: unknown, { names, position }: ErrorContext): CellError {
  if (error instanceof CellError) return error
  if (error instanceof Stopped) {
    return error.reason === "asked"
      ? new CellError("You stopped this cell", "Run it again when you like.")
      : new CellError(
          "This cell was stopped: it blocked the page for too long",
          "A loop may never end, or needs more time. Change it, or run it again with ten times the time.",
          { line: error.line, column: 1 },
        )
  }
  const { message = "", input } = (typeof error === "object" && error !== null ? error : {}) as {
    message?: string
    input?: string
  }
  // An error of the runtime names the input that brought it; the message may come from cells further back.
  const undefinedName = /^(\S+) is not defined$/.exec(message)?.[1]
  const twice = /^(\S+) is defined more than once$/.exec(message)?.[1]
  if (input !== undefined && input !== undefinedName && input !== twice)
    return new CellError(
      `This cell waits for ${input}, whose cell failed`,
      "Mend that cell first; this one runs again by itself.",
      undefined,
      error,
    )
  if (undefinedName) {
    const near = nearest(undefinedName, names)
    return new CellError(
      `${undefinedName} is not defined`,
      near ? `Did you mean ${near}?` : "Define it in a cell, import it, or look at its spelling.",
      position,
      error,
    )
  }
  if (message === "circular definition") {
    return new CellError(
      "This cell waits for itself",
      "Two or more cells need each other's names, in a circle. Let one of them do without.",
      undefined,
      error,
    )
  }
  if (twice)
    return new CellError(
      `${twice} is defined in more than one cell`,
      "Give one of the two another name.",
      undefined,
      error,
    )
  if (error instanceof RangeError && /call stack|recursion/i.test(message)) {
    return new CellError(
      "This cell calls itself without end",
      "A function calls itself too often. Give it a case in which it stops.",
      position,
      error,
    )
  }
  if (error instanceof Error || message) {
    const kind = error instanceof Error && error.name !== "Error" ? `${error.name}: ` : ""
    return new CellError(kind + message, "Look at what this cell computes.", position, error)
  }
  return new CellError(
    `This cell threw ${show(error)}`,
    "Throw an Error instead, with a message that says what is wrong.",
    position,
    error,
  )
}

function show(thrown: unknown): string {
  return typeof thrown === "string" ? `the text "${thrown}"` : String(thrown)
}

/** The name that differs least from a misspelt one, if it is close. */
function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(name.length / 3)) + 0.5
  for (const other of names) {
    const d = distance(name.toLowerCase(), other.toLowerCase())
    if (d < least) [best, least] = [other, d]
  }
  return best
}

/** How many characters must be changed, added or removed to make one text of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]!
}
