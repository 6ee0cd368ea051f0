import { walk, type Syntax } from "./syntax.ts"

/** A promise in a trailing comment, `// → 6.01`: the expression of that line gives this value, to the digits shown. */
export interface Assertion {
  expected: string
  line: number
  /** The expression that must give it, as offsets into the cell's source. */
  start: number
  end: number
}

/** The promises of a cell. The expression is what the line displays, names or states, whichever ends on it. */
export function findAssertions(source: string, root: Syntax): Assertion[] {
  const comments = [...source.matchAll(/\/\/\s*→\s*(.+?)\s*$/gm)]
  if (comments.length === 0) return []
  const candidates: Syntax[] = root.type === "Program" ? [] : [root]
  walk(root, (node) => {
    if (node.type === "ExpressionStatement") candidates.push(shown(node["expression"] as Syntax))
    if (node.type === "VariableDeclarator" && node["init"]) candidates.push(node["init"] as Syntax)
    if (node.type === "AssignmentExpression") candidates.push(node["right"] as Syntax)
  })
  const lineOf = (offset: number): number => source.slice(0, offset).split("\n").length
  return comments
    .map((comment) => {
      const line = lineOf(comment.index)
      const before = candidates.filter(({ end }) => end <= comment.index && lineOf(end) === line)
      const found = before.sort((a, b) => b.end - a.end)[0]
      return { expected: comment[1]!, line, start: found?.start ?? -1, end: found?.end ?? -1 }
    })
    .filter(({ start }) => start >= 0)
}

/** In `display(x)` the promise is about `x`. */
function shown(expression: Syntax): Syntax {
  const { type, callee, arguments: args } = expression as Syntax & { callee?: Syntax; arguments?: Syntax[] }
  return type === "CallExpression" && callee?.["name"] === "display" && args?.length === 1 ? args[0]! : expression
}

/**
 * Whether a value is what was promised: numbers to the digits shown (`6.01`, `3.8e-9`, `−0.5`), in lists and objects
 * item by item, all else as text.
 */
export function fulfils(value: unknown, expected: string): boolean {
  const text = write(value, digitsOf(expected))
  return squeeze(text) === squeeze(expected.replaceAll("−", "-"))
}

/** The numbers in a promise; a digit inside a name (`z1`) is none. */
export function digitsOf(expected: string): string[] {
  return [...expected.matchAll(number)].map(([digits]) => digits)
}

/** How a value reads when its numbers are cut to the digits of the numbers promised, in order. */
export function write(value: unknown, digits: string[]): string {
  if (typeof value === "number") return likeDigits(value, digits.shift())
  if (typeof value === "string") return value
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(value as ArrayLike<unknown>, (item) => write(item, digits)).join(", ")}]`
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${write(item, digits)}`)
      .join(", ")}}`
  }
  return String(value)
}

const number = /(?<![\w.$])[-−]?(?:\d+\.?\d*|\.\d+)(?:e[-+−]?\d+)?/gi

function likeDigits(value: number, shown: string | undefined): string {
  if (shown === undefined || !Number.isFinite(value)) return String(value)
  const [mantissa = "", exponent] = shown.toLowerCase().split("e")
  const decimals = mantissa.split(".")[1]?.length ?? 0
  if (exponent !== undefined) return value.toExponential(decimals).replace("e+", "e")
  const fixed = value.toFixed(decimals)
  const signed = Number(fixed) === 0 ? fixed.replace("-", "") : fixed
  return /^[-−]?\./.test(shown) ? signed.replace(/^(-?)0\./, "$1.") : signed
}

function squeeze(text: string): string {
  return text.replace(/["'`\s]/g, "").replace("e+", "e")
}
