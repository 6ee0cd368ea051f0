import type { Expr } from "./expr.ts"

/** The statements that need to run only while some relus are open: `test` is above 0, and so on outwards. */
export interface Region {
  readonly test: Expr
  readonly outer: Region | undefined
  readonly depth: number
}

/** Where the statements stand that always run. */
export const everywhere: Region | undefined = undefined

const depth = (region: Region | undefined): number => region?.depth ?? 0

export const behind = (test: Expr, outer: Region | undefined): Region => ({ test, outer, depth: depth(outer) + 1 })

/** The innermost region that holds both. */
export function common(a: Region | undefined, b: Region | undefined): Region | undefined {
  while (a !== b) {
    if (depth(a) >= depth(b)) a = a?.outer
    else b = b?.outer
  }
  return a
}

/** The way from one region to another: how many to leave, and which to enter. */
export function way(from: Region | undefined, to: Region | undefined): { leave: number; enter: Region[] } {
  const shared = common(from, to)
  const enter: Region[] = []
  for (let region = to; region !== shared; region = region!.outer) enter.unshift(region!)
  return { leave: depth(from) - depth(shared), enter }
}
