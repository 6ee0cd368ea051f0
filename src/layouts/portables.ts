import * as records from "seven-knobs/records"
import figures from "virtual:figures"
import type { Portable } from "../notebook/page/index.ts"
import tokens from "../styles/tokens.css?raw"
import base from "../styles/figures.css?raw"
import curves from "../styles/figure-curves.css?raw"
import gears from "../styles/figure-gears.css?raw"
import graph from "../styles/figure-graph.css?raw"

/** In a terminal a table is drawn by the console. */
const table = `(rows: readonly any[], { columns }: any = {}): any => {
  const named = columns?.map((column: any, i: number) => (typeof column === "object" ? column : { key: column, place: i }))
  const entry = (row: any, { key, place }: any) => row[Array.isArray(row) ? (place ?? key) : key]
  const line = (row: any) => Object.fromEntries(named.map((column: any) => [column.label ?? column.key, entry(row, column)]))
  return new Drawing(() => console.table(named ? rows.map(line) : rows))
}`

/** The site's own faces stay on the site. */
const faces = `:root {
  --font-serif: Georgia, serif;
  --font-sans: system-ui, sans-serif;
  --font-mono: ui-monospace, monospace;
}`

/** What goes along of the libraries that cells import, when a reader downloads a chapter. */
export function portables(engine: Record<string, string>): Record<string, Portable> {
  return {
    "seven-knobs": { as: "modules", files: engine, entry: "index.ts", title: "The engine of Seven Knobs" },
    "seven-knobs/records": { as: "data", values: records },
    "seven-knobs/figures": {
      as: "drawings",
      script: figures,
      style: [faces, tokens, base, curves, gears, graph].join("\n"),
      inText: { table },
    },
    "@observablehq/plot": { as: "drawings", inText: {} },
    "@observablehq/inputs": { as: "drawings", inText: {} },
  }
}
