import type { Value } from "./value.ts"

// #region order
let walks = 0
/**
 * `root` and all that it was made from, each after its inputs: a topological order. From the end it is that of backpropagation:
 * a value passes its gradient on when all that used it have added theirs. (No recursion: a sum of 100,000 is as deep.)
 */
export function order(root: Value): Value[] {
  const walk = --walks
  const sorted: Value[] = []
  const path = [root]
  for (let depth = 1; depth > 0;) {
    const node = path[depth - 1]!
    const { a, b } = node
    if (b !== undefined && b.mark !== walk) path[depth++] = b
    else if (a !== undefined && a.mark !== walk) path[depth++] = a
    else {
      node.mark = walk
      sorted.push(node)
      depth--
    }
  }
  return sorted
}
// #endregion
