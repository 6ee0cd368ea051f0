import { globSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { regions, replaceRegion } from "../../../src/notebook/language/regions.ts"

const file = `import { a } from "./a.ts"

// #region outer
export class Outer {
  // #region inner
  /** Doubles. */
  twice(n: number): number {
    return 2 * n
  }
  // #endregion

  rest = 1
}
// #endregion outer
`

describe("regions", () => {
  it("finds each region with its text, its line and its place, in the order of the file", () => {
    expect(regions(file).map(({ name, line }) => [name, line])).toEqual([
      ["outer", 4],
      ["inner", 6],
    ])
    for (const { start, end, name } of regions(file)) {
      expect(file.slice(0, start).endsWith(`#region ${name}\n`)).toBe(true)
      expect(file.slice(end)).toMatch(/^ *\/\/ #endregion/)
    }
  })

  it("leaves out the marks of regions inside, the common indent and blank lines at the ends", () => {
    const [outer, inner] = regions(file)
    expect(inner!.text).toBe("/** Doubles. */\ntwice(n: number): number {\n  return 2 * n\n}")
    expect(outer!.text).not.toContain("#")
    expect(outer!.text.split("\n")).toHaveLength(8)
  })

  it("finds none in a file without marks, and an empty one as empty", () => {
    expect(regions("const a = 1\n")).toEqual([])
    expect(regions("// #region a\n// #endregion\n")[0]).toMatchObject({ text: "", line: 2 })
  })

  it.each([
    ["// #region a\n", "The region a is not closed"],
    ["// #endregion\n", "Line 1 closes a region that was not opened"],
    ["// #region a\n// #endregion\n// #region a\n// #endregion\n", "The region a is there twice (line 3)"],
  ])("refuses marks without a partner and names that come twice: %j", (source, message) => {
    expect(() => regions(source)).toThrow(message)
  })

  it("finds the regions of the engine, each with its own text in its file", () => {
    const found = globSync("src/engine/*.ts").flatMap((path) => {
      const source = readFileSync(path, "utf8")
      return regions(source).map((region) => ({ ...region, source }))
    })
    expect(found.length).toBeGreaterThan(20)
    for (const { source, text, line } of found) {
      const first = text.split("\n")[0]!
      const at = source.split("\n").findIndex((other, index) => index >= line - 1 && other.trim() === first.trim())
      expect(at).toBeGreaterThanOrEqual(line - 1)
    }
  })
})

describe("replaceRegion", () => {
  it("puts another text in a region's place, and leaves all else as it was", () => {
    const inner = regions(file)[1]!
    const changed = replaceRegion(file, inner, "twice = (n) => n + n")
    expect(changed).toBe(file.slice(0, inner.start) + "twice = (n) => n + n\n" + file.slice(inner.end))
    expect(regions(changed)[1]!.text).toBe("twice = (n) => n + n")
  })

  it("gives the same region again for its own text", () => {
    for (const region of regions(file)) {
      const again = regions(replaceRegion(file, region, region.text)).find(({ name }) => name === region.name)
      expect(again?.text.replaceAll(/\s+/g, " ")).toBe(region.text.replaceAll(/\s+/g, " "))
    }
  })

  it("takes an empty text and one that ends its last line", () => {
    const inner = regions(file)[1]!
    expect(regions(replaceRegion(file, inner, ""))[1]!.text).toBe("")
    expect(replaceRegion(file, inner, "x\n")).toBe(replaceRegion(file, inner, "x"))
  })
})
