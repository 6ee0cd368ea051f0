import type { Meaning } from "./controls.ts"
import { html } from "./dom.ts"
import { wrong } from "./expected.ts"
import { number, symbol } from "./format.ts"

/** What a cell of a table may hold: a number, something with a number in `data` (a Value), or a few words. */
export type Entry = number | string | boolean | null | undefined | { readonly data: number }
export type Row = readonly Entry[] | Readonly<Record<string, Entry>>

export interface Column {
  /** Where the entry stands in its row: a field of an object, a place in an array. */
  key: string | number
  /** The heading; the key when left out. */
  label?: string
  /** Decimals for all numbers of the column; as few as the column needs, at most 4, when left out. */
  digits?: number
  meaning?: Meaning
}

export interface TableOptions {
  /** The columns in order, in short or in full; every field of the first row when left out. */
  columns?: readonly (string | Column)[]
  /** What the table shows, above it. */
  caption?: string
  /** Decimals for every column that does not say its own. */
  digits?: number
  /** Whether the first column names its rows; true when the first row starts with words. */
  rowNames?: boolean
  /** A last row under a rule: a sum or a mean. */
  total?: Row
  /** The rows to set off from the others. */
  highlight?: (row: Row, index: number) => boolean
}

/**
 * A table of numbers, each column lined up at its decimal point.
 * @param rows arrays or objects; no rows at all is said in the table
 * @throws TypeError if `rows` is not an array of arrays or objects
 */
export function table(rows: readonly Row[], options: TableOptions = {}): HTMLElement {
  check(rows)
  const { caption, total, highlight } = options
  const columns = columnsOf(rows, options)
  const all = total ? [...rows, total] : rows
  const show = columns.map((column) =>
    printer(
      all.map((row) => entry(row, column.key)),
      column.digits ?? options.digits,
    ),
  )
  const named = options.rowNames ?? (rows.length > 0 && typeof entry(rows[0]!, columns[0]?.key ?? 0) === "string")

  const line = (row: Row, on = false) =>
    html(
      "tr",
      { class: on ? "highlight" : null },
      ...columns.map(({ key, meaning }, i) => {
        const found = entry(row, key)
        const words = typeof found === "string"
        const attributes = { class: [words ? "words" : "", meaning ?? ""].join(" ").trim() || null }
        return i === 0 && named
          ? html("th", { scope: "row", ...attributes }, show[i]!(found))
          : html("td", attributes, show[i]!(found))
      }),
    )
  const head = columns.map(({ key, label, meaning }, i) => {
    const words = rows.length > 0 && rows.every((row) => typeof entry(row, key) === "string")
    const attributes = {
      scope: "col",
      class: [words || (i === 0 && named) ? "words" : "", meaning ?? ""].join(" ").trim() || null,
    }
    const name = symbol(label ?? String(key))
    return name === "" ? html("td", { class: attributes.class }) : html("th", attributes, name)
  })
  const body = rows.length > 0 ? rows.map((row, i) => line(row, highlight?.(row, i))) : [empty(columns.length)]
  const drawn = html(
    "table",
    {},
    caption ? html("caption", {}, caption) : null,
    head.some((cell) => cell.textContent !== "") ? html("thead", {}, html("tr", {}, ...head)) : null,
    html("tbody", {}, ...body),
    total ? html("tfoot", {}, line(total)) : null,
  )
  // A table that is wider than the screen scrolls in its own frame, which the keyboard can reach.
  const frame = html("div", { class: "scroll", role: "group", tabindex: 0, "aria-label": caption ?? "Table" }, drawn)
  return html("div", { class: "figure figure-table" }, frame)
}

const entry = (row: Row, key: string | number): Entry => (row as Record<string | number, Entry>)[key]

function columnsOf(rows: readonly Row[], { columns }: TableOptions): Column[] {
  const first = rows[0]
  if (columns) {
    const place = Array.isArray(first)
    return columns.map((column, i) =>
      typeof column === "string" ? { key: place ? i : column, label: column } : column,
    )
  }
  if (first === undefined) return []
  if (Array.isArray(first)) return first.map((_, key) => ({ key, label: "" }))
  return Object.keys(first).map((key) => ({ key }))
}

/** How a column prints its entries: every number with as many decimals as the one that needs the most. */
function printer(entries: readonly Entry[], digits?: number): (found: Entry) => string {
  const places = digits ?? Math.max(0, ...entries.map((found) => decimals(numeric(found) ?? 0)))
  return (found) => {
    const x = numeric(found)
    if (x !== undefined) return digits === undefined && !isPlain(x) ? number(x) : number(x, places)
    return found === null || found === undefined
      ? "–"
      : typeof found === "boolean"
        ? found
          ? "yes"
          : "no"
        : String(found)
  }
}

/** The decimals that tell `x` but for the dust of its arithmetic; 4 when it has more to tell. */
const decimals = (x: number): number =>
  isPlain(x) ? ([0, 1, 2, 3].find((digits) => Math.abs(Number(x.toFixed(digits)) - x) < 1e-9) ?? 4) : 0

/** Whether fixed decimals can show `x`: it is finite, and neither tiny nor huge. */
const isPlain = (x: number): boolean => /^[−\d.]+$/.test(number(x))

function numeric(found: Entry): number | undefined {
  if (typeof found === "number") return found
  return typeof found === "object" && found !== null ? found.data : undefined
}

const empty = (columns: number) =>
  html("tr", {}, html("td", { class: "words", colspan: Math.max(1, columns) }, "No rows."))

function check(rows: unknown) {
  const remedy = "pass e.g. [{ h: 0.1, slope: 6.1 }]"
  if (!Array.isArray(rows)) throw wrong("table", "an array of rows", rows, remedy)
  for (const row of rows)
    if (typeof row !== "object" || row === null) throw wrong("table", "rows that are arrays or objects", row, remedy)
}
