import { globSync, readFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { describe, expect, it } from "vitest"
import { mulberry32 } from "../../../src/engine/index.ts"
import { CellError, stripTypes } from "../../../src/notebook/language/index.ts"
import { erasable } from "./erasable.ts"

/** What Node makes of a source, or null where it finds syntax that cannot be erased. */
function strippedByNode(source: string): string | null {
  try {
    return stripTypeScriptTypes(source)
  } catch {
    return null
  }
}

/** Node writes a semicolon or a wider space here and there, where ours has a space: any of them does. */
const squash = (text: string): string => text.replace(/[^\S\n]|;/g, " ")

const at = (source: string, offset: number): string => {
  const lines = source.slice(0, offset).split("\n")
  return `line ${lines.length}: ${source.split("\n")[lines.length - 1]!.trim()}`
}

/** Where two texts first differ, with the line of the source there, or null. */
function difference(source: string, ours: string, theirs: string): string | null {
  const [a, b] = [squash(ours), squash(theirs)]
  if (a === b) return null
  const offset = [...a].findIndex((character, i) => character !== b[i])
  return at(source, offset)
}

const read = (...patterns: string[]): [string, string][] =>
  globSync(patterns)
    .filter((path) => !path.endsWith(".d.ts"))
    .map((path) => [path, readFileSync(path, "utf8")])

describe("stripTypes", () => {
  it.each(erasable)("erases what Node erases, and nothing else: %j", (source) => {
    expect(difference(source, stripTypes(source), strippedByNode(source)!)).toBe(null)
  })

  it("erases from programs made of these what Node erases", () => {
    const random = mulberry32(6)
    const parts = erasable.filter((source) => !/^(export|import)|\b(await|label)\b/.test(source))
    for (let round = 0; round < 200; round++) {
      const pick = (): string => parts[Math.floor(random() * parts.length)]!
      const source = Array.from({ length: 6 }, () => `{\n${pick()}\n}`).join("\n")
      const theirs = strippedByNode(source)
      if (theirs !== null) expect(difference(source, stripTypes(source), theirs), source).toBe(null)
    }
  }, 60_000)

  it.each([
    ["this project", 100, ["src/**/*.ts", "tests/**/*.ts", "bench/**/*.ts"]],
    ["zod 3", 60, ["node_modules/zod/src/v3/**/*.ts"]],
    [
      "parsers of HTML and CSS",
      20,
      ["node_modules/{domutils,entities,css-what,css-select,nth-check,dom-serializer,htmlparser2}/src/**/*.ts"],
    ],
    ["source maps and Markdown", 12, ["node_modules/{@jridgewell,@lezer}/*/src/**/*.ts"]],
  ])(
    "erases from the files of %s what Node erases",
    (_, least, patterns) => {
      const files = read(...patterns)
      let erased = 0
      const differences = files.flatMap(([path, source]) => {
        const theirs = strippedByNode(source)
        // A namespace or an enum that makes code: neither erases it.
        if (theirs === null) return isRefused(source) ? [] : [`${path}: Node refuses it`]
        erased++
        const found = difference(source, stripTypes(source), theirs)
        return found === null ? [] : [`${path}, ${found}`]
      })
      expect(differences).toEqual([])
      expect(erased).toBeGreaterThanOrEqual(least)
    },
    60_000,
  )

  it("keeps every character that it does not erase on its line and in its column", () => {
    for (const [path, source] of read("src/**/*.ts")) {
      const stripped = stripTypes(source)
      expect(stripped.length, path).toBe(source.length)
      const moved = [...stripped.matchAll(/[^\s;)]/g)].filter(({ index }) => stripped[index] !== source[index])
      expect(moved, path).toEqual([])
      expect(stripped.split("\n").map((line) => line.length)).toEqual(source.split("\n").map((line) => line.length))
    }
  }, 60_000)

  it("leaves plain JavaScript as it is", () => {
    for (const source of [
      "a < b, c > d",
      "x ? (y) : z",
      "`${a}:${b}`",
      "/a:b/.test(c)",
      "({ a: b, c() {} })",
      "// a: b",
    ])
      expect(stripTypes(source)).toBe(source)
  })

  it("erases an assertion in angle brackets too, which Node does not", () => {
    expect(stripTypes("const x = <T>y")).toBe("const x =    y")
  })

  it.each([
    ["enum Side { Left }", 1, 1, "An enum"],
    ["const x = 1\nexport const enum Side { Left }", 2, 8, "An enum"],
    ["namespace N { export const x = 1 }", 1, 1, "A namespace"],
    ["class A {\n  constructor(private x: number) {}\n}", 2, 15, "A parameter property"],
    ['import a = require("a")', 1, 1, "An import assignment"],
    ["export = a", 1, 1, "An export assignment"],
    ["@sealed class A {}", 1, 1, "A decorator"],
  ])("refuses syntax that makes code, and says where: %j", (source, line, column, what) => {
    const { message, hint, position } = refusalOf(source)
    expect(message).toBe(`${what} cannot run here: it is TypeScript that makes code, not only types`)
    expect(hint).toBe(
      "Write it as plain JavaScript: an object for an enum or a namespace, a field set in the constructor for a parameter property.",
    )
    expect(position).toEqual({ line, column })
  })

  it.each([
    ["const x = ", 1, 11, "Syntax error: unexpected token", "Look at line 1: const x ="],
    [
      "const a = 1\nconst a = 2",
      2,
      7,
      "Syntax error: identifier 'a' has already been declared",
      "Look at line 2: const a = 2",
    ],
    ["f(\n", 2, 1, "Syntax error: unexpected token", "Look at line 2: (the end of the cell)"],
    ["if (", 1, 5, "Syntax error: unexpected token", "Look at line 1: if ("],
    ['const s = "open', 1, 11, "Syntax error: unterminated string constant", 'Look at line 1: const s = "open'],
    ["}", 1, 1, "Syntax error: unexpected token", "Look at line 1: }"],
    ["const x: = 1", 1, 10, "Syntax error: unexpected token", "Look at line 1: const x: = 1"],
    ["await = 1", 1, 7, "Syntax error: unexpected token", "Look at line 1: await = 1"],
    ["return 1", 1, 1, "Syntax error: 'return' outside of function", "Look at line 1: return 1"],
  ])("says where a mistake is: %j", (source, line, column, message, hint) => {
    const error = refusalOf(source)
    expect([error.message, error.hint, error.position]).toEqual([message, hint, { line, column }])
  })
})

function refusalOf(source: string): CellError {
  try {
    stripTypes(source)
  } catch (error) {
    if (error instanceof CellError) return error
    throw error
  }
  throw new Error(`Nothing is refused in ${source}`)
}

function isRefused(source: string): boolean {
  try {
    stripTypes(source)
    return false
  } catch (error) {
    return error instanceof CellError
  }
}
