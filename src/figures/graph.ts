import { announce, html, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { figure, textLine } from "./frame.ts"
import { CROWD, drawGraph, type Role } from "./graph/draw.ts"
import { type Expression, type ExprNode, readExpression } from "./graph/expression.ts"
import { layOut, type Room } from "./graph/layout.ts"
import { canNudge, nudge } from "./graph/nudge.ts"
import { picker } from "./graph/picker.ts"
import { scrubber } from "./graph/scrubber.ts"
import { recordSweep, type Sweep } from "./graph/sweep.ts"
import { nodeTable, notFinite, tooLarge } from "./graph/table.ts"
import { type Frame, timeline } from "./graph/timeline.ts"
import { measured, nameOf } from "./graph/words.ts"

export interface GraphOptions {
  /** What a value is, by its label or by a function: it gives the node its colour and outline. Default: nothing special. */
  roles?: Record<string, Role> | ((value: Expression) => Role | undefined)
  /** Whether there is a way back. Default true. */
  backward?: boolean
  /** What is shown first: the number of a step, "start", "forward" (all data, no gradient) or "end". Default "end". */
  step?: number | "start" | "forward" | "end"
  /** The size of a nudge, in units of the node. Default 0.001. */
  h?: number
  /** The most nodes that are drawn. Default 300. */
  limit?: number
  /** What the drawing is called for those who hear it. Default "Expression graph of …". */
  label?: string
}

/**
 * The expression graph of a value, from its leaves at the left to the value at the right, in steps forward and back.
 *
 * The way back is recorded from the value's own `backward()`, which runs once and leaves every number as it was. Its
 * steps show what each node told its inputs: upstream × local = share, with `+=` where a node hears a second message. Any
 * node can be nudged: what comes after it is computed again by the engine's rules, and the measured slope stands beside
 * the gradient. An input: its value is the number of the step.
 * @param value any value of the engine: `data`, `grad`, `label`, `op`, `inputs`; `rule` and `backward()` to run it
 * @throws TypeError if `value` is no such value, or `h` is not above 0
 */
export function graph(value: Expression, options: GraphOptions = {}): Valued<HTMLElement, number> {
  const { backward = true, h = 0.001, limit = 300 } = options
  if (!(Number.isFinite(h) && h > 0)) throw wrong("graph", "a nudge h above 0", h, "leave it out for 0.001.")
  const nodes = readExpression(value)
  const label = options.label ?? `Expression graph of ${nameOf(value)}`
  if (nodes.length > limit) return Object.assign(figure("graph", label, tooLarge(nodes.length, limit)), { value: 0 })

  const { sweep, trouble } = backward ? wayBack(nodes) : {}
  const frames = timeline(nodes, sweep)
  const layout = layOut(nodes, room(nodes.length, sweep !== undefined))
  const drawing = drawGraph(nodes, layout, roleBy(options.roles), label)
  const view = html(
    "div",
    { class: "graph-view", tabindex: 0, role: "group", "aria-label": "Nodes and wires" },
    drawing.root,
  )
  const line = textLine()

  let step = 0
  let picked: number | undefined
  let nudged = false

  const show = () => {
    const frame = frames[step]!
    const result = nudged && picked !== undefined ? nudge(nodes, picked, h) : undefined
    drawing.show(frame, { node: picked, nudge: result })
    line.say(picked === undefined ? frame.text : measured(nodes, picked, sweep?.grads[picked], result, h))
    scrub.set(step)
    pick.show(picked, nudged, picked !== undefined && canNudge(nodes, picked))
    scrollTo(picked ?? frame.current)
  }
  const scrollTo = (node: number | undefined) => {
    if (node === undefined || !(view.scrollWidth > view.clientWidth)) return
    view.scrollLeft = (layout.places[node]!.x / layout.width) * view.scrollWidth - view.clientWidth / 2
  }
  const scrub = scrubber(view, {
    last: frames.length - 1,
    turn: turnOf(frames),
    go(to) {
      // Before the reader's first step nothing moves: the page comes alive as it stood.
      view.classList.add("moving")
      step = to
      picked = undefined
      nudged = false
      show()
      root.value = step
      announce(root)
    },
    playing: line.quiet,
  })
  const pick = picker(nodes, layout, drawing.nodes, {
    h,
    pick(node) {
      scrub.pause()
      nudged &&= node === picked
      picked = node
      show()
    },
    nudge() {
      nudged = !nudged && picked !== undefined && canNudge(nodes, picked)
      show()
    },
  })
  step = firstStep(options.step ?? "end", frames)
  const note = trouble === undefined ? null : html("p", { class: "figure-note" }, trouble)
  const parts = [view, scrub.root, line.root, pick.root, note, notFinite(nodes), nodeTable(nodes, sweep?.grads)]
  const root = Object.assign(figure(sweep ? "graph" : "graph one-way", label, ...parts), { value: step })
  show()
  return root
}

/** One neuron just fits a column; a larger graph scrolls, so its wires have room to climb beside the sums, not through them. */
function room(count: number, bothWays: boolean): Room {
  const [gap, level] = count > CROWD ? [36, 62] : [11, 40]
  return bothWays
    ? { lines: 3, sum: { width: 62, height: 48 }, wire: 5, gap, level }
    : { lines: 2, sum: { width: 24, height: 1 }, wire: 0, gap, level: 0 }
}

/** The recorded way back, or why there is none. */
function wayBack(nodes: readonly ExprNode[]): { sweep?: Sweep; trouble?: string } {
  if (typeof nodes.at(-1)!.value.backward !== "function") {
    return { trouble: "This value has no backward(): only the way forward is shown." }
  }
  try {
    return { sweep: recordSweep(nodes) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { trouble: `backward() failed, so only the way forward is shown: ${message}` }
  }
}

const roleBy = (roles: GraphOptions["roles"] = {}) =>
  typeof roles === "function"
    ? roles
    : ({ label }: Expression) => (Object.hasOwn(roles, label) ? roles[label] : undefined)

/** The first step of the way back; the number of steps if there is none. */
const turnOf = (frames: readonly Frame[]): number => {
  const turn = frames.findIndex(({ phase }) => phase === "backward")
  return turn < 0 ? frames.length : turn
}

function firstStep(wanted: number | "start" | "forward" | "end", frames: readonly Frame[]): number {
  const last = frames.length - 1
  if (wanted === "start") return 0
  if (wanted === "forward") return turnOf(frames) - 1
  if (wanted === "end") return last
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= last) return wanted
  throw wrong("graph", `a step from 0 to ${last}, "start", "forward" or "end"`, wanted, "leave it out for the end.")
}
