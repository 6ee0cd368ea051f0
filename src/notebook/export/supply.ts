import type { Block, Book, CellBlock } from "./book.ts"
import { flatten } from "./flatten.ts"
import { programOf, type Import } from "./program.ts"

/** All that the cells of a book import, each name once. */
export function importsOf({ blocks }: Book): Import[] {
  const found = blocks.filter(isSound).flatMap((block) => programOf(block).imports)
  return [...new Map(found.map((one) => [one.local, one])).values()]
}

/** Whether a block is a cell that compiles; one with a mistake stays in the file, and takes no part. */
export function isSound(block: Block): block is CellBlock {
  return block.kind === "cell" && block.definition !== null
}

/** What a program needs before its cells: the modules, data and stand-ins for drawings that they import. */
export function supply(book: Book): { types: string; values: string } {
  const imports = importsOf(book)
  const types: string[] = []
  const values: string[] = []
  for (const [module, library] of Object.entries(book.libraries)) {
    const wanted = imports.filter((one) => one.module === module)
    if (wanted.length === 0) continue
    if (library.as === "modules") {
      const names = wanted.flatMap(({ name }) => (name === "*" ? [] : [name]))
      const flat = flatten(library.files, library.entry, names)
      types.push(`// ${library.title}: its types\n\n${flat.types}`)
      values.push(`// ${library.title}\n\n${flat.modules}`)
      values.push(constants(wanted.filter(({ isType }) => !isType).map((one) => [one, flat.homeOf(one.name)])))
    } else if (library.as === "data") {
      for (const { name, local } of wanted.filter(({ isType }) => !isType))
        values.push(`const ${local} = ${JSON.stringify(library.values[name])}`)
      types.push(...loose(wanted))
    } else {
      types.push(...loose(wanted))
      for (const { name, local } of wanted.filter(({ isType }) => !isType))
        values.push(`const ${local} = ${library.inText[name] ?? `drawing(${JSON.stringify(name)})`}`)
    }
  }
  return { types: types.filter(Boolean).join("\n\n"), values: values.filter(Boolean).join("\n\n") }
}

/** `const { Value, apply: use } = $value`, a line for each module that something comes from. */
function constants(homes: [Import, string][]): string {
  const groups = new Map<string, string[]>()
  for (const [{ name, local }, home] of homes)
    groups.set(home, [...(groups.get(home) ?? []), name === local ? name : `${name}: ${local}`])
  return [...groups].map(([home, names]) => `const { ${names.join(", ")} } = ${home}`).join("\n")
}

/** Types of what is not there. */
function loose(wanted: Import[]): string[] {
  return wanted.filter(({ isType }) => isType).map(({ local }) => `type ${local} = any`)
}
