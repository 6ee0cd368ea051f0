import type { ExprNode, Expression, Rule } from "./expression.ts"

/** What a node tells one of its inputs: `share` = `upstream` × `local`, put on top of `before`. */
export interface Message {
  readonly speaker: number
  readonly listener: number
  /** Which input of the speaker the listener is: in `a.mul(a)` it is both, and hears two messages. */
  readonly position: number
  readonly upstream: number
  /** The slope of this op alone: the share that its rule gives for an upstream of 1. */
  readonly local: number
  readonly share: number
  /** What the receiver had heard before; undefined for the first message. */
  readonly before: number | undefined
  /** False if the rule did not add: what was there before is lost. */
  readonly added: boolean
}

/** One step back: `node` passes its gradient on to its inputs; `grads` is what every node holds after it. */
export interface BackwardStep {
  readonly node: number
  readonly messages: readonly Message[]
  /** By node; undefined until a message has arrived. */
  readonly grads: readonly (number | undefined)[]
  /** In a last step, which shows all gradients: the nodes that no message ever reached. */
  readonly unheard?: readonly number[]
}

/** What the engine's own `backward()` did, step by step. */
export interface Sweep {
  /** The first step has no messages: it gives the result its own gradient, 1. After the last, all gradients are known. */
  readonly steps: readonly BackwardStep[]
  /** What `backward()` leaves in every node. */
  readonly grads: readonly number[]
}

/** A walk in which nodes speak this many times each, on average, is taken for endless. */
const MOST = 10

/**
 * Run the engine's `backward()` once and write down what it does, in its own order and with its own rules, whatever a
 * reader has made of them. Each value is left as it was found. Without rules to listen to, the sweep is one step.
 */
export function recordSweep(nodes: readonly ExprNode[]): Sweep {
  const root = nodes.length - 1
  const heard = new Array<number | undefined>(nodes.length)
  const steps: BackwardStep[] = []
  const grad = (at: number) => nodes[at]!.value.grad
  const note = (node: number, messages: readonly Message[]) => {
    for (const at of [node, ...messages.map(({ listener }) => listener)]) heard[at] = grad(at)
    steps.push({ node, messages, grads: [...heard] })
  }

  return undisturbed(nodes, () => {
    nodes.forEach(({ value, inputs }, speaker) => {
      value.grad = 0
      const { rule } = value
      if (!rule) return
      const backward: Rule["backward"] = (out, a, b) => {
        if (steps.length === 0) note(root, [])
        if (steps.length > MOST * nodes.length) throw new RangeError("its walk does not come to an end")
        const before = inputs.map((to) => heard[to])
        rule.backward(out, a, b)
        const shares = sharesOf(value, rule, out.grad)
        const slopes = sharesOf(value, rule, 1)
        const sumTo = (to: number, end: number, start = 0) =>
          shares.slice(0, end).reduce((sum, share, i) => (inputs[i] === to ? sum + share : sum), start)
        note(
          speaker,
          inputs.map((listener, position) => ({
            speaker,
            listener,
            position,
            upstream: out.grad,
            local: slopes[position]!,
            share: shares[position]!,
            before:
              inputs.indexOf(listener) < position ? sumTo(listener, position, before[position]) : before[position],
            added: near(sumTo(listener, inputs.length, before[position]), grad(listener)),
          })),
        )
      }
      // A rule may carry more than its two functions (an exponent): the listener stands in front of it.
      setRule(value, Object.assign(Object.create(rule) as Rule, { backward }))
    })
    nodes[root]!.value.backward?.()
    const grads = nodes.map(({ value }) => value.grad)
    if (steps.length === 0) note(root, [])
    const unheard = grads.flatMap((_, at) => (heard[at] === undefined ? [at] : []))
    if (unheard.length > 0) steps.push({ node: root, messages: [], grads, unheard })
    return { steps, grads }
  })
}

/** What a rule gives to each input on its own, for a gradient `upstream` of its result: it runs on stand-ins. */
function sharesOf(value: Expression, rule: Rule, upstream: number): number[] {
  const out = standIn(value, upstream)
  const inputs = value.inputs.map((input) => standIn(input, 0))
  rule.backward(out, inputs[0]!, inputs[1]!)
  return inputs.map((input) => input.grad)
}

const standIn = (value: Expression, grad: number): Expression =>
  Object.assign(Object.create(value) as Expression, { data: value.data, grad })

/** Run `task`, then give every node back the rule and the gradient that it had, also if the task fails. */
function undisturbed<T>(nodes: readonly ExprNode[], task: () => T): T {
  const kept = nodes.map(({ value }) => ({ value, rule: value.rule, grad: value.grad }))
  try {
    return task()
  } finally {
    for (const { value, rule, grad } of kept) {
      value.grad = grad
      if (value.rule !== rule) setRule(value, rule)
    }
  }
}

const setRule = (value: Expression, rule: Rule | undefined): void => void Object.assign(value, { rule })

const near = (a: number, b: number): boolean =>
  Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-9)
