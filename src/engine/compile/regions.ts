import type { Expr } from "./expr.ts"

/** The statements that need to run only while some relus are open: `test` is above 0, and so on outwards. */
export interface Region {
  /** Nothing for what always runs. */
  readonly test: Expr | undefined
  readonly outer: Region | undefined
  readonly depth: number
}

/** Where the statements stand that always run. */
export const everywhere: Region = { test: undefined, outer: undefined, depth: 0 }

export const behind = (test: Expr, outer: Region): Region => ({ test, outer, depth: outer.depth + 1 })

/** The innermost region that holds both. */
export function common(a: Region, b: Region): Region {
  while (a !== b) {
    if (a.depth >= b.depth) a = a.outer!
    else b = b.outer!
  }
  return a
}

/** The way from one region to another: how many to leave, and the tests of those to enter. */
export function way(from: Region, to: Region): { leave: number; enter: Expr[] } {
  const shared = common(from, to)
  const enter: Expr[] = []
  for (let region = to; region !== shared; region = region.outer!) enter.unshift(region.test!)
  return { leave: from.depth - shared.depth, enter }
}
