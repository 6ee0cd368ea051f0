import { constant, deepest, type Expr, leaf } from "./expr.ts"
import type { Statement } from "./lower.ts"
import { behind, common, everywhere, type Region } from "./regions.ts"
import { rules } from "./rules.ts"
import { slice, type Tape } from "./tape.ts"

/**
 * The backward pass of a row: the chain rule from the loss to the parameters, in the order in which the eager engine
 * walks, so that every sum of gradients adds up in the same order. Differences to the eager engine, none in the result:
 * only what leads to a parameter gets a gradient; a gradient that arrives once and is read once is not stored but written
 * into its reader, so that a sum costs nothing; and what only passes through a closed relu, and so would be 0, is skipped.
 */
export function* differentiate(
  tape: Tape,
  values: readonly Expr[],
  locals: string[],
  useRegions: boolean,
): Generator<undefined, Statement[]> {
  const { nodes } = tape
  const root = tape.outputs[0]!
  const needed: boolean[] = []
  for (const { op, a, b, source } of nodes) {
    needed.push(op ? needed[a]! || (b >= 0 && needed[b]!) : source === "parameter")
  }
  const inputs = (i: number): number[] => [nodes[i]!.a, nodes[i]!.b].filter((j) => j >= 0 && needed[j])

  // How many gradients arrive at each value, and the region that holds all of them.
  const arrivals = new Int32Array(nodes.length)
  const regions: (Region | undefined)[] = nodes.map(() => everywhere)
  const behindGate: (Region | undefined)[] = []
  arrivals[root] = 1
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { op } = nodes[i]!
    if (!op || !needed[i]) continue
    let region = regions[i]
    if (useRegions && rules[op.name]!.gate) {
      values[i]!.uses++
      region = behindGate[i] = behind(values[i]!, region)
    }
    for (const j of inputs(i)) regions[j] = arrivals[j]!++ ? common(regions[j], region) : region
  }

  const zeros: Statement[] = []
  const statements: Statement[] = []
  const gradients: (Expr | undefined)[] = []
  function arrive(j: number, value: Expr, region: Region | undefined): void {
    const { source, op, index } = nodes[j]!
    value.uses++
    if (!op && source === "parameter") statements.push({ kind: "gradient", index, value, region })
    else if (arrivals[j] === 1) gradients[j] = value
    else if (gradients[j]) statements.push({ kind: "add", index: gradients[j].value, value, region })
    else {
      const local = locals.push(`g${j}`) - 1
      gradients[j] = leaf("local", local)
      if (region === regions[j]) statements.push({ kind: "set", index: local, value, region })
      else {
        zeros.push({ kind: "set", index: local, value: constant(0), region: everywhere })
        statements.push({ kind: "add", index: local, value, region })
      }
    }
  }

  if (needed[root]) arrive(root, leaf("seed"), everywhere)
  for (let i = nodes.length - 1; i >= 0; i--) {
    const { op, a, b } = nodes[i]!
    const gradient = gradients[i]
    if (!op || !gradient) continue
    const { shares, gate } = rules[op.name]!
    if (gate && useRegions) arrive(a, gradient, behindGate[i])
    else {
      const sides = inputs(i)
      if (!gradient.ready && (sides.length > 1 || gradient.depth > deepest)) {
        gradient.local = locals.push(`g${i}`) - 1
        gradient.depth = 0
        statements.push({ kind: "set", index: gradient.local, value: gradient, region: regions[i] })
      }
      const k = op.exponent ?? 0
      const reads = { a: values[a]!, b: values[b]!, out: values[i]!, grad: gradient, k }
      shares.forEach((share, side) => {
        const j = side ? b : a
        if (needed[j]) arrive(j, share(reads), regions[i])
      })
    }
    if (i % slice === 0) yield
  }
  return zeros.concat(statements)
}
