import type ts from "typescript"
import { ambient, cellFolder, inSource, outline } from "../language/modules.ts"
import type { Completions, Description, Hover, Mistake, Signature } from "./answers.ts"
import { completion } from "./completions.ts"
import { pieces, prose } from "./describe.ts"
import { Files, hostOf } from "./host.ts"
import { messageOf } from "./message.ts"
import { compilerOptions } from "./options.ts"
import { isIn, Places, type LiveCell, type Place } from "./places.ts"

/** What cells are checked against. */
export interface TypeFiles {
  /** Sources and declarations, by their paths from "/", the project's folder; TypeScript's own libraries stand in `/lib`. */
  files: Record<string, string>
  /** Where modules stand that have no package. */
  paths: Record<string, string[]>
  /** The files that no cell imports and every cell sees. */
  roots: string[]
  /** The folder of the engine. */
  engine: string
}

/** TypeScript over the cells of a chapter as they stand. Positions are offsets in a cell's source. */
export interface TypeService {
  /** Takes the place of all cells that it knew. */
  update(cells: LiveCell[]): void
  /** What TypeScript finds wrong in a cell; of a half-typed one only its grammar. */
  diagnostics(cell: string): Mistake[]
  hover(cell: string, position: number): Hover | null
  complete(cell: string, position: number): Completions | null
  /** What one of the completions at a position is. */
  describe(cell: string, position: number, name: string): Description | null
  signature(cell: string, position: number): Signature | null
}

/** A cell with more mistakes than these shows no more of them: something else was pasted than TypeScript. */
const most = 100

/**
 * Starts TypeScript's language service.
 * @param typescript the module `typescript`, which the caller loads
 */
export function createTypeService({
  files: { files: texts, paths, roots, engine },
  typescript,
}: {
  files: TypeFiles
  typescript: typeof ts
}): TypeService {
  const ambientPath = `/${cellFolder}/ambient.ts`
  const files = new Files({ ...texts, [ambientPath]: ambient })
  const places = new Places(typescript, files, engine)
  const service = typescript.createLanguageService(
    hostOf(typescript, files, compilerOptions(typescript, paths), () => [...roots, ambientPath, ...places.paths()]),
  )

  /** Where a declaration stands, if that is another cell, and what is documented there. */
  function elsewhere(known: Place, name: string, path: string, start: number): Partial<Description> {
    if (known.kind === "engine" || (path === known.path && start >= known.start)) return {}
    const program = service.getProgram()!
    const checker = program.getTypeChecker()
    for (const [cell, other] of places.cells()) {
      if (other === known || (path !== known.path && path !== other.path)) continue
      const module = checker.getSymbolAtLocation(program.getSourceFile(other.path)!)
      const exported = module && checker.tryGetMemberInModuleExports(name, module)
      if (!exported) continue
      const symbol = exported.flags & typescript.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      return { cell, documentation: prose(symbol.getDocumentationComment(checker), symbol.getJsDocTags(checker)) }
    }
    return {}
  }

  /** Of a file's mistakes those in a region of it; if there are none, the first that a change to it makes in no region. */
  function mistakesOf(region: Place, found: ts.Diagnostic[]): ts.Diagnostic[] {
    const own = found.filter(({ start = 0 }) => isIn(region, region.path, start))
    if (own.length > 0 || !region.isChanged) return own
    return found.filter(({ start = 0 }) => !places.isTaken(region.path, start)).slice(0, 1)
  }

  /** Asks about a position of a cell, in the coordinates of its module. */
  function at<T>(cell: string, position: number, ask: (known: Place, position: number) => T | null): T | null {
    const known = places.get(cell)
    return known ? ask(known, known.start + Math.min(Math.max(position, 0), known.source.length)) : null
  }

  return {
    update(cells) {
      places.update(cells)
    },

    diagnostics(cell) {
      const known = places.get(cell)
      if (!known) return []
      const { kind, path, source } = known
      const syntactic = service.getSyntacticDiagnostics(path)
      const isWhole = syntactic.length === 0 || (kind === "cell" && outline(source) !== null)
      const found = isWhole ? [...syntactic, ...service.getSemanticDiagnostics(path)] : syntactic
      const own = kind === "cell" ? found : mistakesOf(known, found)
      return own.slice(0, most).map((diagnostic) => {
        const { start = 0, length = 0 } = diagnostic
        return {
          from: inSource(known, source, start),
          to: inSource(known, source, start + length),
          message: messageOf(typescript, diagnostic),
        }
      })
    },

    hover: (cell, position) =>
      at(cell, position, (known, position) => {
        const info = service.getQuickInfoAtPosition(known.path, position)
        if (!info || info.textSpan.start < known.start) return null
        const from = info.textSpan.start - known.start
        const to = from + info.textSpan.length
        const [definition] = service.getDefinitionAtPosition(known.path, position) ?? []
        const other =
          definition && elsewhere(known, known.source.slice(from, to), definition.fileName, definition.textSpan.start)
        return { from, to, ...description(info, other) }
      }),

    complete: (cell, position) =>
      at(cell, position, ({ path, start, source }, position) => {
        const found = service.getCompletionsAtPosition(path, position, {})
        if (!found) return null
        const word = found.entries.find((entry) => entry.replacementSpan)?.replacementSpan
        const typed = /[\w$]*$/.exec(source.slice(0, position - start))![0]
        const isHead = (name: string): boolean => files.read(path)!.slice(0, start).includes(` as ${name} }`)
        return {
          from: word ? word.start - start : position - start - typed.length,
          entries: found.entries.filter(({ name }) => !name.startsWith("$") || !isHead(name)).map(completion),
        }
      }),

    describe: (cell, position, name) =>
      at(cell, position, (known, position) => {
        const details = service.getCompletionEntryDetails(known.path, position, name, {}, undefined, {}, undefined)
        if (!details) return null
        const symbol = service.getCompletionEntrySymbol(known.path, position, name, undefined)
        const [declaration] = symbol?.declarations ?? []
        const other =
          declaration && elsewhere(known, name, declaration.getSourceFile().fileName, declaration.getStart())
        return description(details, other)
      }),

    signature: (cell, position) =>
      at(cell, position, ({ path, start }, position) => {
        const found = service.getSignatureHelpItems(path, position, {})
        const item = found?.items[found.selectedItemIndex]
        if (!found || !item) return null
        return {
          from: found.applicableSpan.start - start,
          head: pieces(item.prefixDisplayParts),
          separator: pieces(item.separatorDisplayParts),
          tail: pieces(item.suffixDisplayParts),
          parameters: item.parameters.map(({ displayParts, documentation }) => ({
            pieces: pieces(displayParts),
            documentation: prose(documentation),
          })),
          active: Math.min(found.argumentIndex, item.parameters.length - 1),
          documentation: prose(
            item.documentation,
            item.tags.filter(({ name }) => name !== "param"),
          ),
        }
      }),
  }
}

type Details = Pick<ts.QuickInfo, "displayParts" | "documentation" | "tags">

function description({ displayParts, documentation, tags }: Details, other: Partial<Description> = {}): Description {
  return {
    signature: pieces(displayParts),
    documentation: prose(documentation, tags) || other.documentation || "",
    cell: other.cell,
  }
}
