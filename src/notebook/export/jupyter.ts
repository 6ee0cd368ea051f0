import { parseTypeScript, type Syntax } from "../language/syntax.ts"
import type { Book } from "./book.ts"
import { inOrder } from "./order.ts"
import { fenced, markdownOf, plainly } from "./prose.ts"
import { cellOf, headOf } from "./text-program.ts"

/** A chapter as a Jupyter notebook for the kernel of Deno (nbformat 4.5), with what its cells showed on the page. */
export function toJupyter(book: Book): string {
  const { title, subtitle, address, blocks } = book
  const cells = inOrder(blocks).map((block, index) => {
    if (block.kind === "prose") return markdown(`prose-${index}`, markdownOf(block, address, plainly))
    if (block.kind === "engine") return markdown(`engine-${index}`, fenced(block.source, "ts"))
    return code(block.name.slice(0, 64), block.definition ? quietly(cellOf(block)) : cellOf(block), block.shows)
  })
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "deno", display_name: "Deno", language: "typescript" },
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/x.typescript" },
    },
    cells: [
      markdown("title", `# ${title}\n\n${subtitle}\n\nFrom <${address}>`),
      markdown("before", "What the cells need; run it first."),
      code("head", headOf(book), ""),
      ...cells.filter(({ source }) => source.length > 0),
    ],
  }
  return `${JSON.stringify(notebook, null, 1)}\n`
}

/** Deno shows the value of a cell's last line by itself; cells show what they display. */
function quietly(text: string): string {
  const last = (parseTypeScript(`${text}\n;`).root["body"] as Syntax[]).findLast(
    ({ type }) => type !== "EmptyStatement",
  )
  if (last?.type !== "ExpressionStatement") return text
  return `${text.slice(0, last.start)}void ${text.slice(last.start)}`
}

interface JupyterCell {
  id: string
  cell_type: "markdown" | "code"
  metadata: object
  source: string[]
  execution_count?: null
  outputs?: object[]
}

function markdown(id: string, text: string): JupyterCell {
  return { id, cell_type: "markdown", metadata: {}, source: lines(text) }
}

function code(id: string, text: string, shows: string): JupyterCell {
  const data = { "text/markdown": lines(shows), "text/plain": lines(shows) }
  return {
    id,
    cell_type: "code",
    metadata: {},
    source: lines(text),
    execution_count: null,
    outputs: shows ? [{ output_type: "display_data", metadata: {}, data }] : [],
  }
}

/** A text as the format has it: its lines, each with its end. */
function lines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/)
}
