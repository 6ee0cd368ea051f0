import { findAssertions, refuseLoose, type Assertion } from "./assertions.ts"
import { Edits } from "./edits.ts"
import { CellError, positionAt, type Position } from "./error.ts"
import { globals } from "./globals.ts"
import { insertGuards } from "./guards.ts"
import { findNames } from "./names.ts"
import { stripTypes } from "./strip.ts"
import { isFunction, parseJavaScript, walk, type Syntax } from "./syntax.ts"

/** What a cell compiles to. */
export interface Definition {
  /** Names that the cell reads from other cells or from the notebook, in the order of the body's parameters. */
  inputs: string[]
  /** Names that the cell gives to other cells: the declarations of its top level. */
  outputs: string[]
  /** Modules that the cell imports, and which of their names: `*` is all of them. */
  imports: Record<string, string[]>
  /** Whether the cell is one expression, whose value it shows. */
  autodisplay: boolean
  /** The lines whose value the author promised in a trailing comment. */
  assertions: Assertion[]
  /** The text of a function `(__cell, ...inputs) => outputs`, plain JavaScript. */
  body: string
}

/** A definition that still knows its source. */
export interface Compiled extends Definition {
  /** Where a position in `body` stood in the cell's source. */
  locate(position: Position): Position
  /** Where the source first mentions a name that it reads or declares, or a module. */
  mentions(name: string): Position | undefined
}

/** Names that every cell has for itself; `define` supplies them. */
const own = ["display", "view", "console"]

/**
 * Compiles the TypeScript of one cell, by the rules of Observable Notebook 2.0: the names of its top level are its
 * outputs, an expression is shown, other names come from other cells. The build, the tests and the page all call this.
 *
 * @throws CellError on a syntax mistake, with its line and column, and on what a cell may not do
 */
export function compile(source: string, options: { assertions?: boolean } = {}): Compiled {
  const text = source.replace(/\r\n?/g, "\n")
  const javascript = stripTypes(text)
  const { root, isExpression } = parseJavaScript(javascript)
  const edits = new Edits(javascript)
  const { declared, read, written } = findNames(root)
  const outputs = distinct(declared.map(({ name }) => name))
  const names = distinct(read.map(({ name }) => name))
  const inputs = names.filter((name) => !globals.has(name) && !own.includes(name))

  forbid(text, root, [...declared, ...read], written)
  const imports = rewriteImports(edits, text, root)
  const assertions = findAssertions(text, root, options.assertions ? refuseLoose : () => undefined)
  if (options.assertions) {
    for (const [index, { start, end }] of assertions.entries()) {
      edits.wrap(start, end, `__cell.assert(${index},(`, "))")
    }
  }
  const waits = insertGuards(edits, javascript, root)
  const isAsync = waits || awaits(root)
  const helpers = own.filter((name) => names.includes(name))
  const head = `${isAsync ? "async " : ""}(__cell${inputs.map((name) => `, ${name}`).join("")}) => {${
    helpers.length > 0 ? `const {${helpers.join(", ")}} = __cell;` : ""
  }`
  const body = isExpression ? `${head}return (\n${edits}\n)}` : `${head}\n${edits}\n;return {${outputs.join(", ")}}}`
  const autodisplay = isExpression && !names.includes("display") && !names.includes("view")
  const mentions = (name: string): Position | undefined => {
    const mentioned = [...declared, ...read].filter((other) => other.name === name).map(({ start }) => start)
    const start =
      mentioned.length > 0 ? Math.min(...mentioned) : text.search(new RegExp(`["']${escapeRegExp(name)}["']`))
    return start < 0 ? undefined : positionAt(text, start)
  }
  const locate = ({ line, column }: Position): Position => {
    const edited = edits.toString()
    const before = edited
      .split("\n")
      .slice(0, line - 2)
      .join("\n")
    return positionAt(text, edits.origin((line > 2 ? before.length + 1 : 0) + column - 1))
  }
  return { inputs, outputs, imports, autodisplay, assertions, body, locate, mentions }
}

function distinct(names: string[]): string[] {
  return [...new Set(names)]
}

function forbid(
  source: string,
  root: Syntax,
  mentioned: { name: string; start: number }[],
  written: { name: string; start: number }[],
): void {
  for (const { name, start } of mentioned) {
    if (name === "__cell")
      throw new CellError("The name __cell is the notebook's own", "Choose another name.", positionAt(source, start))
  }
  for (const { name, start } of mentioned) {
    if (own.includes(name) && root.type === "Program" && declares(root, name)) {
      throw new CellError(
        `This cell declares ${name}, which the notebook gives to every cell`,
        "Choose another name.",
        positionAt(source, start),
      )
    }
  }
  for (const { name, start } of written) {
    const message = globals.has(name)
      ? `This cell assigns to the global ${name}`
      : `This cell assigns to ${name}, which it does not declare`
    throw new CellError(
      message,
      `Only the cell that declares a name may change it. Declare it here with let, or change it where it is declared.`,
      positionAt(source, start),
    )
  }
  walk(root, (node) => {
    if (/^Export/.test(node.type)) {
      throw new CellError(
        "A cell does not export",
        "Leave out the word export: other cells see every name of the top level.",
        positionAt(source, node.start),
      )
    }
    if (node.type === "MetaProperty" && (node["meta"] as Syntax)["name"] === "import") {
      throw new CellError("import.meta means nothing in a cell", "Leave it out.", positionAt(source, node.start))
    }
  })
}

function declares(root: Syntax, name: string): boolean {
  return findNames(root).declared.some((declared) => declared.name === name)
}

/**
 * An import becomes a look into the modules that the notebook was handed; what they are is not the compiler's business.
 * It is done first, wherever it stands, as in any module.
 */
function rewriteImports(edits: Edits, source: string, root: Syntax): Record<string, string[]> {
  const modules: Record<string, string[]> = {}
  const needs = (module: string, name: string): void => {
    const names = (modules[module] ??= [])
    if (!names.includes(name)) names.push(name)
  }
  const statements = root.type === "Program" ? (root["body"] as Syntax[]) : []
  const declarations = statements.filter(({ type }) => type === "ImportDeclaration")
  const looks = declarations.flatMap((node) => {
    const module = (node["source"] as Syntax)["value"] as string
    modules[module] ??= []
    const from = `__cell.module(${JSON.stringify(module)})`
    return (node["specifiers"] as Syntax[]).map((specifier) => {
      const local = (specifier["local"] as Syntax)["name"] as string
      const name = importedName(specifier)
      needs(module, name)
      return name === "*" ? `${local} = ${from}` : `{${JSON.stringify(name)}: ${local}} = ${from}`
    })
  })
  if (looks.length > 0) edits.insert(0, `const ${looks.join(", ")};`)
  for (const { start, end } of declarations)
    edits.replace(start, end, `;${source.slice(start, end).replace(/[^\n]/g, "")}`)
  walk(root, (node) => {
    if (node.type !== "ImportExpression") return
    const module = node["source"] as Syntax
    if (module.type !== "Literal")
      throw new CellError(
        "import() needs the name of a module as text",
        'Write import("seven-knobs"), for example.',
        positionAt(source, node.start),
      )
    needs(module["value"] as string, "*")
    edits.replace(node.start, module.start, "__cell.later(")
  })
  return modules
}

function importedName(specifier: Syntax): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "*"
  if (specifier.type === "ImportDefaultSpecifier") return "default"
  const imported = specifier["imported"] as Syntax
  return (imported["name"] ?? imported["value"]) as string
}

function awaits(root: Syntax): boolean {
  let found = false
  walk(root, (node) => {
    if (isFunction(node)) return false
    found ||= node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node["await"] === true)
    return !found
  })
  return found
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
}
