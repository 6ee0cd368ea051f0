import { readFile } from "node:fs/promises"
import { CellError, compile, type Definition } from "../language/index.ts"
import { ChapterError } from "./error.ts"
import { highlight } from "./highlight.ts"
import { parseChapter, type FindRegion, type SourceCell } from "./parse.ts"
import { run, type RunnableCell } from "./run.ts"
import type { TypeChecker } from "./types.ts"

/** A cell of a chapter that was built: all that its place in the page needs. */
export interface BuiltCell extends SourceCell {
  /** What it compiles to; a region of the engine is not a cell of its own. */
  definition: Definition | null
  /** What it showed when it ran at build time, as HTML. */
  output: string
  /** Its source, coloured, as HTML. */
  code: string
}

/** What building a chapter needs to know of the site. */
export interface ChapterOptions {
  /** The modules that cells may import, and the URL of each for Node. */
  libraries: Record<string, string>
  types: TypeChecker
  findRegion: FindRegion
}

/**
 * Builds a chapter: parses, compiles, type-checks and runs its cells, and checks what its comments promise.
 * The first mistake is thrown as a `ChapterError`; if there are more, its message counts them.
 */
export async function buildChapter(
  file: string,
  { libraries, types, findRegion }: ChapterOptions,
): Promise<BuiltCell[]> {
  const source = await readFile(file, "utf8")
  const all = parseChapter(source, file, findRegion)
  const cells = all.filter(({ kind }) => kind !== "engine")
  const at = (cell: SourceCell, line: number, column: number, message: string, hint: string): ChapterError =>
    new ChapterError({
      file,
      line: cell.line + Math.max(line, 1) - 1,
      column: cell.indent + column,
      message: `Cell ${cell.name}: ${message}`,
      hint,
      source,
    })

  const compiled = cells.map((cell) => {
    try {
      const definition = plain(compile(cell.source, { assertions: true }))
      const unknown = Object.keys(definition.imports).find((module) => !(module in libraries))
      if (unknown === undefined) return { cell, definition }
      const line = cell.source.split("\n").findIndex((text) => text.includes(unknown)) + 1
      throw at(
        cell,
        line,
        1,
        `There is no module "${unknown}" here`,
        `A cell can import ${Object.keys(libraries).join(", ")}.`,
      )
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      throw at(cell, error.position?.line ?? 1, error.position?.column ?? 1, error.message, error.hint)
    }
  })
  rejectDoubles(compiled, at)

  const runnable: RunnableCell[] = compiled.map(({ cell, definition }) => ({ ...cell, definition }))
  const [{ outputs, mistakes }, mistypes] = await Promise.all([
    run({ cells: runnable, libraries, file }),
    types.check(cells),
  ])
  const byName = new Map(cells.map((cell) => [cell.name, cell]))
  const errors = [
    ...mistypes.map(({ cell, line, column, message }) =>
      at(byName.get(cell)!, line, column, message, "TypeScript found this."),
    ),
    ...mistakes.map(
      ({ cell, line, column, message, hint }) =>
        new ChapterError({ file, line, column, message: `Cell ${cell}: ${message}`, hint, source }),
    ),
    ...cells
      .filter(({ name, isFolded }) => isFolded && mistakes.length === 0 && !outputs.get(name))
      .map((cell) =>
        at(cell, 1, 1, "it shows nothing, and its code is folded away", "Write display(…) around what it should show."),
      ),
  ].sort((a, b) => a.loc.line - b.loc.line)
  if (errors.length > 0) throw withOthers(errors)

  // What the author promised was checked above; the page gets the same cells without the checks.
  return Promise.all(
    all.map(async (cell) => {
      const definition = cell.kind === "engine" ? null : plain(compile(cell.source))
      const code = cell.kind === "inline" ? "" : await highlight(cell.source)
      return { ...cell, definition, output: outputs.get(cell.name) ?? "", code }
    }),
  )
}

/** A definition as data. */
function plain({ inputs, outputs, imports, autodisplay, assertions, body }: Definition): Definition {
  return { inputs, outputs, imports, autodisplay, assertions, body }
}

type At = (cell: SourceCell, line: number, column: number, message: string, hint: string) => ChapterError

function rejectDoubles(compiled: { cell: SourceCell; definition: Definition }[], at: At): void {
  const owners = new Map<string, SourceCell>()
  for (const { cell, definition } of compiled) {
    for (const name of definition.outputs) {
      const owner = owners.get(name)
      if (owner) {
        const line =
          cell.source.split("\n").findIndex((text) => new RegExp(`\\b${name.replaceAll("$", "\\$")}\\b`).test(text)) + 1
        throw at(
          cell,
          line,
          1,
          `${name} is defined already, in the cell ${owner.name}`,
          "Give one of the two another name.",
        )
      }
      owners.set(name, cell)
    }
  }
}

function withOthers([first, ...others]: ChapterError[]): ChapterError {
  for (const other of others.slice(0, 9)) first!.message += `\n\n${other.message}`
  if (others.length > 9) first!.message += `\n\n… and ${others.length - 9} more`
  first!.stack = `ChapterError: ${first!.message}`
  return first!
}
