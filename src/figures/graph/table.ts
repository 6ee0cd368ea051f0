import { html } from "../dom.ts"
import { number, symbol } from "../format.ts"
import type { ExprNode } from "./expression.ts"
import { formula, nameOf } from "./words.ts"

/** The drawing as a table, for those who cannot see it or want the numbers in order. */
export function nodeTable(nodes: readonly ExprNode[], grads: readonly number[] | undefined): HTMLElement {
  const row = ({ value, inputs }: ExprNode, i: number) => {
    const made = formula(value)
    return html(
      "tr",
      {},
      html("th", { class: "words", scope: "row" }, symbol(value.label) || (inputs.length > 0 ? "" : "constant")),
      html("td", { class: "words" }, made || "given"),
      html("td", { class: "data" }, number(value.data)),
      grads && html("td", { class: "gradient" }, number(grads[i]!)),
    )
  }
  const head = (name: string, i: number) => html("th", { class: i < 2 ? "words" : null, scope: "col" }, name)
  const heads = ["Node", "Made as", "Data", ...(grads ? ["Gradient"] : [])]
  return html(
    "details",
    { class: "graph-table" },
    html("summary", {}, nodes.length === 1 ? "The one node as a table" : `The ${nodes.length} nodes as a table`),
    html(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": "Nodes of the graph" },
      html("table", {}, html("thead", {}, html("tr", {}, ...heads.map(head))), html("tbody", {}, ...nodes.map(row))),
    ),
  )
}

/** Says which values are not finite; null if all are. */
export function notFinite(nodes: readonly ExprNode[]): HTMLElement | null {
  const found = nodes.filter(({ value }) => !Number.isFinite(value.data))
  if (found.length === 0) return null
  const { value } = found[0]!
  const count = found.length === 1 ? "One value is" : `${found.length} values are`
  const text = `${count} not finite, first ${nameOf(value)} = ${number(value.data)}: what comes after it means nothing.`
  return html("p", { class: "figure-note" }, text)
}

export const tooLarge = (count: number, limit: number): HTMLElement =>
  html(
    "p",
    { class: "figure-note" },
    `This expression has ${count} nodes. A drawing of more than ${limit} shows nothing: draw a part of it, such as the loss on one example.`,
  )
