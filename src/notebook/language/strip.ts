import { Edits } from "./edits.ts"
import { CellError, positionAt } from "./error.ts"
import { parseTypeScript, walk, withoutComments, type Syntax } from "./syntax.ts"

/**
 * TypeScript without its types: each is overwritten by spaces, so that every line and column stays where it is, as
 * Node's own type stripping does. Syntax that makes code (an enum, a namespace, a parameter property) is an error.
 */
export function stripTypes(source: string): string {
  const { root } = parseTypeScript(source)
  const edits = new Edits(source)
  const blank = (node: Syntax, first?: string): false => (edits.blank(node.start, node.end, first), false)
  /** Blanks the word or mark that stands between `from` and `to`, comments aside. */
  const blankMark = (mark: string, from: number, to: number): void => {
    const at =
      from + withoutComments(source.slice(from, to)).search(new RegExp(/\w/.test(mark) ? `\\b${mark}\\b` : `\\${mark}`))
    if (at >= from) edits.blank(at, at + mark.length)
  }

  walk(root, (node, parents) => {
    const declaration = /^Export/.test(node.type) ? (node["declaration"] as Syntax | null) : null
    if (isOnlyTypes(declaration ?? node)) return blank(node, ";")
    if (node.type in unerasable) throw notErasable(source, node, unerasable[node.type]!)
    if (memberTypes.has(node.type)) return blank(node, ";")
    if (node.type === "TSTypeAssertion") {
      const inner = node["expression"] as Syntax
      edits.blank(node.start, inner.start)
    } else if (wrappers.has(node.type)) {
      edits.blank(closing(source, (node["expression"] as Syntax).end, node.end), node.end)
    } else if (node.type.startsWith("TS")) {
      const parent = parents.at(-1)
      return parent?.type === "ArrowFunctionExpression" && parent["returnType"] === node
        ? stripArrowType(node, parent)
        : blank(node)
    }

    if (node["importKind"] === "type" || node["exportKind"] === "type") {
      if (/Declaration$/.test(node.type)) return blank(node, ";")
      edits.blank(node.start, withComma(source, node.end))
      return false
    }
    if (node["optional"] === true && (node.type === "Identifier" || /Pattern$/.test(node.type))) {
      const annotation = node["typeAnnotation"] as Syntax | undefined
      const end = annotation?.start ?? node.end
      const mark = source.lastIndexOf("?", end)
      if (mark >= node.start) edits.blank(mark, mark + 1)
    }
    if (isThisParameter(node, parents)) return (edits.blank(node.start, withComma(source, node.end)), false)
    if (node.type === "VariableDeclarator" && node["definite"]) blankMark("!", (node["id"] as Syntax).start, node.end)
    if (node.type === "ClassDeclaration" || node.type === "ClassExpression") stripClassHead(node)
    if (/^(PropertyDefinition|MethodDefinition|AccessorProperty)$/.test(node.type)) {
      const hasNoBody = node.type === "MethodDefinition" && !(node["value"] as Syntax)["body"]
      if (node["declare"] || node["abstract"] || hasNoBody) return blank(node, ";")
      const key = node["key"] as Syntax
      for (const modifier of modifiers) blankMark(modifier, node.start, key.start)
      const mark = node["optional"] ? "?" : node["definite"] ? "!" : null
      if (mark) blankMark(mark, key.end, source.length)
    }
    return true
  })
  return edits.toString()

  /** No line may end before `=>`: where the return type spans lines, the parenthesis before it moves to its end. */
  function stripArrowType({ start, end }: Syntax, arrow: Syntax): false {
    const from = (arrow["params"] as Syntax[]).at(-1)?.end ?? arrow.start
    const parenthesis = from + withoutComments(source.slice(from, start)).lastIndexOf(")")
    const isMoved = source.slice(parenthesis, end).includes("\n")
    if (isMoved) edits.blank(parenthesis, parenthesis + 1)
    edits.blank(start, isMoved ? end - 1 : end)
    if (isMoved) edits.replace(end - 1, end, ")")
    return false
  }

  function stripClassHead(node: Syntax): void {
    const before = ["superTypeParameters", "superClass", "typeParameters", "id"].map(
      (part) => node[part] as Syntax | null,
    )
    const head = before.find(Boolean)?.end ?? node.start
    if (node["abstract"]) blankMark("abstract", node.start, (node["id"] as Syntax).start)
    const interfaces = (node["implements"] ?? []) as Syntax[]
    const last = interfaces.at(-1)
    if (!last) return
    const from = head + withoutComments(source.slice(head, last.end)).search(/\bimplements\b/)
    edits.blank(from, last.end)
  }
}

const modifiers = ["public", "private", "protected", "readonly", "override"]
const wrappers = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSInstantiationExpression",
])
const statementTypes = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSDeclareFunction"])

/** Whether a statement leaves nothing behind: types, what is only declared, a namespace of nothing else. */
function isOnlyTypes(node: Syntax): boolean {
  if (statementTypes.has(node.type)) return true
  if (node["declare"] === true) return node.type !== "PropertyDefinition"
  if (node.type !== "TSModuleDeclaration") return false
  const body = node["body"] as Syntax
  const statements = body.type === "TSModuleBlock" ? (body["body"] as Syntax[]) : [body]
  return statements.every((statement) => isOnlyTypes((statement["declaration"] as Syntax | undefined) ?? statement))
}

const memberTypes = new Set([
  "TSIndexSignature",
  "TSDeclareMethod",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
])
const unerasable: Record<string, string> = {
  TSEnumDeclaration: "an enum",
  TSModuleDeclaration: "a namespace",
  TSParameterProperty: "a parameter property",
  TSImportEqualsDeclaration: "an import assignment",
  TSExportAssignment: "an export assignment",
  Decorator: "a decorator",
}

function notErasable(source: string, node: Syntax, what: string): CellError {
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)} cannot run here: it is TypeScript that makes code, not only types`
  return new CellError(
    message,
    "Write it as plain JavaScript: an object for an enum or a namespace, a field set in the constructor for a parameter property.",
    positionAt(source, node.start),
  )
}

function isThisParameter(node: Syntax, parents: Syntax[]): boolean {
  const parameters = parents.at(-1)?.["params"]
  return node.type === "Identifier" && node["name"] === "this" && Array.isArray(parameters) && parameters.includes(node)
}

/** The offset after an inner expression's own closing parentheses: `(x) as T` keeps `(x)`. */
function closing(source: string, from: number, to: number): number {
  const text = withoutComments(source.slice(from, to))
  const closed = /^[\s)]*\)/.exec(text)
  return from + (closed?.[0].length ?? 0)
}

/** The offset after the comma that follows, if one does. */
function withComma(source: string, end: number): number {
  return end + (/^\s*,/.exec(withoutComments(source.slice(end)))?.[0].length ?? 0)
}
