import { declarations, type Declaration } from "./declarations.ts"
import { parseTypeScript } from "./syntax.ts"

/** A cell as a TypeScript module: one line of head, then its source, so that line n of the source is line n + 1 here. */
export interface CellModule {
  /** The file's name, from the cell's. */
  file: string
  text: string
  /** Where the source begins in the text. */
  start: number
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

/** The folder that the modules of cells stand in, from the project's, with `ambient.ts`; no file is ever written there. */
export const cellFolder = "src/content/cells"

/** What a cell's module is made of, besides its source. */
export interface Outline {
  /** The cell is one expression, not a program. */
  isExpression: boolean
  declared: Declaration[]
}

/** The outline of a cell's source, or null if it does not parse. */
export function outline(source: string): Outline | null {
  try {
    return { isExpression: parseTypeScript(source).isExpression, declared: declarations(source) }
  } catch {
    return null
  }
}

/**
 * The modules of a chapter's cells. A cell without an outline (by default, one that does not parse) is left out: its
 * mistake is reported elsewhere. Where two cells declare one name, the others see the first.
 */
export function cellModules(cells: TypedCell[], outlineOf = outline): Map<string, CellModule> {
  const outlined = cells.flatMap(({ name, source }) => {
    const found = outlineOf(source)
    return found ? [{ name, source, isExpression: found.isExpression, declared: once(found.declared) }] : []
  })
  const modules = new Map<string, CellModule>()
  for (const { name, source, declared, isExpression } of outlined) {
    const seen = new Set(declared.map((d) => d.name))
    // The exports stand before the source: after a half-typed `value.` they would be read as its next word.
    const exports = `export { ${declared.map((d) => (d.kind === "type" ? `type ${d.name}` : d.name)).join(", ")} };`
    const imports = outlined.flatMap((other) => {
      if (other.name === name) return []
      const fresh = other.declared.filter((d) => !seen.has(d.name))
      for (const d of fresh) seen.add(d.name)
      return imported(other.name, fresh)
    })
    const head = `${[exports, ...imports].join(" ")}${isExpression ? " (" : ""}\n`
    const body = isExpression ? `${source.replace(/;\s*$/, "")}\n)` : source
    modules.set(name, { file: fileOf(name), text: `${head}${body}\n`, start: head.length })
  }
  return modules
}

/** A position of a module as one of its cell's source; what is before or after the source is its start or its end. */
export function inSource({ start }: Pick<CellModule, "start">, source: string, position: number): number {
  return Math.min(Math.max(position - start, 0), source.length)
}

function once(declared: Declaration[]): Declaration[] {
  return declared.filter(({ name }, i) => declared.findIndex((other) => other.name === name) === i)
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
