import { stripTypes } from "../language/strip.ts"
import type { Book, Portable } from "./book.ts"
import { fenced, markdownOf, type Writing } from "./prose.ts"
import { programOf, type Import } from "./program.ts"
import { importsOf, supply } from "./supply.ts"

/** A cell of a notebook, by the names of Observable's format. */
interface NotebookCell {
  type: "text/markdown" | "text/html" | "text/x-typescript" | "module"
  source: string
  /** Whether the code is shown. */
  pinned?: boolean
}

/** A chapter as an Observable notebook (the format of Notebook Kit), in which every cell is live. */
export function toObservable(book: Book): string {
  const { title, subtitle, address, blocks } = book
  const cells: NotebookCell[] = [
    { type: "text/markdown", source: `# ${title}\n\n${subtitle}\n\nFrom <${address}>` },
    ...blocks.map((block): NotebookCell => {
      if (block.kind === "prose") return { type: "text/markdown", source: markdownOf(block, address, livingly) }
      if (block.kind === "engine") return { type: "text/markdown", source: literally(fenced(block.source, "ts")) }
      const source = block.definition ? programOf(block).text : block.source
      return { type: "text/x-typescript", source, pinned: !block.isFolded }
    }),
    { type: "text/markdown", source: "---\n\nWhat the cells above need." },
    { type: "module", source: inline },
    ...supplies(book),
  ]
  return serialize(
    title,
    cells.filter(({ source }) => source !== ""),
  )
}

const inline = `/** A number inside a sentence: at most four decimals. */
function inline(value) {
  if (typeof value !== "number") return String(value)
  const rounded = Number(value.toFixed(4))
  return (rounded === 0 && value !== 0 ? value.toPrecision(4) : String(rounded)).replaceAll("-", "−")
}`

/** In a cell of Markdown `${…}` is live; where it is only text, a backslash says so. */
const literally = (text: string): string => text.replaceAll("${", "\\${")

/** Formulas and inline cells stay what they are. */
const livingly: Writing = {
  text: literally,
  formula: ({ tex, isBlock }) => `\${tex${isBlock ? ".block" : ""}\`${tex.trim()}\`}`,
  inline: ({ source }) => `\${inline(${stripTypes(source).trim()})}`,
}

function supplies(book: Book): NotebookCell[] {
  const imports = importsOf(book).filter(({ isType }) => !isType)
  return Object.entries(book.libraries).flatMap(([module, library]) => {
    const wanted = imports.filter((one) => one.module === module)
    return wanted.length > 0 ? supplyOf(book, module, library, wanted) : []
  })
}

function supplyOf(book: Book, module: string, library: Portable, wanted: Import[]): NotebookCell[] {
  if (library.as !== "drawings") {
    // As JavaScript, for Notebook Kit takes some TypeScript, such as `a! / b`, for a regular expression.
    const values = stripTypes(supply({ ...book, libraries: { [module]: library } }).values)
    const names = wanted.map(({ local }) => local).join(", ")
    const source =
      library.as === "data" ? values : `const { ${names} } = (() => {\n${values}\nreturn { ${names} }\n})()`
    return [{ type: "module", source }]
  }
  const { script, style } = library
  if (script === undefined) return [{ type: "module", source: wanted.map(fromPackage(module)).join("\n") }]
  const names = wanted.map(({ name, local }) => (name === local ? name : `${name}: ${local}`)).join(", ")
  return [
    ...(style ? [{ type: "text/html" as const, source: `<style>\n${style}\n</style>` }] : []),
    { type: "module", source: `const { ${names} } = (() => {\nreturn ${script}\n})()` },
  ]
}

const fromPackage =
  (module: string) =>
  ({ name, local }: Import): string =>
    name === "*" ? `import * as ${local} from "npm:${module}"` : `import { ${name} as ${local} } from "npm:${module}"`

function serialize(title: string, cells: NotebookCell[]): string {
  const scripts = cells.map(({ type, source, pinned }, index) => {
    const lines = source.replace(/<(?=\\*\/script(\s|>))/gi, "<\\").split("\n")
    const text = lines.map((line) => (line.trim() ? `    ${line}` : "")).join("\n")
    return `  <script id="${index + 1}" type="${type}"${pinned ? ' pinned=""' : ""}>\n${text}\n  </script>\n`
  })
  const name = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
  return `<!doctype html>\n<notebook theme="air">\n  <title>${name}</title>\n${scripts.join("")}</notebook>\n`
}
