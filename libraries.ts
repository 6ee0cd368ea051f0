/** The modules that a cell may import: each name, and the file or package it stands for. */
export const libraries = {
  "seven-knobs": "./src/engine/index.ts",
  "seven-knobs/figures": "./src/figures/index.ts",
  "seven-knobs/records": "./src/content/records.ts",
  "@observablehq/inputs": "@observablehq/inputs",
  "@observablehq/plot": "@observablehq/plot",
}
