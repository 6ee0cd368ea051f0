import { createCssVariablesTheme, createHighlighter, type Highlighter } from "shiki"

const theme = createCssVariablesTheme({ name: "knobs", variablePrefix: "--code-", fontStyle: false })
let highlighter: Promise<Highlighter> | undefined

/** TypeScript as the inside of a `<code>`: a span of class `code-keyword`, `code-string` and so on for each coloured piece. */
export async function highlight(source: string): Promise<string> {
  highlighter ??= createHighlighter({ themes: [theme], langs: ["typescript"] })
  const { tokens } = (await highlighter).codeToTokens(source, { lang: "typescript", theme: "knobs" })
  return tokens.map((line) => line.map(({ content, color }) => piece(content, color)).join("")).join("\n")
}

function piece(text: string, color: string | undefined): string {
  const kind = classOf(text, /--code-token-([\w-]+)/.exec(color ?? "")?.[1])
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  return kind ? `<span class="code-${kind}">${escaped}</span>` : escaped
}

function classOf(text: string, token: string | undefined): string | null {
  if (token === "constant") return /^[\d.]/.test(text) ? "number" : literals.has(text) ? "keyword" : null
  if (token === "keyword") return /\w/.test(text) ? "keyword" : null
  if (token === "string-expression") return "string"
  return token === "string" || token === "comment" ? token : null
}

/** Only what the editor tells apart as well is coloured, so that nothing changes when it opens. */
const literals = new Set(["true", "false", "null", "undefined", "this", "super"])
