import type { Edits } from "./edits.ts"
import { positionAt } from "./error.ts"
import { isFunction, isLoop, walk, withoutComments, type Syntax } from "./syntax.ts"

/**
 * Puts a checkpoint into every loop and every function, so that no cell can freeze the page. Where the code can wait (at
 * the cell's top level, in an async function), the checkpoint lets the page breathe and the loop may go on for ever;
 * elsewhere it stops code that has blocked the page for too long, and names the line.
 *
 * @param javascript the code whose tree it is, without types
 * @returns whether the cell itself now waits, so that its body must be async
 */
export function insertGuards(edits: Edits, javascript: string, root: Syntax): boolean {
  let cellWaits = false
  walk(root, (node, parents) => {
    if (!isLoop(node) && !isFunction(node)) return
    const { line } = positionAt(javascript, node.start)
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
    } else {
      const body = node["body"] as Syntax
      if (body.type === "BlockStatement") edits.insert(body.start + 1, `__cell.check(${line});`)
      else {
        const from = (node["params"] as Syntax[]).at(-1)?.end ?? node.start
        const arrow = from + withoutComments(javascript.slice(from, body.start)).indexOf("=>")
        edits.wrap(arrow + 2, node.end, ` (__cell.check(${line}),`, ")")
      }
    }
  })
  return cellWaits
}
