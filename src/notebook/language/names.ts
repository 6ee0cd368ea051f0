import { children, isFunction, type Syntax } from "./syntax.ts"

/** A name and the offset at which it stands. */
export interface Name {
  name: string
  start: number
}

/** The names of a cell: those its top level declares, those it reads from elsewhere, and those it writes elsewhere. */
export interface Names {
  declared: Name[]
  read: Name[]
  written: Name[]
}

interface Scope {
  names: Set<string>
  isFunction: boolean
  parent: Scope | null
}

/** Finds what a cell declares, reads and writes, by the scoping rules of JavaScript (its types already stripped). */
export function findNames(root: Syntax): Names {
  const top: Scope = { names: new Set(), isFunction: true, parent: null }
  const declared: Name[] = []
  const read: Name[] = []
  const written: Name[] = []
  if (root.type === "Program") {
    const declare = (id: Syntax): void => {
      declared.push({ name: id["name"] as string, start: id.start })
    }
    for (const statement of root["body"] as Syntax[]) eachDeclared(statement, declare)
    // A `var` inside a block or a loop is the cell's own, as in Observable: other cells do not see it.
    hoist(root, (id) => top.names.add(id["name"] as string))
  }
  for (const { name } of declared) top.names.add(name)
  visit(root, top)
  return { declared, read, written }

  function isLocal(name: string, scope: Scope | null): boolean {
    for (; scope; scope = scope.parent) if (scope.names.has(name)) return true
    return false
  }

  function reference(id: Syntax, scope: Scope, into: Name[]): void {
    const name = id["name"] as string
    if (!isLocal(name, scope)) into.push({ name, start: id.start })
  }

  function visit(node: Syntax, scope: Scope): void {
    const { type } = node
    if (type === "Identifier") {
      if (node["name"] === "arguments" && insideFunction(scope)) return
      reference(node, scope, read)
    } else if (isFunction(node)) visitFunction(node, scope)
    else if (type === "ClassDeclaration" || type === "ClassExpression") {
      const inner = block(scope)
      const id = node["id"] as Syntax | null
      if (id) inner.names.add(id["name"] as string)
      for (const child of children(node)) if (child !== id) visit(child, inner)
    } else if (type === "VariableDeclarator") {
      pattern(node["id"] as Syntax, scope)
      if (node["init"]) visit(node["init"] as Syntax, scope)
    } else if (type === "AssignmentExpression") {
      target(node["left"] as Syntax, scope)
      if (node["operator"] !== "=") visit(node["left"] as Syntax, scope)
      visit(node["right"] as Syntax, scope)
    } else if (type === "UpdateExpression") {
      target(node["argument"] as Syntax, scope)
      visit(node["argument"] as Syntax, scope)
    } else if (type === "MemberExpression") {
      visit(node["object"] as Syntax, scope)
      if (node["computed"]) visit(node["property"] as Syntax, scope)
    } else if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(type)) {
      if (node["computed"]) visit(node["key"] as Syntax, scope)
      if (node["value"])
        visit(node["value"] as Syntax, { names: new Set(), isFunction: type === "PropertyDefinition", parent: scope })
    } else if (/^(BreakStatement|ContinueStatement|ImportDeclaration|MetaProperty)$/.test(type)) return
    else if (type === "LabeledStatement") visit(node["body"] as Syntax, scope)
    else if (type === "CatchClause") {
      const inner = block(scope)
      if (node["param"]) {
        eachName(node["param"] as Syntax, (id) => inner.names.add(id["name"] as string))
        pattern(node["param"] as Syntax, inner)
      }
      visit(node["body"] as Syntax, inner)
    } else if (/^(BlockStatement|SwitchStatement|StaticBlock|For(In|Of)?Statement)$/.test(type)) {
      const inner = block(scope, type === "StaticBlock")
      declareBlock(node, inner)
      if (/^For(In|Of)Statement$/.test(type) && (node["left"] as Syntax).type !== "VariableDeclaration")
        target(node["left"] as Syntax, inner)
      for (const child of children(node)) visit(child, inner)
    } else for (const child of children(node)) visit(child, scope)
  }

  function visitFunction(node: Syntax, scope: Scope): void {
    const inner: Scope = {
      names: new Set(node.type === "ArrowFunctionExpression" ? [] : ["arguments"]),
      isFunction: true,
      parent: scope,
    }
    const id = node["id"] as Syntax | null
    if (id) inner.names.add(id["name"] as string)
    const parameters = node["params"] as Syntax[]
    for (const parameter of parameters) eachName(parameter, (name) => inner.names.add(name["name"] as string))
    const body = node["body"] as Syntax
    hoist(body, (name) => inner.names.add(name["name"] as string))
    for (const parameter of parameters) pattern(parameter, inner)
    visit(body, inner)
  }

  /** The default values and computed keys inside a pattern are read; its names are declared elsewhere. */
  function pattern(node: Syntax, scope: Scope): void {
    if (node.type === "Identifier") return
    if (node.type === "AssignmentPattern") {
      pattern(node["left"] as Syntax, scope)
      visit(node["right"] as Syntax, scope)
    } else if (node.type === "Property") {
      if (node["computed"]) visit(node["key"] as Syntax, scope)
      pattern(node["value"] as Syntax, scope)
    } else if (node.type === "MemberExpression") visit(node, scope)
    else for (const child of children(node)) pattern(child, scope)
  }

  function target(node: Syntax, scope: Scope): void {
    eachName(node, (id) => {
      reference(id, scope, written)
    })
    pattern(node, scope)
  }
}

function block(parent: Scope, isFunction = false): Scope {
  return { names: new Set(), isFunction, parent }
}

function insideFunction(scope: Scope | null): boolean {
  return scope !== null && scope.parent !== null && (scope.isFunction || insideFunction(scope.parent))
}

/** What `let`, `const`, `class`, `function` and `import` declare directly in a block. */
function declareBlock(node: Syntax, scope: Scope): void {
  const add = (id: Syntax): void => void scope.names.add(id["name"] as string)
  for (const child of children(node)) {
    if (child.type === "SwitchCase") declareBlock(child, scope)
    else eachDeclared(child, add)
  }
}

function eachDeclared(statement: Syntax, found: (id: Syntax) => void): void {
  if (statement.type === "VariableDeclaration")
    for (const d of statement["declarations"] as Syntax[]) eachName(d["id"] as Syntax, found)
  else if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration")
    found(statement["id"] as Syntax)
  else if (statement.type === "ImportDeclaration")
    for (const s of statement["specifiers"] as Syntax[]) found(s["local"] as Syntax)
}

/** What `var` declares anywhere inside, up to the next function. */
function hoist(node: Syntax, found: (id: Syntax) => void): void {
  if (node.type === "VariableDeclaration" && node["kind"] === "var") eachDeclared(node, found)
  for (const child of children(node)) if (!isFunction(child)) hoist(child, found)
}

/** The names that a pattern binds: `{ a, b: [c = 1], ...d }` binds a, c and d. */
function eachName(pattern: Syntax, found: (id: Syntax) => void): void {
  if (pattern.type === "Identifier") found(pattern)
  else for (const part of parts(pattern)) eachName(part, found)
}

function parts(pattern: Syntax): Syntax[] {
  if (pattern.type === "ObjectPattern")
    return (pattern["properties"] as Syntax[]).map((p) => (p["value"] ?? p["argument"]) as Syntax)
  if (pattern.type === "ArrayPattern")
    return (pattern["elements"] as (Syntax | null)[]).filter((element) => element !== null)
  if (pattern.type === "AssignmentPattern") return [pattern["left"] as Syntax]
  return pattern.type === "RestElement" ? [pattern["argument"] as Syntax] : []
}
