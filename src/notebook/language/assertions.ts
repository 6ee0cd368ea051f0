import { CellError } from "./error.ts"
import { walk, type Syntax } from "./syntax.ts"

/** A promise in a trailing comment, `// → 6.01`: the expression of that line gives this value, to the digits shown. */
export interface Assertion {
  expected: string
  line: number
  /** The expression that must give it, as offsets into the cell's source. */
  start: number
  end: number
}

/**
 * The promises of a cell. The expression is what the line displays, names or states, whichever ends on it.
 *
 * @param onLoose what to do about a promise on a line where none ends: nothing else would check it
 */
export function findAssertions(source: string, root: Syntax, onLoose: (line: number) => void): Assertion[] {
  if (!promise.test(source)) return []
  const candidates: Syntax[] = root.type === "Program" ? [] : [root]
  const texts: Syntax[] = []
  walk(root, (node) => {
    if (node.type === "ExpressionStatement") candidates.push(shown(node["expression"] as Syntax))
    if (node.type === "VariableDeclarator" && node["init"]) candidates.push(node["init"] as Syntax)
    if (node.type === "AssignmentExpression") candidates.push(node["right"] as Syntax)
    if (node.type === "Literal" || node.type === "TemplateElement") texts.push(node)
  })
  const isInText = (offset: number): boolean => texts.some(({ start, end }) => start <= offset && offset < end)
  let lineStart = 0
  return source.split("\n").flatMap((text, index) => {
    const start = lineStart
    lineStart += text.length + 1
    const comment = [...text.matchAll(promises)].find(({ index: column }) => !isInText(start + column))
    if (!comment) return []
    const before = candidates.filter(({ end }) => end > start && end <= start + comment.index)
    const [found] = before.sort((a, b) => b.end - a.end)
    if (!found) onLoose(index + 1)
    const expected = text.slice(comment.index + comment[0].length).trim()
    return found ? [{ expected, line: index + 1, start: found.start, end: found.end }] : []
  })
}

const promise = /\/\/[^\S\n]*→/
const promises = new RegExp(promise, "g")

/** For an author, whose promises are all to be checked. */
export function refuseLoose(line: number): never {
  throw new CellError(
    "This promise belongs to no value",
    "Put the comment at the end of the line on which an expression ends: display(x) // → 1.",
    { line, column: 1 },
  )
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
  return squeeze(write(value, digitsOf(expected))) === squeeze(expected)
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
  return text
    .replaceAll("−", "-")
    .replace(/["'`\s]/g, "")
    .replaceAll("e+", "e")
}
