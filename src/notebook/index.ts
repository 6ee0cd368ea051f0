export * from "./language/index.ts"
export { Notebook, type Body, type CellScope, type CellState, type Library, type LiveCell } from "./runtime/notebook.ts"
export { Output } from "./runtime/output.ts"
