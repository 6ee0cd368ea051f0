import type { Arithmetic, Expr } from "./expr.ts"
import type { Program, Statement } from "./lower.ts"
import { everywhere, type Region, way } from "./regions.ts"

/** How tightly an operator binds in JavaScript; what binds more loosely goes into parentheses. */
const binding: Partial<Record<Arithmetic, number>> = { gate: 1, share: 1, "+": 2, "-": 2, "*": 3, "/": 3, neg: 4 }

const leaves = { parameter: "P", input: "x", target: "y" } as const

/** A program as JavaScript, to be read: what WebAssembly runs, line by line. */
export function source(row: Program, penalty: Program | undefined): string {
  return [
    "// Adds the gradients of the loss to G and returns the loss. P: parameters, X and Y: one array per row.",
    "function step(P, G, X, Y) {",
    "  const losses = X.map((x, i) => row(P, G, x, Y[i], 1 / X.length))",
    "  const mean = losses.reduce((sum, loss) => sum + loss) / X.length",
    `  return mean${penalty ? " + penalty(P, G, [], [], 1)" : ""}`,
    "}",
    "",
    ...print("row", row),
    ...(penalty ? ["", ...print("penalty", penalty)] : []),
    "",
  ].join("\n")
}

function print(name: string, { statements, locals }: Program): string[] {
  const lines = [`function ${name}(P, G, x, y, seed) {`]
  // Constants, but for what is added to, and what is set in a region and read when that is entered again.
  const variables = new Set<number>()
  for (const { kind, index, region } of statements) {
    if (kind === "add" || (kind === "set" && region)) variables.add(index)
  }
  let region: Region | undefined = everywhere
  let indent = "  "
  const move = (to: Region | undefined): void => {
    const { leave, enter } = way(region, to)
    for (let i = 0; i < leave; i++) {
      indent = indent.slice(2)
      lines.push(`${indent}}`)
    }
    for (const { test } of enter) {
      lines.push(`${indent}if (${formula(test, locals)} > 0) {`)
      indent += "  "
    }
    region = to
  }
  if (variables.size) lines.push(`${indent}let ${[...variables].map((local) => locals[local]).join(", ")}`)
  for (const statement of statements) {
    move(statement.region)
    const constant = statement.kind === "set" && !variables.has(statement.index)
    lines.push(`${indent}${constant ? "const " : ""}${line(statement, locals)}`)
  }
  move(everywhere)
  return [...lines, "  return loss", "}"]
}

function line({ kind, index, value }: Statement, locals: readonly string[]): string {
  const text = formula(value, locals, kind === "set" ? index : -1)
  if (kind === "output") return `const loss = ${text}`
  if (kind === "gradient") return `G[${index}] += ${text}`
  const local = locals[index]!
  return `${local} ${kind === "add" ? "+=" : "="} ${text}`
}

/** The text of a formula; `setting`: the local variable that it is about to be kept in. */
function formula(e: Expr, locals: readonly string[], setting = -1): string {
  if (e.local >= 0 && e.local !== setting) return locals[e.local]!
  const { op, value } = e
  const binds = binding[op as Arithmetic]
  const part = (input: Expr | undefined, loosest = 0): string => {
    const text = formula(input!, locals)
    const own = input!.local >= 0 ? undefined : binding[input!.op as Arithmetic]
    return own !== undefined && own < loosest ? `(${text})` : text
  }
  switch (op) {
    case "constant":
      return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0" : value})` : String(value)
    case "seed":
      return "seed"
    case "local":
      return locals[value]!
    case "parameter":
    case "input":
    case "target":
      return `${leaves[op]}[${value}]`
    case "neg":
      return `-${part(e.a, 5)}`
    case "gate":
      return `${part(e.a, 2)} > 0 ? ${part(e.b, 2)} : 0`
    case "share": {
      const [a, b] = [part(e.a, 2), part(e.b, 2)]
      return `${a} > ${b} ? 1 : ${a} < ${b} ? 0 : 0.5`
    }
    case "max":
    case "pow":
    case "exp":
    case "log":
    case "tanh":
      return `Math.${op}(${part(e.a)}${e.b ? `, ${part(e.b)}` : ""})`
    default:
      return `${part(e.a, binds)} ${op} ${part(e.b, binds! + 1)}`
  }
}
