import { declarations, type Declaration } from "./declarations.ts"
import { parseTypeScript } from "./syntax.ts"

/** A cell as a TypeScript module: one line of head, then its source, so that line n of the source is line n + 1 here. */
export interface CellModule {
  /** The file's name, from the cell's. */
  file: string
  text: string
}

/** A cell to be type-checked with its neighbours. */
export interface TypedCell {
  name: string
  source: string
}

/** What every cell sees without importing it. */
export const ambient = `
declare global {
  /** Shows a value under the cell, and returns it. */
  function display<T>(value: T): T
  /** Shows an input under the cell; the name that it is given to holds the input's value, now and after each change. */
  function view<T>(input: EventTarget & { value: T }): T
  /** Settles when this run of the cell is replaced or removed: the moment to clean up. */
  const invalidation: Promise<void>
  /** The width of the article's column, in pixels. */
  const width: number
  /** The time, in milliseconds since 1970; changes with every frame. */
  const now: number
  /** Observable Inputs: sliders, buttons, choices. */
  const Inputs: typeof import("@observablehq/inputs")
  /** Observable Plot: charts. */
  const Plot: typeof import("@observablehq/plot")
}
/** What other cells see of a value: what a promise resolves to, the latest value of a generator. */
export type Settled<T> = 0 extends 1 & T ? T
  : T extends AsyncGenerator<infer U, any, any> ? Awaited<U>
  : T extends Generator<infer U, any, any> ? Awaited<U>
  : Awaited<T>
`

/** The options that cells are checked under, by the names of TypeScript's own configuration. */
export const checkOptions = {
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
  types: [] as string[],
}

/** The modules of a chapter's cells. A cell that does not parse is left out: its mistake is reported elsewhere. */
export function cellModules(cells: TypedCell[]): Map<string, CellModule> {
  const parsed = cells.flatMap((cell) => {
    try {
      return [{ ...cell, isExpression: parseTypeScript(cell.source).isExpression, declared: declarations(cell.source) }]
    } catch {
      return []
    }
  })
  const modules = new Map<string, CellModule>()
  for (const { name, source, declared, isExpression } of parsed) {
    const own = new Set(declared.map((d) => d.name))
    const head = parsed.flatMap((other) =>
      other.name === name
        ? []
        : imported(
            other.name,
            other.declared.filter((d) => !own.has(d.name)),
          ),
    )
    const body = isExpression ? `${source.replace(/;\s*$/, "")}\n` : source
    const tail = `export { ${declared.map((d) => (d.kind === "type" ? `type ${d.name}` : d.name)).join(", ")} }`
    const open = isExpression ? ";(" : ""
    modules.set(name, {
      file: fileOf(name),
      text: `${head.join(" ")}${open}\n${body}\n${isExpression ? ")" : ""}\n${tail}\n`,
    })
  }
  return modules
}

function fileOf(name: string): string {
  return `cell-${name}.ts`
}

function imported(cell: string, names: Declaration[]): string[] {
  if (names.length === 0) return []
  const specifiers = names.map(({ name, kind }) =>
    kind === "variable" ? `${name} as $${name}` : kind === "type" ? `type ${name}` : name,
  )
  const settled = names
    .filter(({ kind }) => kind === "variable")
    .map(({ name }) => `declare const ${name}: import("./ambient.ts").Settled<typeof $${name}>;`)
  return [`import { ${specifiers.join(", ")} } from "./${fileOf(cell)}";`, ...settled]
}
