import { fenced } from "./prose.ts"

/** What an output shows, as Markdown: tables as tables, of a drawing the line that says what is in it, all else as text. */
export function shownAsMarkdown(output: Element): string {
  return [...output.children].map(nodeAsMarkdown).filter(Boolean).join("\n\n")
}

function nodeAsMarkdown(node: Element): string {
  const table = node.matches("table") ? node : node.querySelector("table")
  const line = node.querySelector(".figure-line")
  if (line && !node.matches(".figure-table")) return emphasized(line.textContent)
  if (table) return tableAsMarkdown(table)
  const label = (node.matches("svg") ? node : node.querySelector("svg"))?.getAttribute("aria-label")
  if (label) return emphasized(label)
  const input = node.querySelector<HTMLInputElement>("input, select, textarea")
  if (input) return emphasized(`${node.querySelector("label")?.textContent ?? ""} ${input.value}`)
  const text = node.textContent.trim()
  return text && fenced(text)
}

function emphasized(text: string): string {
  const words = text.trim().replace(/[*_\\]/g, "\\$&")
  return words && `*${words}*`
}

function tableAsMarkdown(table: Element): string {
  const rows = [...table.querySelectorAll("tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent.trim().replaceAll("|", "\\|")),
  )
  const [head = [], ...body] = rows
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n")
}
