import { createCssVariablesTheme, createHighlighter, type Highlighter } from "shiki"

const theme = createCssVariablesTheme({ name: "knobs", variablePrefix: "--code-", fontStyle: false })
let highlighter: Promise<Highlighter> | undefined

/** TypeScript as the inside of a `<code>`: a span of class `code-keyword`, `code-string` and so on for each coloured piece. */
export async function highlight(source: string): Promise<string> {
  highlighter ??= createHighlighter({ themes: [theme], langs: ["typescript"] })
  const { tokens } = (await highlighter).codeToTokens(source, { lang: "typescript", theme: "knobs" })
  return tokens.map((line) => line.map(({ content, color }) => piece(content, color)).join("")).join("\n")
}

/** Only what the editor tells apart as well is coloured, so that nothing changes when it opens. */
const coloured = new Set(["keyword", "string", "comment", "constant", "string-expression"])

function piece(text: string, color: string | undefined): string {
  const kind = /--code-token-([\w-]+)/.exec(color ?? "")?.[1]
  const isNumber = kind === "constant" && /^[\d.]/.test(text)
  const name =
    kind === "string-expression" ? "string" : kind === "constant" && !isNumber ? "keyword" : isNumber ? "number" : kind
  const isSign = name === "keyword" && !/\w/.test(text)
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
  return kind && coloured.has(kind) && !isSign ? `<span class="code-${name}">${escaped}</span>` : escaped
}
