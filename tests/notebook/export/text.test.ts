import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { toJupyter } from "../../../src/notebook/export/jupyter.ts"
import { toMarkdown } from "../../../src/notebook/export/markdown.ts"
import { toTypeScript } from "../../../src/notebook/export/typescript.ts"
import { book, cell, engine, prose } from "./books.ts"

const folder = mkdtempSync(join(tmpdir(), "export-"))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** What a program prints when this Node runs it as a file. */
function printed(program: string): string[] {
  const file = join(folder, "chapter.ts")
  writeFileSync(file, program)
  const { stdout, stderr, status } = spawnSync(process.execPath, [file], { encoding: "utf8" })
  if (status !== 0) throw new Error(stderr)
  return stdout.trimEnd().split("\n")
}

const run = (...args: Parameters<typeof book>): string[] => printed(toTypeScript(book(...args), "chapter.ts"))

interface JupyterCell {
  id: string
  cell_type: string
  source: string[]
  outputs?: { data: Record<string, string[]> }[]
}
const cellsOf = (...args: Parameters<typeof book>): JupyterCell[] =>
  (JSON.parse(toJupyter(book(...args))) as { cells: JupyterCell[] }).cells

describe("a chapter as TypeScript", () => {
  it("runs its cells in Node, each after those that it reads", () => {
    const blocks = [cell("b", "display(a + 1)"), cell("a", "const a = await Promise.resolve(41)")]
    expect(run(blocks)).toEqual(["42"])
  })

  it("has cells that read each other in a circle, each once", () => {
    const text = toTypeScript(
      book([cell("a", "const a = b"), cell("b", "const b = a"), cell("c", "display(3)")]),
      "a.ts",
    )
    expect([...text.matchAll(/── (\w) ──/g)].map(([, name]) => name).sort()).toEqual(["a", "b", "c"])
  })

  it("prints the value of a cell that is one expression, whatever comment ends it", () => {
    expect(run([cell("a", "1 + 1 // → 2"), cell("b", "({ a: 1 })")])).toEqual(["2", "{ a: 1 }"])
  })

  it("brings the engine along: private names stay private, types may need each other in a circle", () => {
    const blocks = [
      cell("a", 'import { double as twice, Value, type Op } from "seven-knobs"\nconst secret: Op = (x) => x'),
      cell("b", "display(twice(new Value(3)).data)"),
    ]
    expect(run(blocks, { "seven-knobs": engine })).toEqual(["6"])
    expect(toTypeScript(book(blocks, { "seven-knobs": engine }), "chapter.ts")).not.toContain("unused")
  })

  it("lets each input stand where it stood on the page", () => {
    const slider = cell("slider", "const h = view(\n  Inputs.range([0, 1]),\n)", { stands: { h: 0.25 } })
    const gone = cell("gone", "const g = view(Inputs.range([0, 1]))")
    expect(run([slider, gone, cell("b", "display([h, g])")])).toEqual(["[ 0.25, undefined ]"])
  })

  it("brings data along, and names what would be drawn", () => {
    const blocks = [
      cell("a", 'import { record } from "records"\nimport { curve } from "figures"\ndisplay(record.length)'),
      cell("b", "display(curve(record))"),
      cell("c", "display(Plot.plot({ marks: [Plot.dot(record)] }))"),
    ]
    const libraries = {
      records: { as: "data", values: { record: [1, 2] } },
      figures: { as: "drawings", inText: {} },
    } as const
    expect(run(blocks, libraries)).toEqual([
      "2",
      "(curve: a drawing, see the article)",
      "(Plot.plot: a drawing, see the article)",
    ])
  })

  it("keeps a cell with a mistake as a comment, and runs the rest", () => {
    const broken = cell("a", "1", { source: "const x = = 1", definition: null })
    const text = toTypeScript(book([broken, cell("b", "display(2)")]), "chapter.ts")
    expect(text).toContain("// This cell has a mistake:\n// const x = = 1")
    expect(printed(text)).toEqual(["2"])
  })

  it("says what is missing when a cell imports a name that the engine has not", () => {
    const blocks = [cell("a", 'import { Valeu } from "seven-knobs"')]
    expect(() => toTypeScript(book(blocks, { "seven-knobs": engine }), "chapter.ts")).toThrow("The engine has no Valeu")
  })

  it("says which file of the engine a mistake is in", () => {
    const files = { ...(engine as { files: Record<string, string> }).files, "value.ts": "export const = 1" }
    const blocks = [cell("a", 'import { Value } from "seven-knobs"')]
    const libraries = { "seven-knobs": { ...engine, files } as typeof engine }
    expect(() => toTypeScript(book(blocks, libraries), "chapter.ts")).toThrow("value.ts: Syntax error")
  })

  it("has the prose as comments, with what its inline cells show", () => {
    const text = toTypeScript(book([prose("The slope is ", { source: "slope", shows: "6.01" }, ".\n\nNext")]), "a.ts")
    expect(text).toContain("// The slope is 6.01.\n//\n// Next\n")
    expect(text).toContain("// Run it with Node 24: node a.ts")
  })
})

describe("a chapter as a Jupyter notebook", () => {
  const blocks = [
    prose("# Part\n\nWith ", { tex: "w", isBlock: false }, "."),
    cell("nudge", "const h = 0.01\ndisplay(h)", { shows: "```\n0.01\n```" }),
  ]

  it("is of the format's version 4.5, for the kernel of Deno", () => {
    const { nbformat, nbformat_minor, metadata } = JSON.parse(toJupyter(book(blocks))) as Record<string, unknown>
    expect([nbformat, nbformat_minor]).toEqual([4, 5])
    expect(metadata).toMatchObject({ kernelspec: { name: "deno" }, language_info: { name: "typescript" } })
  })

  it("gives each cell an id that the format allows, once", () => {
    const ids = cellsOf(blocks).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[\w-]{1,64}$/)
  })

  it("keeps what each cell showed", () => {
    const { outputs } = cellsOf(blocks).find(({ id }) => id === "nudge")!
    expect(outputs![0]!.data["text/markdown"]!.join("")).toBe("```\n0.01\n```")
  })

  it("does not show the value of a cell's last line a second time", () => {
    const source = (text: string): string =>
      cellsOf([cell("a", text)])
        .at(-1)!
        .source.join("")
    expect(source("1 + 1")).toBe("void display(1 + 1)")
    expect(source("const a = 1\ndisplay(a) // → 1")).toBe("const a = 1\nvoid display(a) // → 1")
    expect(source("const a = 1")).toBe("const a = 1")
  })

  it("runs from its first code cell to its last", () => {
    const code = cellsOf(blocks).filter(({ cell_type }) => cell_type === "code")
    expect(printed(`${code.map(({ source }) => source.join("")).join("\n")}\nexport {}`)).toEqual(["0.01"])
  })
})

describe("a chapter as Markdown", () => {
  it("shows code, what it shows, and formulas between dollars", () => {
    const blocks = [
      prose("So ", { tex: "x", isBlock: false }, " and\n\n", { tex: "y\n", isBlock: true }),
      cell("a", "1 + 1", { shows: "| a |\n| --- |\n| 1 |" }),
      { kind: "engine" as const, name: "ops.ts#mul", source: "mul" },
    ]
    expect(toMarkdown(book(blocks))).toBe(
      "# Nudges & <tags>\n\nA chapter.\n\nFrom <https://example.org/some/base/nudges/>\n\n" +
        "So $x$ and\n\n$$\ny\n$$\n\n```ts\n1 + 1\n```\n\n| a |\n| --- |\n| 1 |\n\n```ts\nmul\n```\n",
    )
  })

  it("leads links back to the site and opens what folds", () => {
    const text = toMarkdown(
      book([
        prose("[on](../forward-pass/) [in](#here) [out](https://a.b/c)\n\n<details>\n<summary>One</summary>\n\nx"),
      ]),
    )
    expect(text).toContain(
      "[on](https://example.org/some/base/forward-pass/) [in](https://example.org/some/base/nudges/#here) [out](https://a.b/c)",
    )
    expect(text).toContain("**One**\n\nx")
    expect(text).not.toContain("<details>")
  })

  it("closes no fence early", () => {
    expect(toMarkdown(book([cell("a", "/*\n```\n*/\n1")]))).toContain("````ts\n/*\n```\n*/\n1\n````")
  })
})
