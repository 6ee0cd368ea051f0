import { describe, expect, it } from "vitest"
import { cell, usePlantedSite } from "./planted.ts"

const site = usePlantedSite()

/** Builds a site of one chapter, and gives the exit code and all that was printed. */
function build(body: string): Promise<{ code: number | null; text: string }> {
  site.write(body)
  return new Promise((resolve) => {
    const child = site.astro("build")
    let text = ""
    child.stdout!.on("data", (part: Buffer) => (text += part.toString()))
    child.stderr!.on("data", (part: Buffer) => (text += part.toString()))
    child.on("close", (code) => resolve({ code, text }))
  })
}

describe("a build", () => {
  it("passes when nothing is wrong", async () => {
    const { code, text } = await build(cell("fine", "const a = 1 + 1 // → 2"))
    expect(code, text).toBe(0)
  })

  it.each([
    [
      "a cell that throws",
      cell("nudge", "const a = 1", 'throw new Error("boom")'),
      "introduction.mdx:11:7",
      "boom",
      'throw new Error("boom")',
    ],
    ["an undefined name", cell("nudge", "display(slop)"), "introduction.mdx:10:9", "slop", "display(slop)"],
    [
      "a wrong type",
      cell("nudge", 'const a: number = "one"'),
      "introduction.mdx:10:7",
      "not assignable to type 'number'",
      'const a: number = "one"',
    ],
    [
      "a wrong assertion",
      cell("nudge", "const a = 1", "display(a + 1) // → 3"),
      "introduction.mdx:11:1",
      "promises 3, but the line gives 2",
      "display(a + 1) // → 3",
    ],
    ["a wrong formula", "It is $\\frac{a}$.\n", "introduction.mdx:9:7", "KaTeX", "\\frac{a}"],
    [
      "a name that two cells have",
      cell("nudge", "1 + 1") + "\n" + cell("nudge", "2 + 2"),
      "introduction.mdx:13:1",
      'Two cells have the name "nudge"',
      "name=nudge",
    ],
    ["a syntax error", cell("nudge", "const a = ["), "introduction.mdx:10:", "Syntax error", "const a = ["],
    [
      "an unknown import",
      cell("nudge", 'import { chunk } from "lodash"'),
      "introduction.mdx:10:1",
      'no module "lodash"',
      "lodash",
    ],
    [
      "a region that the engine has not",
      "```ts engine=ops.ts#mull\n```\n",
      "introduction.mdx:9:1",
      "no region ops.ts#mull",
      "engine=ops.ts#mull",
    ],
    [
      "a folded cell that shows nothing",
      cell("nudge fold", "const a = 1"),
      "introduction.mdx:10:1",
      "it shows nothing",
      "const a = 1",
    ],
    [
      "a citation that is not in the bibliography",
      "So it is [@nobody1999].\n",
      "introduction.mdx:9:10",
      "nobody1999",
      "[@nobody1999]",
    ],
    [
      "a dead link to a page",
      "See [this](./nowhere/).\n",
      "introduction.mdx:9:12",
      "there is no /nowhere/",
      "./nowhere/",
    ],
    [
      "a dead link to a place",
      "See [this](#nowhere).\n",
      "introduction.mdx:9:12",
      'there is no place "nowhere"',
      "#nowhere",
    ],
  ])("fails on %s, with file, line and the text", async (_, body, where, message, offending) => {
    const { code, text } = await build(body)
    expect(code).toBe(1)
    expect(text).toContain(where)
    expect(text).toContain(message)
    expect(text).toContain(offending)
  })
})
