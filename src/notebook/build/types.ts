import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import ts from "typescript"
import { positionAt } from "../language/index.ts"
import { ambient, cellFolder, cellModules, inSource, type TypedCell } from "../language/modules.ts"
import { messageOf } from "../types/message.ts"
import { compilerOptions } from "../types/options.ts"

/** A type error in a cell: its line and column count from 1 in the cell's source. */
export interface TypeMistake {
  cell: string
  line: number
  column: number
  message: string
}

/** Where the modules stand that cells import from the site itself. */
export function ownModules(root: string): Record<string, string[]> {
  return {
    "seven-knobs": [join(root, "src/engine/index.ts")],
    "seven-knobs/figures": [join(root, "src/figures/index.ts")],
    "seven-knobs/records": [join(root, "src/content/records.ts")],
  }
}

/** Checks the cells of a chapter together, as modules that import each other's names. */
export class TypeChecker {
  readonly #root: string
  readonly #parsed = new Map<string, { text: string; file: ts.SourceFile }>()
  #old: ts.Program | undefined

  /** @param root the project's folder: cells import from it as its own modules do */
  constructor(root: string) {
    this.#root = root
  }

  check(cells: TypedCell[]): TypeMistake[] {
    const modules = cellModules(cells)
    const folder = join(this.#root, cellFolder)
    const texts = new Map([...modules.values()].map(({ file, text }) => [join(folder, file), text]))
    texts.set(join(folder, "ambient.ts"), ambient)
    const program = this.#program(texts)
    return cells.flatMap(({ name, source }) => {
      const module = modules.get(name)
      const file = module && program.getSourceFile(join(folder, module.file))
      if (!file) return []
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
        const position = positionAt(source, inSource(module, source, diagnostic.start ?? 0))
        return { cell: name, ...position, message: messageOf(ts, diagnostic) }
      })
    })
  }

  #program(texts: Map<string, string>): ts.Program {
    const options = compilerOptions(ts, ownModules(this.#root))
    const host = ts.createCompilerHost(options)
    const read = (path: string): string | undefined =>
      texts.get(path) ?? (ts.sys.fileExists(path) ? readFileSync(path, "utf8") : undefined)
    host.fileExists = (path) => texts.has(path) || ts.sys.fileExists(path)
    host.directoryExists = (path) =>
      [...texts.keys()].some((file) => dirname(file) === path) || ts.sys.directoryExists(path)
    host.readFile = read
    host.getSourceFile = (path, target) => {
      const known = this.#parsed.get(path)
      if (known && dirname(path).includes("node_modules")) return known.file
      const text = read(path)
      if (text === undefined) return undefined
      if (known?.text === text) return known.file
      const file = ts.createSourceFile(path, text, target)
      this.#parsed.set(path, { text, file })
      return file
    }
    const roots = [...texts.keys(), join(this.#root, "src/notebook/inputs.d.ts")]
    this.#old = ts.createProgram(roots, options, host, this.#old)
    return this.#old
  }
}
