import type ts from "typescript"
import type { Piece } from "./answers.ts"

type Parts = ts.SymbolDisplayPart[]

const colours: Partial<Record<string, Piece["colour"]>> = {
  keyword: "keyword",
  stringLiteral: "string",
  numericLiteral: "number",
}

/** Code as TypeScript prints it, in pieces; that a name was imported is nothing to a reader. */
export function pieces(parts: Parts = []): Piece[] {
  const joined: Piece[] = []
  for (const { text, kind } of withoutAlias(parts)) {
    const colour = colours[kind]
    const last = joined.at(-1)
    if (last && last.colour === colour) last.text += text
    else joined.push(colour ? { text, colour } : { text })
  }
  return joined
}

function withoutAlias(parts: Parts): Parts {
  const start = parts[1]?.text === "alias" ? 4 : 0
  const end = parts.findIndex(({ text }, i) => text === "\n" && parts[i + 1]?.text === "import")
  return parts.slice(start, end < 0 ? undefined : end)
}

/** A doc comment as paragraphs: its text, then what its tags say. */
export function prose(documentation: Parts = [], tags: ts.JSDocTagInfo[] = []): string {
  return [plain(documentation), ...tags.map(sentence)].filter(Boolean).join("\n\n")
}

function sentence({ name, text }: ts.JSDocTagInfo): string {
  const words = plain(text ?? [])
  if (name === "param") return words.replace(/^(\S+)\s*(?:[-–—]\s*)?/, "`$1`: ")
  if (name === "returns" || name === "throws") return words && `${name === "returns" ? "Returns" : "Throws"} ${words}`
  if (name === "deprecated") return `Deprecated. ${words}`
  return name === "example" ? words : ""
}

function plain(parts: Parts): string {
  const text = parts.map(({ text, kind }) => (kind === "link" ? "" : kind === "linkName" ? `\`${text}\`` : text))
  return text.join("").replace(/\r/g, "").trim()
}
