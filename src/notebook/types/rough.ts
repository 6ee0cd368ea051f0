import type ts from "typescript"
import type { Declaration } from "../language/declarations.ts"
import type { Outline } from "../language/modules.ts"

/** The outline of a half-typed cell, as far as TypeScript's own parser, which stops at nothing, can make it out. */
export function roughOutline(typescript: typeof ts, source: string): Outline {
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.ESNext)
  const declared = file.statements.flatMap((statement) => declaredBy(typescript, statement))
  return { isExpression: false, declared: declared.filter(({ name }) => name !== "") }
}

function declaredBy(typescript: typeof ts, statement: ts.Statement): Declaration[] {
  const is = typescript
  if (is.isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .flatMap((d) => bound(typescript, d.name))
      .map((name) => ({ name, kind: "variable" }))
  }
  if (is.isInterfaceDeclaration(statement) || is.isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, kind: "type" }]
  }
  if (is.isFunctionDeclaration(statement) || is.isClassDeclaration(statement)) {
    return statement.name ? [{ name: statement.name.text, kind: "fixed" }] : []
  }
  return is.isImportDeclaration(statement) ? imported(typescript, statement.importClause) : []
}

function bound(typescript: typeof ts, name: ts.BindingName): string[] {
  if (typescript.isIdentifier(name)) return [name.text]
  return name.elements.flatMap((e) => (typescript.isOmittedExpression(e) ? [] : bound(typescript, e.name)))
}

function imported(typescript: typeof ts, clause: ts.ImportClause | undefined): Declaration[] {
  if (!clause) return []
  const isType = clause.phaseModifier === typescript.SyntaxKind.TypeKeyword
  const kindOf = (ownType: boolean): Declaration["kind"] => (isType || ownType ? "type" : "fixed")
  const names: Declaration[] = clause.name ? [{ name: clause.name.text, kind: kindOf(false) }] : []
  const { namedBindings } = clause
  if (!namedBindings) return names
  if (typescript.isNamespaceImport(namedBindings))
    return [...names, { name: namedBindings.name.text, kind: kindOf(false) }]
  return [...names, ...namedBindings.elements.map((e) => ({ name: e.name.text, kind: kindOf(e.isTypeOnly) }))]
}
