import { differentiate } from "./differentiate.ts"
import { deepest, type Expr, leaf } from "./expr.ts"
import { everywhere, type Region } from "./regions.ts"
import { rules } from "./rules.ts"
import { slice, type Tape } from "./tape.ts"

/**
 * One line of a program. `set`: local ← value; `add`: local ← local + value; `gradient`: parameter `index` gets `value`
 * added to its gradient; `output`: result `index` of this row is `value`. A region says when it may be left out.
 */
export interface Statement {
  readonly kind: "set" | "add" | "gradient" | "output"
  readonly index: number
  readonly value: Expr
  readonly region: Region | undefined
}

/** What to do for one row of the batch, forward and (with gradients) backward. */
export interface Program {
  readonly statements: readonly Statement[]
  /** The local variables, each by its name: v12 is the value of place 12 on the tape, g12 its gradient. */
  readonly locals: readonly string[]
  /** The numbers of a row in memory: inputs, targets, then outputs. */
  readonly inputs: number
  readonly targets: number
  readonly outputs: number
}

export interface Lowering {
  readonly inputs: number
  readonly targets: number
  /** Whether to append the backward pass. */
  readonly gradients: boolean
  /** Whether to put what only passes through a relu into a region of its own. */
  readonly regions: boolean
}

/** From a tape to statements. */
export function* lower(tape: Tape, options: Lowering): Generator<undefined, Program> {
  const locals: string[] = []
  const values: Expr[] = []
  for (const [i, { op, a, b, source, index }] of tape.nodes.entries()) {
    const value = op
      ? rules[op.name]!.value({ a: values[a]!, b: values[b]!, k: op.exponent ?? 0 })
      : leaf(source, index)
    if (value.depth > deepest) {
      value.depth = 0
      value.uses++
    }
    values.push(value)
    if (i % slice === slice - 1) yield
  }
  for (const place of tape.outputs) values[place]!.uses++

  // The backward pass reads values too, so it is written before it is known which values to keep.
  const backward = options.gradients ? yield* differentiate(tape, values, locals, options.regions) : []
  const forward: Statement[] = []
  values.forEach((value, i) => {
    if (value.uses < 2 || value.ready) return
    value.local = locals.push(`v${i}`) - 1
    forward.push({ kind: "set", index: value.local, value, region: everywhere })
  })
  tape.outputs.forEach((place, index) => {
    forward.push({ kind: "output", index, value: values[place]!, region: everywhere })
  })
  const { inputs, targets } = options
  return { inputs, targets, outputs: tape.outputs.length, locals, statements: forward.concat(backward) }
}
