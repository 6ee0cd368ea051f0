export { start } from "./start.ts"
export type { ChapterSetup, ShippedCell } from "./chapter.ts"
