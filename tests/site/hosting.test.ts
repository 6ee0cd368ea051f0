import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"
import { builds, chapters, pathOf, useSite, type Base } from "./site.ts"

const site = useSite()
const address = "http://localhost:4321"

describe.each(["/", "/some/base/"] satisfies Base[])("what a host and a feed reader find, served from %s", (base) => {
  const read = (path: string): string => readFileSync(join(builds[base], path), "utf8")
  const all = chapters.map((chapter) => `${address}${base}${pathOf(chapter)}`).sort()

  it("is a page for every address that is none, which leads back", async () => {
    const { page } = await site.visit("no/such/page/", { base })
    expect(await page.locator("h1").textContent()).toContain("No knob turns here")
    expect(await page.locator("main a").count()).toBe(chapters.length)
    await page.locator("main a", { hasText: "Derivatives" }).click()
    await page.waitForURL(`**${base}derivatives/`)
  })

  it("is a feed of all chapters", () => {
    const links = [...read("feed.xml").matchAll(/<item>.*?<link>(.*?)<\/link>/gs)].map(([, link]) => link!)
    expect(links.sort()).toEqual(all)
  })

  it("is a map of all chapters, which robots are told of", () => {
    const places = [...read("sitemap-0.xml").matchAll(/<loc>(.*?)<\/loc>/g)].map(([, place]) => place!)
    expect(places.sort()).toEqual(all)
    expect(read("sitemap-index.xml")).toContain(`${address}${base}sitemap-0.xml`)
    expect(read("robots.txt")).toContain(`Sitemap: ${address}${base}sitemap-index.xml`)
  })

  it.each(chapters)("is a card for a link to %s", (chapter) => {
    const { document } = parseHTML(read(join(pathOf(chapter), "index.html")))
    const of = (property: string): string | null | undefined =>
      document.querySelector(`meta[property="${property}"]`)?.getAttribute("content")
    expect(of("og:url")).toBe(`${address}${base}${pathOf(chapter)}`)
    expect(of("og:image")).toBe(`${address}${base}card.png`)
    expect(existsSync(join(builds[base], "card.png"))).toBe(true)
    expect(of("og:title")).toBeTruthy()
    expect(of("og:description")).toBeTruthy()
  })
})
