import { equation, nameOf, spoken } from "./words.ts"
import type { ExprNode } from "./expression.ts"
import type { Message, Sweep } from "./sweep.ts"

/** Everything that a drawing shows at one moment. It is looked up, never computed from the moment before. */
export interface Frame {
  readonly phase: "start" | "forward" | "backward"
  /** The node that is computed, or that passes its gradient on; undefined at the start. */
  readonly current: number | undefined
  /** Whether the data of each node is known by now. */
  readonly known: readonly boolean[]
  /** The gradient that each node holds; undefined until a message has reached it. */
  readonly grads: readonly (number | undefined)[]
  /** The last message along each edge so far, by `edgeKey`. */
  readonly sent: ReadonlyMap<string, Message>
  /** The messages of this very step. */
  readonly messages: readonly Message[]
  /** The step in words. */
  readonly text: string
}

export const edgeKey = ({ from, to, position }: { from: number; to: number; position: number }): string =>
  `${from}-${to}-${position}`

/** A message goes against its edge: from the node that used a value to that value. */
const messageKey = ({ speaker, listener, position }: Message): string =>
  edgeKey({ from: listener, to: speaker, position })

/** The moments of an expression: its leaves, each op in its turn, and each step of the way back. */
export function timeline(nodes: readonly ExprNode[], sweep: Sweep | undefined): Frame[] {
  const silent = nodes.map(() => undefined)
  const none = new Map<string, Message>()
  const leaves = nodes.map(({ inputs }) => inputs.length === 0)
  const still = { grads: silent, sent: none, messages: [] }
  const frames: Frame[] = [
    { ...still, phase: "start", current: undefined, known: leaves, text: `Given: ${given(nodes)}.` },
  ]
  nodes.forEach(({ value, inputs }, current) => {
    if (inputs.length === 0) return
    const known = leaves.map((leaf, i) => leaf || i <= current)
    frames.push({ ...still, phase: "forward", current, known, text: `Forward: ${equation(value)}.` })
  })
  const known = nodes.map(() => true)
  let sent = none
  for (const step of sweep?.steps ?? []) {
    const { node, messages, grads } = step
    sent = new Map([...sent, ...messages.map((message) => [messageKey(message), message] as const)])
    frames.push({ phase: "backward", current: node, known, grads, sent, messages, text: spoken(nodes, step) })
  }
  return frames
}

/** The labelled leaves with their numbers; of many, the first few. */
function given(nodes: readonly ExprNode[]): string {
  const leaves = nodes.filter(({ value, inputs }) => inputs.length === 0 && value.label)
  const texts = [...new Set(leaves.map(({ value }) => equation(value)))]
  if (texts.length === 0) return nodes.length === 1 ? nameOf(nodes[0]!.value) : "constants only"
  return texts.length > 10 ? `${texts.slice(0, 9).join(", ")} and ${texts.length - 9} more` : texts.join(", ")
}
