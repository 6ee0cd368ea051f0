import type { Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { run, textOf, write } from "./reader.ts"
import { alive, chapters, pathOf, useSite } from "./site.ts"

const site = useSite()
const keep = "const h = 0.01\nconst rise = 1\nconst slope = 2\n"

async function open(path = "derivatives/", options = {}): Promise<Page> {
  const { page } = await site.visit(path, options)
  await alive(page)
  return page
}

/** What has the focus, in words, and whether a reader can see that it has it. */
async function focus(page: Page): Promise<{ what: string; isSeen: boolean; why: string }> {
  return page.evaluate(async () => {
    const element = document.activeElement!
    const what = `${element.tagName.toLowerCase()}#${element.closest("[id]")?.id ?? ""} ${element.textContent.slice(0, 30).trim()}`
    let { outlineStyle, outlineWidth } = getComputedStyle(element)
    // An editor's frame shows the focus of the text in it.
    const ring = element.closest(".cm-editor, .cell-code")
    if (outlineStyle === "none" && ring && ring !== element) ({ outlineStyle, outlineWidth } = getComputedStyle(ring))
    const hasRing = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const { top, bottom, left, right, height } = element.getBoundingClientRect()
    const header = document.querySelector(".top")!.getBoundingClientRect().bottom
    const isChrome = element.closest(".top, .skip") !== null
    const isInView = bottom > (isChrome ? 0 : header - height) && top < innerHeight && right > 0 && left < innerWidth
    return { what, isSeen: hasRing && isInView, why: `${outlineStyle} ${outlineWidth}, ${top} to ${bottom}` }
  })
}

describe("a reader with only a keyboard", () => {
  it.each(chapters)("walks through %s from top to bottom, and always sees where", async (chapter) => {
    const page = await open(pathOf(chapter), { reducedMotion: "reduce" })
    const stops: string[] = []
    const unseen: string[] = []
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press("Tab")
      const { what, isSeen, why } = await focus(page)
      if (what.startsWith("body#")) break
      stops.push(what)
      if (!isSeen) unseen.push(`${what} (${why})`)
    }
    expect(unseen).toEqual([])
    expect(stops[0]).toContain("Skip to the article")
    expect(stops.length).toBeLessThan(400)
    const last = await page.evaluate(() =>
      [...document.querySelectorAll(".way a")].at(-1)!.textContent.slice(0, 10).trim(),
    )
    expect(stops.at(-2)).toContain(last)
    expect(stops.at(-1)).toContain("Read without a network")
  })

  it("indents with Tab once something was typed, and leaves with Escape and Tab", async () => {
    const page = await open()
    await write(page, "nudge", "if (1) {}")
    await page.keyboard.press("Tab")
    expect(await textOf(page, "nudge")).toBe("  if (1) {}")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    expect(await page.evaluate(() => document.activeElement!.closest(".cell-code"))).toBeNull()
  })

  it("keeps the focus whatever takes its button away", async () => {
    const page = await open()
    const press = async (selector: string): Promise<void> => {
      await page.locator(selector).focus()
      await page.keyboard.press("Enter")
    }
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement: element } = document
        if (!(element instanceof HTMLElement) || element === document.body) return "nothing"
        return element.dataset["do"] ?? (element.className || element.tagName.toLowerCase())
      })
    await run(page, "nudge", `${keep}display("mine")`)
    await page.locator("#nudge .cell-output", { hasText: "mine" }).waitFor()
    expect(await focused()).toContain("cell-code")
    await press("#nudge [data-do=compare]")
    expect(await focused()).toBe("compare")
    await press("#nudge .cell-notice button")
    expect(await focused()).toContain("cell-code")
    await press("#nudge [data-do=reset]")
    await expect.poll(focused).toBe("run")
    await press("#nudge [data-do=undo]")
    await expect.poll(focused).toBe("run")
    await run(page, "nudge", `${keep}for (;;) {}`)
    await page.locator("#nudge [data-do=stop]").waitFor()
    await press("#nudge [data-do=stop]")
    await page.locator("#nudge .cell-error", { hasText: "You stopped" }).waitFor()
    await expect.poll(focused).toBe("run")
    await press(".menu summary")
    await press(".menu [data-do=reset]")
    await page.locator(".told").waitFor()
    expect(await focused()).toBe("reset")
    await press(".told button:last-child")
    expect(await focused()).toBe("summary")
  })
})

describe("a reader with only a finger", () => {
  it("edits and runs a cell with its buttons", async () => {
    const page = await open("derivatives/", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await page.locator("#nudge [data-do=edit]").tap()
    await page.locator("#nudge .cm-content").waitFor()
    await page.waitForFunction(() => document.activeElement?.classList.contains("cm-content"))
    await page.keyboard.press("ControlOrMeta+a")
    await page.keyboard.insertText(`${keep}display("by hand")`)
    await page.locator("#nudge [data-do=run]").tap()
    await page.locator("#nudge .cell-output", { hasText: "by hand" }).waitFor()
    await page.locator("#nudge [data-do=reset]").tap()
    await page.locator("#nudge .cell-output", { hasText: "by hand" }).waitFor({ state: "detached" })
  })
})
