import type { Block } from "./book.ts"

/**
 * Blocks in an order in which every cell stands after those whose names it reads, for where cells run from top to bottom.
 * Blocks that have no such need keep their places. No order lets cells run that read each other in a circle: they get some order.
 */
export function inOrder(blocks: Block[]): Block[] {
  const owners = new Map<string, Block>()
  for (const block of blocks)
    if (block.kind === "cell") for (const name of block.definition?.outputs ?? []) owners.set(name, block)
  const sorted = new Set<Block>()
  const place = (block: Block, readers: Block[]): void => {
    if (sorted.has(block) || readers.includes(block)) return
    if (block.kind === "cell")
      for (const name of block.definition?.inputs ?? []) {
        const owner = owners.get(name)
        if (owner) place(owner, [...readers, block])
      }
    sorted.add(block)
  }
  for (const block of blocks) place(block, [])
  return [...sorted]
}
