import { brief, number, superscript, symbol } from "../format.ts"
import type { Expression, ExprNode } from "./expression.ts"
import type { Nudge } from "./nudge.ts"
import type { BackwardStep, Message } from "./sweep.ts"

const infix: Record<string, readonly [symbol: string, strength: number]> = {
  add: ["+", 1],
  "+": ["+", 1],
  sub: ["−", 1],
  "-": ["−", 1],
  mul: ["×", 2],
  "*": ["×", 2],
  div: ["÷", 2],
  "/": ["÷", 2],
}

/** The sign of an op in a drawing: × for mul, tanh for tanh, x² for a square. */
export function signOf({ op, rule }: Expression): string {
  if (infix[op]) return infix[op][0]
  if (op === "neg") return "−"
  if (op === "sigmoid") return "σ"
  if (op === "log") return "ln"
  if (op === "pow") return `x${exponent(rule?.exponent)}`
  return op
}

/** What a node is called: its label, or how it was made ("w × x"), or its number if it is a constant. */
export const nameOf = (value: Expression): string => symbol(value.label) || written(value, 3, 0, false)

/** How a node was made, in names: "w × x + b"; a leaf is made of nothing: "". */
export const formula = (value: Expression): string => (value.inputs.length > 0 ? written(value, 3, 0, false) : "")

/** The same with the numbers of its inputs: "−1 + 0.5". */
const inNumbers = (value: Expression): string => (value.inputs.length > 0 ? written(value, 1, 0, true) : "")

/** "z = w × x + b = −1 + 0.5 = −0.5"; for a leaf "w = 1". */
export function equation(value: Expression): string {
  const parts = [symbol(value.label), formula(value), inNumbers(value), brief(value.data)].filter((part) => part !== "")
  return parts.filter((part, i) => part !== parts[i - 1]).join(" = ")
}

/** "∂L/∂w = 0.8460", or "its gradient is 0.8460" for a node without a label. */
function gradient(root: Expression, value: Expression, grad: number): string {
  if (!value.label) return `its gradient is ${number(grad)}`
  return `∂${symbol(root.label) || "out"}/∂${symbol(value.label)} = ${number(grad)}`
}

/** One message in words: "w gets 0.8460 × (−1) = −0.8460". The second message to a node is added to the first. */
export function told(nodes: readonly ExprNode[], message: Message): string {
  const { listener, upstream, local, share, before, added } = message
  const sum = `${nameOf(nodes[listener]!.value)} gets ${number(upstream)} × ${factor(local)} = ${number(share)}`
  if (before === undefined) return sum
  const held = number(before)
  return added ? `${sum} on top of its ${held}: ${number(before + share)}` : `${sum}, and its ${held} is overwritten`
}

/** One step back in words. */
export function spoken(nodes: readonly ExprNode[], { node, messages, grads, unheard }: BackwardStep): string {
  const root = nodes.at(-1)!.value
  const { value } = nodes[node]!
  const own = grads[node]!
  if (unheard?.some((at) => grads[at] !== 0)) return "Back: done. Not every gradient came by a rule that can be shown."
  if (unheard) return `Back: done. ${unheard.length === 1 ? "One node" : `${unheard.length} nodes`} heard nothing.`
  if (messages.length === 0) return `Back from ${nameOf(value)}: ${gradient(root, value, own)}.`
  return `Back: ${nameOf(value)} passes ${number(own)} on. ${messages.map((message) => told(nodes, message)).join("; ")}.`
}

/** What is known of a picked node: how it was made, its gradient and, after a nudge, the measured slope. */
export function measured(
  nodes: readonly ExprNode[],
  picked: number,
  grad: number | undefined,
  result: Nudge | undefined,
  h: number,
): string {
  const root = nodes.at(-1)!.value
  const { value } = nodes[picked]!
  const own = equation(value)
  if (!result) return grad === undefined ? `${own}.` : `${own}; ${gradient(root, value, grad)}.`
  const [up, down] = [number(result.up.at(-1)!, 6), number(result.down.at(-1)!, 6)]
  const ends = `Nudged by ±${brief(h, 12)}, it moves ${nameOf(root)} to ${up} and ${down}: measured slope ${number(result.slope)}`
  if (grad === undefined) return `${own}. ${ends}.`
  const agree = Math.abs(result.slope - grad) <= 1e-4 * Math.max(1, Math.abs(grad))
  return `${own}. ${ends}, gradient ${number(grad)}: ${agree ? "they agree" : "they do not agree"}.`
}

/** A local slope beside a ×: a negative one needs its own brackets in running text. */
const factor = (x: number): string => (x < 0 ? `(${brief(x)})` : brief(x))

/** How a value was made, no deeper than `depth` ops; brackets where an op around it binds more than `strength`. */
function written(value: Expression, depth: number, strength: number, numbers: boolean): string {
  const { op, inputs, label, data, rule } = value
  if (inputs.length === 0 && !label) return bracketed(brief(data), data < 0 && strength > 0)
  if (depth === 0) return "…"
  const part = (input: Expression, at: number) => {
    if (numbers) return bracketed(brief(input.data), input.data < 0 && at > 0)
    return symbol(input.label) || written(input, depth - 1, at, false)
  }
  const [a, b] = inputs
  if (a && b && infix[op]) {
    const [sign, own] = infix[op]
    const right = sign === "−" || sign === "÷" ? own + 1 : own
    return bracketed(`${part(a, numbers ? 0 : own)} ${sign} ${part(b, right)}`, own < strength)
  }
  if (a && op === "neg") return bracketed(`−${part(a, 3)}`, strength > 1)
  if (a && op === "pow") return part(a, 4) === "…" ? "…" : `${part(a, 4)}${exponent(rule?.exponent)}`
  return `${signOf(value)}(${inputs.map((input) => part(input, 0)).join(", ")})`
}

const bracketed = (text: string, needed: boolean): string => (needed ? `(${text})` : text)

const exponent = (k: number | undefined): string =>
  k === undefined ? "^" : Number.isInteger(k) ? superscript(k) : `^${brief(k)}`
