import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import ts from "typescript"
import { ambient, cellModules, checkOptions, type TypedCell } from "../language/modules.ts"

/** A type error in a cell: its line and column count from 1 in the cell's source. */
export interface TypeMistake {
  cell: string
  line: number
  column: number
  message: string
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
    const folder = join(this.#root, "src/content/cells")
    const texts = new Map([...modules.values()].map(({ file, text }) => [join(folder, file), text]))
    texts.set(join(folder, "ambient.ts"), ambient)
    const program = this.#program(texts)
    const cellOf = new Map([...modules].map(([name, { file }]) => [join(folder, file), name]))
    return [...cellOf].flatMap(([path, cell]) => {
      const file = program.getSourceFile(path)!
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ start = 0, messageText }) => {
          const { line, character } = file.getLineAndCharacterOfPosition(start)
          return { cell, line, column: character + 1, message: ts.flattenDiagnosticMessageText(messageText, "\n") }
        },
      )
    })
  }

  #program(texts: Map<string, string>): ts.Program {
    const options: ts.CompilerOptions = {
      ...checkOptions,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
      paths: {
        "seven-knobs": [join(this.#root, "src/engine/index.ts")],
        "seven-knobs/figures": [join(this.#root, "src/figures/index.ts")],
        "seven-knobs/records": [join(this.#root, "src/content/records.ts")],
      },
      resolveJsonModule: true,
    }
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
