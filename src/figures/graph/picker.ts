import { button, controls } from "../controls.ts"
import { html, set } from "../dom.ts"
import { brief } from "../format.ts"
import { edgesOf, type ExprNode } from "./expression.ts"
import type { Layout } from "./layout.ts"
import { nameOf } from "./words.ts"

export interface PickerOptions {
  readonly h: number
  readonly pick: (node: number | undefined) => void
  /** Nudge the picked node, or let it go. */
  readonly nudge: () => void
}

export interface Picker {
  readonly root: HTMLElement
  readonly show: (picked: number | undefined, nudged: boolean, canNudge: boolean) => void
}

/** Pick a node: from a list, by a click on it, or by walking along the edges with the arrow keys. */
export function picker(
  nodes: readonly ExprNode[],
  layout: Layout,
  marks: readonly SVGElement[],
  { h, pick, nudge }: PickerOptions,
): Picker {
  const none = html("option", { value: "" }, "pick one")
  const options = nodes.map(({ value }, i) => html("option", { value: i }, optionText(nameOf(value), value.data)))
  const choose = (event: Event) => {
    event.stopPropagation()
    pick(choice.value === "" ? undefined : Number(choice.value))
  }
  const choice = html("select", { oninput: choose }, none, ...options)
  const press = button("", nudge)
  marks.forEach((mark, i) => {
    const walk = (event: KeyboardEvent) => {
      const next = neighbour(nodes, layout, i, event.key)
      if (event.key === "Escape") pick(undefined)
      else if (event.key === "Enter" || event.key === " ") nudge()
      else if (next === undefined) return
      else marks[next]!.focus()
      event.preventDefault()
    }
    set(mark, { onclick: () => pick(i), onfocus: () => pick(i), onkeydown: walk })
  })
  return {
    root: controls(html("label", { class: "graph-choice" }, html("span", {}, "Node"), choice), press),
    show(picked, nudged, canNudge) {
      const option = picked === undefined ? none : options[picked]!
      option.selected = true
      set(press, { disabled: picked === undefined || !canNudge })
      press.textContent = nudged ? "Put it back" : `Nudge by ${brief(h, 12)}`
      // One node is in the tab order: the picked one, or else the result.
      const entrance = picked ?? nodes.length - 1
      marks.forEach((mark, i) => set(mark, { tabindex: i === entrance ? 0 : -1, "aria-pressed": String(i === picked) }))
    },
  }
}

/** Where an arrow key leads: right to the first use, left to the first input, up and down within a column. */
export function neighbour(
  nodes: readonly ExprNode[],
  { places }: Layout,
  from: number,
  key: string,
): number | undefined {
  const here = places[from]!
  const beside = (way: 1 | -1) =>
    places
      .map(({ x, y }, i) => ({ i, away: (y - here.y) * way, near: Math.abs(x - here.x) < here.width / 2 }))
      .filter(({ away, near }) => near && away > 0)
      .sort((a, b) => a.away - b.away)[0]?.i
  if (key === "ArrowRight") return edgesOf(nodes).find((edge) => edge.from === from)?.to
  if (key === "ArrowLeft") return nodes[from]!.inputs[0]
  if (key === "ArrowUp") return beside(-1)
  if (key === "ArrowDown") return beside(1)
  if (key === "Home") return 0
  if (key === "End") return nodes.length - 1
  return undefined
}

const optionText = (name: string, data: number): string => (name === brief(data) ? name : `${name}: ${brief(data)}`)
