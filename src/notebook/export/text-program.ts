import type { Book, CellBlock } from "./book.ts"
import { programOf } from "./program.ts"
import { isSound, supply } from "./supply.ts"

/** What a page gives to its cells and a terminal has to be given. */
const helpers = `/** Something that is drawn where there is a page to draw on; here it prints what it can. */
class Drawing {
  readonly print: () => void
  constructor(print: () => void) {
    this.print = print
  }
}
const drawing =
  (name: string) =>
  (..._: unknown[]): any =>
    new Drawing(() => console.log(\`(\${name}: a drawing, see the article)\`))
const drawings = (module: string): any =>
  new Proxy({}, { get: (_, name) => drawing(\`\${module}.\${String(name)}\`) })

/** Shows a value: here, as text. */
function display<T>(value: T): T {
  if (value instanceof Drawing) value.print()
  else console.log(value)
  return value
}

/** The value of an input: nobody turns it here, so it stands where it stood on the page. */
function view<T>(_input: unknown, stands: T): T {
  return stands
}`

const given: Record<string, string> = {
  Plot: `const Plot = drawings("Plot")`,
  Inputs: `const Inputs = drawings("Inputs")`,
  width: `/** How wide the column of text is, in pixels. */\nconst width = 640`,
  now: `const now = Date.now()`,
  invalidation: `/** Never comes: here no cell runs twice. */\nconst invalidation = new Promise<void>(() => {})`,
}

/** What stands before the cells of a program that runs without a page. */
export function headOf(book: Book): string {
  const read = new Set(book.blocks.filter(isSound).flatMap(({ definition }) => definition?.inputs ?? []))
  const { types, values } = supply(book)
  const some = Object.keys(given).filter((name) => read.has(name))
  return [helpers, ...some.map((name) => given[name]!), types, values].filter(Boolean).join("\n\n")
}

/** A cell as a part of such a program; one with a mistake is a comment. */
export function cellOf(cell: CellBlock): string {
  if (!cell.definition) return `// This cell has a mistake:\n${commented(cell.source)}`
  const { text } = programOf(cell, { stand: true })
  if (!cell.definition.autodisplay) return text
  return `display(${text.includes("//") ? `\n${text}\n` : text.replace(/;$/, "")})`
}

/** Text as lines of a comment. */
export function commented(text: string): string {
  return text
    .split("\n")
    .map((line) => `// ${line}`.trimEnd())
    .join("\n")
}
