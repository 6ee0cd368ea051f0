import { Edits } from "../language/edits.ts"
import { parseTypeScript, walk, type Syntax } from "../language/syntax.ts"
import type { CellBlock } from "./book.ts"

/** What a cell imports, by the name that it has there. */
export interface Import {
  module: string
  /** `*` is the whole module. */
  name: string
  local: string
  isType: boolean
}

/** A cell's source without its imports, which a file makes once for all its cells. */
export interface Program {
  text: string
  imports: Import[]
}

/**
 * Takes a cell's source apart.
 * @param stand writes beside each `view(…)` the value at which its input stood on the page, for where nobody turns it
 */
export function programOf({ source, stands }: CellBlock, { stand = false } = {}): Program {
  const edits = new Edits(source)
  const imports: Import[] = []
  const { root } = parseTypeScript(source)
  walk(root, (node) => {
    if (node.type === "ImportDeclaration") {
      imports.push(...importsOf(node))
      const rest = /^[ \t]*\n/.exec(source.slice(node.end))?.[0].length ?? 0
      edits.replace(node.start, node.end + rest, "")
      return false
    }
    const call = node["init"] as Syntax | null | undefined
    if (stand && node.type === "VariableDeclarator" && isView(call)) {
      const value = stands[(node["id"] as Syntax)["name"] as string]
      const input = (call["arguments"] as Syntax[]).at(-1)
      if (input) edits.insert(input.end, `, ${value === undefined ? "undefined" : JSON.stringify(value)}`)
    }
    return true
  })
  return { text: edits.toString().trim(), imports }
}

function importsOf(node: Syntax): Import[] {
  const module = (node["source"] as Syntax)["value"] as string
  return (node["specifiers"] as Syntax[]).map((specifier) => {
    const imported = specifier["imported"] as Syntax | undefined
    const whole = specifier.type === "ImportNamespaceSpecifier" ? "*" : "default"
    return {
      module,
      name: ((imported?.["name"] ?? imported?.["value"]) as string | undefined) ?? whole,
      local: (specifier["local"] as Syntax)["name"] as string,
      isType: node["importKind"] === "type" || specifier["importKind"] === "type",
    }
  })
}

function isView(node: Syntax | null | undefined): node is Syntax {
  return node?.type === "CallExpression" && (node["callee"] as Syntax)["name"] === "view"
}
