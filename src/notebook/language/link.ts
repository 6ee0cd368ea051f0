import { Edits } from "./edits.ts"
import { CellError } from "./error.ts"
import { insertGuards } from "./guards.ts"
import { stripTypes } from "./strip.ts"
import { parseJavaScript, walk, type Syntax } from "./syntax.ts"

/** What linking needs to know. */
export interface LinkOptions {
  /** The modules as TypeScript, by path: `index.ts`, `compile/trace.ts`. */
  files: Record<string, string>
  entry: string
  /** The files that a reader changed: their loops and functions get checkpoints. */
  guarded: ReadonlySet<string>
  /** An expression that gives the object whose `check(line)` the checkpoints call. */
  guard: string
  /** Makes an address from which a module of this text can be imported. */
  addressOf(javascript: string): string
}

/**
 * Makes JavaScript modules of TypeScript ones that import each other, and gives the address of the entry.
 *
 * @throws CellError where a module imports what is not there, or two import each other
 */
export function link({ files, entry, guarded, guard, addressOf }: LinkOptions): string {
  const addresses = new Map<string, string>()
  const linkFile = (path: string, importers: string[]): string => {
    const known = addresses.get(path)
    if (known !== undefined) return known
    const source = files[path]
    if (source === undefined)
      throw new CellError(
        `${importers.at(-1) ?? "?"} imports ${path}, which is not there`,
        `There are ${Object.keys(files).join(", ")}.`,
      )
    if (importers.includes(path))
      throw new CellError(
        `${[...importers, path].join(" imports ")}: a circle`,
        "Let one of these modules do without the other.",
      )
    const javascript = stripTypes(source)
    const { root } = parseJavaScript(javascript)
    const edits = new Edits(javascript)
    if (guarded.has(path)) {
      edits.insert(0, `const __cell = ${guard};`)
      insertGuards(edits, javascript, root)
    }
    for (const specifier of specifiers(root)) {
      const wanted = specifier["value"] as string
      const address = linkFile(resolve(path, wanted), [...importers, path])
      edits.replace(specifier.start, specifier.end, JSON.stringify(address))
    }
    const address = addressOf(edits.toString())
    addresses.set(path, address)
    return address
  }
  return linkFile(entry, [])
}

function specifiers(root: Syntax): Syntax[] {
  const found: Syntax[] = []
  walk(root, (node) => {
    if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) && node["source"])
      found.push(node["source"] as Syntax)
  })
  return found
}

function resolve(from: string, to: string): string {
  return new URL(to, `file:///${from}`).pathname.slice(1)
}
