import type { ExprNode } from "./expression.ts"

/** What a nudge of one node did to the result, found by computing everything after it again. */
export interface Nudge {
  /** The data of every node with the picked one at +h and at −h; the others that do not depend on it are unmoved. */
  readonly up: readonly number[]
  readonly down: readonly number[]
  /** (L(+h) − L(−h)) / 2h: how much the result moves per unit of the node. */
  readonly slope: number
  /** The nodes that depend on the picked one, itself included. */
  readonly moved: ReadonlySet<number>
}

/** Whether everything after `picked` has a rule to compute it again. */
export const canNudge = (nodes: readonly ExprNode[], picked: number): boolean =>
  [...downstream(nodes, picked)].every((at) => at === picked || nodes[at]!.value.rule !== undefined)

/** Put `picked` at its data ± `h` as if nothing stood before it, and run the engine's forward rules from there on. */
export function nudge(nodes: readonly ExprNode[], picked: number, h: number): Nudge {
  const moved = downstream(nodes, picked)
  const at = (by: number): number[] => {
    const data: number[] = []
    nodes.forEach(({ value, inputs }, i) => {
      const [a = NaN, b = 0] = inputs.map((input) => data[input]!)
      data[i] = i === picked ? value.data + by : moved.has(i) ? value.rule!.forward(a, b) : value.data
    })
    return data
  }
  const [up, down] = [at(h), at(-h)]
  return { up, down, slope: (up.at(-1)! - down.at(-1)!) / (2 * h), moved }
}

function downstream(nodes: readonly ExprNode[], picked: number): Set<number> {
  const reached = new Set([picked])
  nodes.forEach(({ inputs }, i) => {
    if (inputs.some((input) => reached.has(input))) reached.add(i)
  })
  return reached
}
