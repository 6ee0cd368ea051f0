import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"
import { act, alive, builds, chapters, htmlOf, pathOf, read, useSite, type Base } from "./site.ts"

const site = useSite()

describe("a reader without JavaScript", () => {
  it("finds the slopes 7, 6.1, 6.01 and 6.001 in the chapter on derivatives", () => {
    const text = parseHTML(htmlOf("derivatives")).document.querySelector("article")!.textContent
    for (const slope of ["7", "6.1", "6.01", "6.001"])
      expect(text).toMatch(new RegExp(`(^|[^\\d.])${slope.replace(".", "\\.")}([^\\d.]|$)`))
  })

  it("finds a drawing in the chapter on derivatives", () => {
    const { document } = parseHTML(htmlOf("derivatives"))
    expect(document.querySelectorAll(".cell-output svg path").length).toBeGreaterThan(0)
  })

  it.each(chapters)("finds something under every cell of %s that shows something", (chapter) => {
    const { document } = parseHTML(htmlOf(chapter))
    for (const cell of document.querySelectorAll("[data-cell]:not(.inline)")) {
      const shows = /\bdisplay\(|\bview\(/.test(cell.querySelector(".cell-code")!.textContent)
      if (shows) expect(cell.querySelector(".cell-output")!.innerHTML, cell.id).not.toBe("")
    }
    for (const inline of document.querySelectorAll(".inline")) expect(inline.textContent, inline.outerHTML).not.toBe("")
  })

  it("sees no button that does nothing", async () => {
    const { page } = await site.visit("derivatives/", { javaScriptEnabled: false })
    expect(await page.locator(".cell-bar button:visible").count()).toBe(0)
    expect(await page.locator("h1").textContent()).toContain("Derivatives")
  })

  it("finds every formula as MathML too", () => {
    const { document } = parseHTML(htmlOf("derivatives"))
    const formulas = document.querySelectorAll(".katex")
    expect(formulas.length).toBeGreaterThan(5)
    for (const formula of formulas) expect(formula.querySelector("math")).not.toBeNull()
  })
})

describe.each(["/", "/some/base/"] satisfies Base[])("the site served from %s", (base) => {
  it.each(chapters)("brings %s to life without a complaint or a request to another origin", async (chapter) => {
    const { page, requests, complaints } = await site.visit(pathOf(chapter), { base })
    await act(page)
    await page.waitForLoadState("networkidle")
    expect(complaints).toEqual([])
    expect(requests.filter((url) => !url.startsWith(site.origin(base) + base) && !/^(blob|data):/.test(url))).toEqual(
      [],
    )
  })
})

describe("what a page weighs", () => {
  it.each(chapters)("is at most 60 KB of script (gzip) before a reader of %s acts", async (chapter) => {
    const { page, requests } = await site.visit(pathOf(chapter))
    await read(page)
    const scripts = requests
      .filter((url) => url.endsWith(".js"))
      .map((url) => gzipSync(readFileSync(join(builds["/"], new URL(url).pathname)), { level: 9 }).length)
    const inline = [...htmlOf(chapter).matchAll(/<script(?![^>]*src)[^>]*>([^]*?)<\/script>/g)].map(
      ([, text]) => gzipSync(text!).length,
    )
    const total = [...scripts, ...inline].reduce((a, b) => a + b, 0)
    expect(scripts.length).toBeGreaterThan(0)
    expect(total).toBeLessThanOrEqual(60 * 1024)
  })
})

describe("the compiler of the engine", () => {
  /** A message that stands nowhere but in the compiler. */
  const mark = "is not possible here"

  it.each(chapters)("comes with %s only if a cell there compiles", async (chapter) => {
    const { page, requests } = await site.visit(pathOf(chapter))
    await read(page)
    const scripts = requests.filter((url) => url.endsWith(".js"))
    const loaded = scripts.filter((url) =>
      readFileSync(join(builds["/"], new URL(url).pathname), "utf8").includes(mark),
    )
    const cells = [...parseHTML(htmlOf(chapter)).document.querySelectorAll("[data-cell] .cell-code")]
    const compiles = cells.some(({ textContent }) => /\bcompile(Async)?\(/.test(textContent))
    expect(loaded).toHaveLength(compiles ? 1 : 0)
  })

  it("is used by some chapters, and by some not", () => {
    const compiling = chapters.filter((chapter) => /\bcompile(Async)?\(/.test(htmlOf(chapter)))
    expect(compiling.length).toBeGreaterThan(0)
    expect(compiling.length).toBeLessThan(chapters.length)
  })
})

describe("a page that comes alive", () => {
  it("runs what is near the window, and the rest when its reader comes there", async () => {
    const { page } = await site.visit("backprop/", { viewport: { width: 820, height: 900 } })
    await alive(page)
    const isLive = (cell: string) => page.locator(`#${cell}`).evaluate((root) => root.hasAttribute("data-live"))
    expect(await isLive("loss-graph")).toBe(false)
    await page.locator("#loss-graph").scrollIntoViewIfNeeded()
    await page.waitForSelector("#loss-graph[data-live]")
    expect([await isLive("network"), await isLive("dials")]).toEqual([true, false])
  })

  it("takes over the press of a button that was not alive yet", async () => {
    const { page, complaints } = await site.visit("making-it-fast/")
    await page.locator("#start .cell-output button").click()
    await expect.poll(() => page.locator("#times .cell-output").textContent()).toMatch(/any other\d/)
    expect(complaints).toEqual([])
  })

  it.each(chapters)("moves nothing in %s", async (chapter) => {
    const { page } = await site.visit(pathOf(chapter), { viewport: { width: 820, height: 1100 } })
    await read(page)
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let total = 0
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) total += entry.value
          }).observe({ type: "layout-shift", buffered: true })
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(total)))
        }),
    )
    expect(shift).toBeLessThan(0.001)
  })
})
