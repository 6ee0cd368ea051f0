import { parseTypeScript, type Syntax } from "./syntax.ts"

/** A name that a cell's top level declares, in the world of values (a variable settles: others see what it resolves to) or of types. */
export interface Declaration {
  name: string
  kind: "variable" | "fixed" | "type"
}

/** Every declaration of a cell's top level, types included. */
export function declarations(source: string): Declaration[] {
  const { root } = parseTypeScript(source)
  return root.type === "Program" ? (root["body"] as Syntax[]).flatMap(declared) : []
}

function declared(statement: Syntax): Declaration[] {
  const { type } = statement
  if (type === "VariableDeclaration") {
    return (statement["declarations"] as Syntax[])
      .flatMap((d) => bound(d["id"] as Syntax))
      .map((name) => ({ name, kind: "variable" }))
  }
  if (type === "ImportDeclaration") {
    return (statement["specifiers"] as Syntax[]).map((specifier) => ({
      name: (specifier["local"] as Syntax)["name"] as string,
      kind: statement["importKind"] === "type" || specifier["importKind"] === "type" ? "type" : "fixed",
    }))
  }
  const id = statement["id"] as Syntax | undefined
  if (!id) return []
  if (/^TS(Interface|TypeAlias)Declaration$/.test(type)) return [{ name: id["name"] as string, kind: "type" }]
  return /^(Function|Class)Declaration$/.test(type) ? [{ name: id["name"] as string, kind: "fixed" }] : []
}

function bound(pattern: Syntax): string[] {
  if (pattern.type === "Identifier") return [pattern["name"] as string]
  if (pattern.type === "ObjectPattern")
    return (pattern["properties"] as Syntax[]).flatMap((p) => bound((p["value"] ?? p["argument"]) as Syntax))
  if (pattern.type === "ArrayPattern")
    return (pattern["elements"] as (Syntax | null)[]).flatMap((e) => (e ? bound(e) : []))
  if (pattern.type === "AssignmentPattern") return bound(pattern["left"] as Syntax)
  return pattern.type === "RestElement" ? bound(pattern["argument"] as Syntax) : []
}
