import { differentiate } from "./differentiate.ts"
import { deepest, type Expr, leaf } from "./expr.ts"
import { everywhere } from "./regions.ts"
import { rules } from "./rules.ts"
import type { Statement } from "./statement.ts"
import { slice, type Tape, type TapeNode } from "./tape.ts"

/** What to do for one row of the batch, forward and (with gradients) backward. */
export interface Program {
  readonly statements: readonly Statement[]
  /** The local variables, each by its name: v12 is the value of place 12 on the tape, g12 its gradient. */
  readonly locals: readonly string[]
  /** How many numbers a row has, at least one: inputs, targets, then outputs; a loss is not one of them. */
  readonly width: number
}

/**
 * From a tape to statements. `gradients`: whether to append the backward pass; `gates`: whether to make regions of what
 * only flows through a relu, for a machine that can leave them out.
 */
export function* lower(tape: Tape, gradients: boolean, gates: boolean): Generator<undefined, Program> {
  const { nodes, outputs, given, many } = tape
  const values = new Array<Expr>(nodes.length)
  for (let i = 0; i < nodes.length; i++) {
    values[i] = formula(nodes[i]!, values)
    if (i % slice === slice - 1) yield
  }
  for (const place of outputs) values[place]!.uses++

  // The backward pass reads values too, so it is written before it is known which of them to keep.
  const locals: string[] = []
  const backward = gradients ? yield* differentiate(tape, values, locals, gates) : []
  const forward: Statement[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value.uses < 2 || !value.a || value.local >= 0) continue
    value.local = locals.push(`v${i}`) - 1
    forward.push({ kind: "set", index: value.local, value, region: everywhere })
  }
  outputs.forEach((place, i) => {
    forward.push({ kind: many ? "output" : "loss", index: given + i, value: values[place]!, region: everywhere })
  })
  return { width: many ? given + outputs.length : given || 1, locals, statements: forward.concat(backward) }
}

function formula(node: TapeNode, values: readonly Expr[]): Expr {
  if (!node.op) return leaf(node.source, node.index ?? node.value)
  const { op, a, b } = node
  const value = rules[op.name]!.value(values[a]!, values[b]!, op.exponent ?? 0)
  if (value.depth > deepest) {
    value.depth = 0
    value.uses++ // one reader more than there is: it will be kept
  }
  return value
}
