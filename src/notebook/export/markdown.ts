import type { Book } from "./book.ts"
import { fenced, markdownOf, plainly } from "./prose.ts"

/** A chapter as Markdown, with the code of its cells and what they show. */
export function toMarkdown({ title, subtitle, address, blocks }: Book): string {
  const parts = blocks.flatMap((block) => {
    if (block.kind === "prose") return [markdownOf(block, address, plainly)]
    if (block.kind === "engine") return [fenced(block.source, "ts")]
    return [fenced(block.source, "ts"), block.shows]
  })
  return `${[`# ${title}`, subtitle, `From <${address}>`, ...parts].filter(Boolean).join("\n\n")}\n`
}
