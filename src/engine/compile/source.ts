import type { Arithmetic, Expr } from "./expr.ts"
import type { Program } from "./lower.ts"
import { everywhere, type Region, way } from "./regions.ts"

/**
 * JavaScript for an operation on a and b, how tightly it binds, and how tightly what stands for a and b must bind. The
 * other operations are functions of `Math`.
 */
const texts: Partial<Record<Arithmetic, readonly [text: string, binds: number, a: number, b: number]>> = {
  "+": ["a + b", 2, 2, 3],
  "-": ["a - b", 2, 2, 3],
  "*": ["a * b", 3, 3, 4],
  "/": ["a / b", 3, 3, 4],
  neg: ["-a", 4, 5, 5],
  share: ["a > b ? 1 : a < b ? 0 : 0.5", 1, 2, 2],
  gate: ["a > 0 ? b : 0", 1, 2, 2],
}

/** The programs of a loss as JavaScript, to be read: what WebAssembly runs, line by line. `inputs`: how many x has. */
export function source(row: Program, penalty: Program | undefined, inputs: number): string {
  return `// Returns the loss and adds its gradients to G. P: parameters, X and Y: rows.
function step(P, G, X, Y) {
  const losses = X.map((x, i) => row(P, G, x, Y[i], 1 / X.length))
  const mean = losses.reduce((sum, loss) => sum + loss) / X.length
  return mean${penalty ? " + penalty(P, G, [], [], 1)" : ""}
}

${print("row", row, inputs)}${penalty ? `\n${print("penalty", penalty, 0)}` : ""}`
}

function print(name: string, { statements, locals }: Program, inputs: number): string {
  let text = `function ${name}(P, G, x, y, seed) {\n`
  let region = everywhere
  let depth = 1
  const write = (line: string): void => void (text += `${"  ".repeat(depth)}${line}\n`)

  /** The text of a formula that binds at least so `tightly`; `setting`: the local variable that it is about to be kept in. */
  function formula({ op, a, b, value, local }: Expr, tightly: number, setting = -1): string {
    if (local >= 0 && local !== setting) return locals[local]!
    if (op === "seed") return op
    if (op === "constant") return value! < 0 || Object.is(value, -0) ? `(-${-value!})` : String(value)
    if (op === "parameter") return `P[${value}]`
    if (op === "row") return value! < inputs ? `x[${value}]` : `y[${value! - inputs}]`
    const [template, binds, forA, forB] = texts[op] ?? [`Math.${op}(a${b ? ", b" : ""})`, 9, 0, 0]
    const text = template.replace(/\b[ab]\b/g, (name) => (name === "a" ? formula(a!, forA) : formula(b!, forB)))
    return binds < tightly ? `(${text})` : text
  }

  function move(to: Region): void {
    const { leave, enter } = way(region, to)
    for (let i = 0; i < leave; i++, write("}")) depth--
    for (const test of enter) {
      write(`if (${formula(test, 2)} > 0) {`)
      depth++
    }
    region = to
  }

  // Constants, but for what is added to, and what is set in a region and read when that is entered again.
  const variables = new Set<number>()
  for (const { kind, index, region } of statements) {
    if (kind === "add" || (kind === "set" && region !== everywhere)) variables.add(index)
  }
  if (variables.size) write(`let ${Array.from(variables, (index) => locals[index]).join(", ")}`)
  for (const { kind, index, value, region } of statements) {
    move(region)
    const right = formula(value, 0, kind === "set" ? index : -1)
    if (kind === "loss") write(`const loss = ${right}`)
    else if (kind === "gradient") write(`G[${index}] += ${right}`)
    else if (kind === "add") write(`${locals[index]} += ${right}`)
    else write(`${variables.has(index) ? "" : "const "}${locals[index]} = ${right}`)
  }
  move(everywhere)
  write("return loss")
  return `${text}}\n`
}
