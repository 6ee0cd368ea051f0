import type { Book } from "./book.ts"
import { inOrder } from "./order.ts"
import { markdownOf, plainly } from "./prose.ts"
import { cellOf, commented, headOf } from "./text-program.ts"

/** A chapter as one TypeScript file that Node 24 runs: the prose as comments, the engine and the cells as code. */
export function toTypeScript(book: Book, fileName: string): string {
  const { title, subtitle, address, blocks } = book
  const parts = inOrder(blocks).map((block) => {
    if (block.kind === "prose") return commented(markdownOf(block, address, plainly))
    if (block.kind === "engine") return `// (${block.name} stands above, with the rest of the engine.)`
    return `// ── ${block.name} ──\n${cellOf(block)}`
  })
  const head = `// ${title}\n// ${subtitle}\n//\n// From ${address}\n// Run it with Node 24: node ${fileName}`
  return `${[head, headOf(book), ...parts, "export {}"].filter(Boolean).join("\n\n")}\n`
}
