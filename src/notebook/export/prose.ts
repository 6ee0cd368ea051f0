import type { Formula, InlineCell, ProseBlock } from "./book.ts"

/** How a format writes text, formulas and inline cells. */
export interface Writing {
  text(text: string): string
  formula(formula: Formula): string
  inline(cell: InlineCell): string
}

/** As most readers of Markdown take it: formulas between dollars, and of an inline cell what it shows. */
export const plainly: Writing = {
  text: (text) => text,
  formula: ({ tex, isBlock }) => (isBlock ? `$$\n${tex.trim()}\n$$` : `$${tex}$`),
  inline: ({ shows }) => shows,
}

/** A stretch of prose as Markdown that stands by itself: links lead back to the site, and what folds is open. */
export function markdownOf({ pieces }: ProseBlock, address: string, { text, formula, inline }: Writing): string {
  const written = pieces.map((piece) => {
    if (typeof piece !== "string") return "tex" in piece ? formula(piece) : inline(piece)
    return text(piece)
      .replace(/\]\((?!https?:)([^)\s]+)\)/g, (_, href: string) => `](${new URL(href, address).href})`)
      .replace(/^<\/?details>\n?/gm, "")
      .replace(/<summary>(.*?)<\/summary>/g, "**$1**")
  })
  return written.join("").trim()
}

/** Code between fences that no line of it can close. */
export function fenced(source: string, language = ""): string {
  const fence = "`".repeat(Math.max(3, ...[...source.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length + 1)))
  return `${fence}${language}\n${source}\n${fence}`
}
