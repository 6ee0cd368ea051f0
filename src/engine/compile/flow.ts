import type { Expr } from "./expr.ts"
import { behind, common, everywhere, type Region } from "./regions.ts"
import { rules } from "./rules.ts"
import { slice, type Tape } from "./tape.ts"

/** How gradients flow back through a tape; each list has an entry for each value. */
export interface Flow {
  /** Whether it leads to a parameter; other gradients are of no use. */
  readonly needed: readonly boolean[]
  /** How many gradients arrive at it. */
  readonly arrivals: readonly number[]
  /** Where its gradient is needed: the region that holds all arrivals. */
  readonly regions: readonly Region[]
  /** Where what it passes on is needed: for a relu, only while that is open. */
  readonly beyond: readonly Region[]
}

/** `gates`: whether to put what only flows through a relu into a region of its own. */
export function* flow({ nodes, outputs }: Tape, values: readonly Expr[], gates: boolean): Generator<undefined, Flow> {
  const { length } = nodes
  const needed = new Array<boolean>(length).fill(false)
  const arrivals = new Array<number>(length).fill(0)
  const regions = new Array<Region>(length).fill(everywhere)
  const beyond = regions.slice()
  for (let i = 0; i < length; i++) {
    const node = nodes[i]!
    needed[i] = node.op ? needed[node.a]! || needed[node.b]! : node.source === "parameter"
  }
  yield
  const arrive = (i: number, region: Region): void => {
    if (needed[i]) regions[i] = arrivals[i]!++ ? common(regions[i]!, region) : region
  }
  arrive(outputs[0]!, everywhere)
  for (let i = length - 1; i >= 0; i--) {
    if (i % slice === 0) yield
    const node = nodes[i]!
    if (!node.op || !needed[i]) continue
    const { op, a, b } = node
    beyond[i] = regions[i]!
    if (gates && rules[op.name]!.gate) {
      values[i]!.uses++
      beyond[i] = behind(values[i]!, regions[i]!)
    }
    arrive(a, beyond[i]!)
    arrive(b, beyond[i]!)
  }
  return { needed, arrivals, regions, beyond }
}
