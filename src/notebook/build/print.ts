import { basename } from "node:path"
import { parseHTML } from "linkedom"
import type { BuiltCell } from "./chapter.ts"

/** A chapter's cells with what each shows, as plain text: for an author who writes without a browser. */
export function print(file: string, cells: BuiltCell[]): string {
  const lines = cells.map(({ kind, name, source, output }) => {
    const shown = textOf(output)
    return kind === "inline" ? `{${source}}  ${shown}` : `[${name}]\n${shown.replace(/^/gm, "    ")}`
  })
  return `${basename(file)}\n${lines.join("\n")}\n`
}

function textOf(html: string): string {
  const { document } = parseHTML(
    `<!doctype html><html><body>${html.replace(/<\/(p|div|tr|li|h\d)>/g, "$&\n").replace(/<\/t[dh]>/g, "$&  ")}</body></html>`,
  )
  const drawings = [...document.querySelectorAll("svg")]
  for (const svg of drawings)
    svg.replaceWith(document.createTextNode(`(drawing: ${svg.getAttribute("aria-label") ?? "no label"})`))
  return document.body.textContent.replace(/\n\s*\n+/g, "\n").trim()
}
