import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { describe, expect, it } from "vitest"
import { act, chapters, pathOf, useSite } from "./site.ts"

const site = useSite()
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

describe.each([
  ["in light", { colorScheme: "light" }],
  ["in dark", { colorScheme: "dark" }],
  ["on a phone", { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }],
] as const)("%s", (_, options) => {
  it.each([...chapters, "404"])("axe finds nothing wrong with %s", async (chapter) => {
    const { page } = await site.visit(chapter === "404" ? "404.html" : pathOf(chapter), options)
    if (chapter !== "404") await act(page)
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      return (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
        .violations
    })
    expect(
      violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 300)}`),
      ),
    ).toEqual([])
  })
})

describe.each([320, 390, 820, 2560])("at %i pixels", (width) => {
  it.each(chapters)("%s fits the window", async (chapter) => {
    const { page } = await site.visit(pathOf(chapter), { viewport: { width, height: 900 } })
    await act(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
})
