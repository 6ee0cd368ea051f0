import type { Book } from "./book.ts"
import { toJupyter } from "./jupyter.ts"
import { toMarkdown } from "./markdown.ts"
import { toObservable } from "./observable.ts"
import { toTypeScript } from "./typescript.ts"

/** A format in which a chapter can leave the site. */
export interface Format {
  /** What stands behind the chapter's name. */
  extension: string
  mime: string
  write(book: Book, fileName: string): string
}

export type FormatName = "observable" | "typescript" | "jupyter" | "markdown"

export const formats: Record<FormatName, Format> = {
  observable: { extension: ".html", mime: "text/html", write: toObservable },
  typescript: { extension: ".ts", mime: "text/plain", write: toTypeScript },
  jupyter: { extension: ".ipynb", mime: "application/x-ipynb+json", write: toJupyter },
  markdown: { extension: ".md", mime: "text/markdown", write: toMarkdown },
}

export { shownAsMarkdown } from "./shown.ts"
export type { Block, Book, Manuscript, Portable } from "./book.ts"
