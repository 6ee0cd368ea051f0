import { fill, set, svg } from "../dom.ts"
import { brief, number, symbol } from "../format.ts"
import type { Point } from "../path.ts"
import type { Expression, ExprNode } from "./expression.ts"
import { LINE, PAD, type Layout, type Place, type Route } from "./layout.ts"
import type { Nudge } from "./nudge.ts"
import type { Message } from "./sweep.ts"
import { edgeKey, type Frame } from "./timeline.ts"
import { nameOf, signOf } from "./words.ts"

/** What a value is to the network; it gives the node its colour and its outline. */
export type Role = "knob" | "data" | "target" | "loss"

/** What a drawing shows in place of the step: the node that the reader picked, and what a nudge of it did. */
export interface Pick {
  readonly node: number | undefined
  readonly nudge: Nudge | undefined
}

export interface Drawing {
  readonly root: SVGSVGElement
  /** What can be pressed and focused for each node, by its place in the list. */
  readonly nodes: readonly SVGElement[]
  readonly show: (frame: Frame, pick: Pick) => void
}

/** In a drawing of more nodes than this the sums of earlier steps are hidden. */
export const CROWD = 24

/** The nodes and edges of a laid out expression. Everything is built once; `show` only changes words and classes. */
export function drawGraph(
  nodes: readonly ExprNode[],
  layout: Layout,
  role: (value: Expression) => Role | undefined,
  label: string,
): Drawing {
  const edges = layout.routes.map(edgeMark)
  const cards = nodes.map((node, i) => nodeMark(node, layout.places[i]!, role(node.value)))
  const { width, height } = layout
  const root = svg(
    "svg",
    {
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: "group",
      "aria-label": label,
      style: `--w:${width.toFixed(0)}`,
    },
    svg("g", { "aria-hidden": "true" }, ...edges.map(({ root }) => root)),
    svg("g", {}, ...cards.map(({ root }) => root)),
    svg("g", { "aria-hidden": "true" }, ...edges.map(({ sum }) => sum)),
  )
  return {
    root,
    nodes: cards.map(({ hit }) => hit),
    show(frame, pick) {
      set(root, {
        class: `${frame.phase === "backward" ? "way-back" : "way-forth"}${nodes.length > CROWD ? " crowded" : ""}`,
      })
      for (const edge of edges) edge.show(frame, pick)
      cards.forEach((card, i) => card.show(frame, pick, i))
    },
  }
}

function nodeMark({ value, inputs }: ExprNode, { x, y, width, height }: Place, role: Role | undefined) {
  const [left, right, top] = [-width / 2, width / 2, -height / 2]
  const kind = inputs.length > 0 ? "made" : value.label ? "leaf" : "constant"
  const first = kind === "constant" ? 0 : 1
  const line = (at: number) => top + PAD.y + LINE * at + 12.5
  const data = svg("text", { class: "datum", x: right - PAD.x, y: line(first) })
  const grad = svg("text", { class: "grad", x: right - PAD.x, y: line(first + 1) })
  const slope = svg("text", { class: "slope", y: -top + 12 })
  // The button is a rectangle of its own, with a name in words; the numbers under it are for the eye.
  const hit = svg("rect", { class: "hit", role: "button", x: left, y: top, width, height })
  const root = svg(
    "g",
    { transform: `translate(${place(x, y)})` },
    svg("rect", { class: "card", x: left, y: top, width, height, rx: role === "knob" ? 16 : 4 }),
    svg(
      "g",
      { "aria-hidden": "true" },
      value.label ? svg("text", { class: "name", x: left + PAD.x, y: line(0) }, symbol(value.label)) : null,
      value.op ? svg("text", { class: "sign", x: right - PAD.x, y: line(0) }, signOf(value)) : null,
      data,
      grad,
      slope,
    ),
    hit,
  )
  return {
    root,
    hit,
    show({ current, known, grads, messages }: Frame, pick: Pick, i: number) {
      const moved = pick.nudge?.moved.has(i) ? pick.nudge : undefined
      const number = moved ? moved.up[i]! : value.data
      const held = grads[i]
      data.textContent = known[i] || moved ? short(number) : ""
      grad.textContent = held === undefined ? "" : short(held)
      slope.textContent = moved && i === pick.node ? `nudge: ${short(moved.slope)}` : ""
      const parts = [nameOf(value), known[i] ? brief(number) : "", held === undefined ? "" : `gradient ${brief(held)}`]
      hit.setAttribute("aria-label", parts.filter(Boolean).join(", "))
      const idle = pick.node !== undefined
      const classes = {
        [kind]: true,
        [role ?? "plain"]: true,
        unknown: !known[i] && !moved,
        current: !idle && i === current,
        listener: !idle && messages.some(({ listener }) => listener === i),
        picked: i === pick.node,
        moved,
      }
      root.setAttribute("class", ["node", ...Object.keys(classes).filter((name) => classes[name])].join(" "))
    },
  }
}

function edgeMark(route: Route) {
  const key = edgeKey(route)
  const [start, end] = [route.points[0]!, route.points.at(-1)!]
  const sum = svg("g", {
    class: "sum gradient",
    transform: `translate(${place(route.label[0] - 2.5, route.label[1])})`,
  })
  const root = svg(
    "g",
    {},
    svg("path", { class: "wire", d: curve(route.points), pathLength: 1 }),
    svg("path", { class: "head forth", d: head(end, 1) }),
    svg("path", { class: "head back", d: head(start, -1) }),
  )
  let shown: Message | undefined
  return {
    root,
    sum,
    show({ phase, current, known, sent, messages }: Frame, { node, nudge }: Pick) {
      const message = sent.get(key)
      const moved = nudge?.moved.has(route.from) === true
      const step = message ? messages.includes(message) : phase === "forward" && route.to === current
      const flow = moved ? "data" : message ? "gradient" : known[route.to] ? "data" : "waiting"
      const near = node !== undefined && (route.from === node || route.to === node)
      const classes = `${flow}${moved || (step && node === undefined) ? " now" : ""}${near ? " near" : ""}`
      set(root, { class: `edge ${classes}` })
      set(sum, { class: `sum ${classes}` })
      const said = moved ? undefined : message
      if (said !== shown) fill(sum, ...(said ? sumLines(said) : []))
      shown = said
    },
  }
}

/** upstream × local above the wire and the share below it: a sum as it is set on paper. */
function sumLines({ upstream, local, share, before, added }: Message): SVGElement[] {
  const sign = before === undefined || !added ? "=" : "+="
  return [
    svg("text", { class: "gradient", y: -14 }, short(upstream)),
    svg("text", { class: "local", y: 0 }, `× ${brief(local)}`),
    svg("text", { class: "gradient", y: 19.5 }, `${sign} ${short(share)}`),
  ]
}

/** Numbers in a drawing have no room for words: the text line says them in full. */
const short = (x: number): string => (Number.isFinite(x) ? number(x) : Number.isNaN(x) ? "NaN" : x > 0 ? "∞" : "−∞")

/** A smooth way through `points`, level at both ends and wherever it turns back up or down. */
function curve(points: readonly Point[]): string {
  const slopes = points.map(([, y], i) => {
    const [before, after] = [points[i - 1], points[i + 1]]
    if (!before || !after || (y - before[1]) * (after[1] - y) <= 0) return 0
    return (after[1] - before[1]) / (after[0] - before[0])
  })
  return points.reduce((d, [x, y], i) => {
    const before = points[i - 1]
    if (!before) return `M${place(x, y)}`
    const third = (x - before[0]) * 0.45
    const out = place(before[0] + third, before[1] + third * slopes[i - 1]!)
    return `${d}C${out} ${place(x - third, y - third * slopes[i]!)} ${place(x, y)}`
  }, "")
}

/** An arrowhead whose tip is at a point: 1 points right, −1 left. */
const head = ([x, y]: Point, way: 1 | -1): string =>
  `M${place(x - 7 * way, y - 3.5)}L${place(x, y)}L${place(x - 7 * way, y + 3.5)}`

const place = (x: number, y: number): string => `${+x.toFixed(1)},${+y.toFixed(1)}`
