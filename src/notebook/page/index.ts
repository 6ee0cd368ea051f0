export { start } from "./start.ts"
export type { ChapterSetup, ShippedCell } from "./chapter.ts"
export type { Library } from "../runtime/notebook.ts"
export type { Manuscript, Portable } from "../export/book.ts"
