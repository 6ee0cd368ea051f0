import type { Edits } from "./edits.ts"
import { positionAt } from "./error.ts"
import { isFunction, isLoop, walk, type Syntax } from "./syntax.ts"

/**
 * Puts a checkpoint into every loop and every function, so that no cell can freeze the page. Where the code can wait (at
 * the cell's top level, in an async function), the checkpoint lets the page breathe and the loop may go on for ever;
 * elsewhere it stops code that has blocked the page for too long, and names the line.
 *
 * @returns whether the cell itself now waits, so that its body must be async
 */
export function insertGuards(edits: Edits, source: string, root: Syntax): boolean {
  let cellWaits = false
  walk(root, (node, parents) => {
    const line = positionAt(source, node.start).line
    if (isLoop(node)) {
      const owner = parents.findLast(
        (parent) => isFunction(parent) || parent.type === "PropertyDefinition" || parent.type === "StaticBlock",
      )
      const waits = owner ? owner["async"] === true : true
      cellWaits ||= !owner
      const check = waits ? `if (__cell.late(${line})) await __cell.breathe(${line});` : `__cell.check(${line});`
      const body = node["body"] as Syntax
      if (body.type === "BlockStatement") edits.insert(body.start + 1, check)
      else edits.wrap(body.start, body.end, `{${check}`, "}")
    } else if (isFunction(node)) {
      const body = node["body"] as Syntax
      if (body.type === "BlockStatement") edits.insert(body.start + 1, `__cell.check(${line});`)
      else {
        const start = source.slice(0, body.start).lastIndexOf("=>") + 2
        edits.wrap(start, node.end, ` (__cell.check(${line}),`, ")")
      }
    }
  })
  return cellWaits
}
