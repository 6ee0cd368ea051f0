export { cellsPlugin, mathPlugin } from "./markdown.ts"
export { features } from "./parse.ts"
export { notebook } from "./plugin.ts"
export { typeFilesPlugin } from "./type-files.ts"
