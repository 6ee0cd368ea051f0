/** The modules that a cell may import: each name, and the file it stands for. */
export const libraries = {
  "seven-knobs": "./src/engine/index.ts",
  "seven-knobs/figures": "./src/figures/index.ts",
  "seven-knobs/records": "./src/content/records.ts",
  "@observablehq/inputs": "./src/notebook/observable/inputs.ts",
  "@observablehq/plot": "./src/notebook/observable/plot.ts",
}
