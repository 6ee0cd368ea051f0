import { Parser, type Node, type Options } from "acorn"
import { tsPlugin } from "@sveltejs/acorn-typescript"
import { CellError, positionAt } from "./error.ts"

/** Any node of a syntax tree; the passes look at `type` and walk whatever children are there. */
export interface Syntax extends Node {
  [key: string]: unknown
}

/** A cell is one expression, whose value it shows, or a program, which shows what it displays. */
export interface Parsed {
  root: Syntax
  isExpression: boolean
}

const options: Options = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: false,
}
const TypeScript = Parser.extend(tsPlugin())

/** Parses the text of a cell that may hold types. Throws a `CellError` with the position of the first mistake. */
export function parseTypeScript(source: string): Parsed {
  return parseWith(TypeScript, source)
}

/** Parses the text of a cell whose types were stripped. */
export function parseJavaScript(source: string): Parsed {
  return parseWith(Parser, source)
}

function parseWith(parser: typeof Parser, source: string): Parsed {
  const expression = maybeExpression(parser, source)
  if (expression) return { root: expression, isExpression: true }
  try {
    return { root: parser.parse(source, options) as unknown as Syntax, isExpression: false }
  } catch (error) {
    throw syntaxError(source, error)
  }
}

/** The whole text as one expression (`{ a: 1 }` is an object, not a block), or null. */
function maybeExpression(parser: typeof Parser, source: string): Syntax | null {
  const start = /^(?:\s|\/\/.*|\/\*[^]*?\*\/)*/.exec(source)![0].length
  if (start === source.length) return null
  try {
    const wrapped = parser.parse(`${" ".repeat(start)}(${source.slice(start)}\n)`, options) as unknown as {
      body: Syntax[]
    }
    const [statement, ...rest] = wrapped.body
    if (rest.length > 0 || statement?.type !== "ExpressionStatement") return null
    const expression = statement["expression"] as Syntax
    // A function or a class with a name declares that name; it is not shown.
    if (/^(Function|Class)Expression$/.test(expression.type) && expression["id"]) return null
    // `x: number` is a label; only within our parentheses it looks like a parameter with its type.
    if (expression["typeAnnotation"] || expression["optional"]) return null
    shift(expression, -1)
    return expression
  } catch {
    return null
  }
}

function shift(root: Syntax, by: number): void {
  walk(root, (node) => {
    node.start += by
    node.end += by
  })
}

function syntaxError(source: string, error: unknown): unknown {
  if (!(error instanceof SyntaxError) || !("pos" in error)) return error
  const message = error.message.replace(/\s*\(\d+:\d+\)$/, "")
  const position = positionAt(source, error.pos as number)
  const line = source.split("\n")[position.line - 1] ?? ""
  return new CellError(
    `Syntax error: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
    `Look at line ${position.line}: ${line.trim() || "(the end of the cell)"}`,
    position,
  )
}

/** The nodes directly below a node, in the order of their fields. */
export function children(node: Syntax): Syntax[] {
  const found: Syntax[] = []
  for (const key in node) {
    const value = node[key]
    if (Array.isArray(value)) for (const item of value) if (isNode(item)) found.push(item)
    if (isNode(value)) found.push(value)
  }
  return found
}

function isNode(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && typeof (value as Syntax).type === "string" && "start" in value
}

/** Visits a tree from the root down; where `visit` returns false, the children are passed over. */
export function walk(root: Syntax, visit: (node: Syntax, parents: Syntax[]) => unknown): void {
  const descend = (node: Syntax, parents: Syntax[]): void => {
    if (visit(node, parents) === false) return
    const path = [...parents, node]
    for (const child of children(node)) descend(child, path)
  }
  descend(root, [])
}

/** Whether a node is a function that has a body of its own. */
export function isFunction(node: Syntax): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)
}

/** Whether a node is a loop. */
export function isLoop(node: Syntax): boolean {
  return /^(For|ForIn|ForOf|While|DoWhile)Statement$/.test(node.type)
}

/** The same text with comments as spaces, so that offsets hold. */
export function withoutComments(text: string): string {
  return text.replace(/\/\/.*|\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "))
}
