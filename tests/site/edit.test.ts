import { describe, expect, it } from "vitest"
import type { Page } from "playwright-core"
import { act, alive, useSite } from "./site.ts"

const site = useSite()

async function open(): Promise<Page> {
  const { page } = await site.visit("derivatives/")
  await alive(page)
  return page
}

/** Marks every output and inline cell, to see later which were drawn again. */
async function markOutputs(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const output of document.querySelectorAll(".cell-output, .inline"))
      for (const child of output.childNodes) Object.assign(child, { wasThere: true })
  })
}

async function redrawn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const changed: string[] = []
    for (const output of document.querySelectorAll<HTMLElement>(".cell-output, .inline")) {
      const isNew = [...output.childNodes].some((child) => !("wasThere" in child))
      if (isNew) changed.push(output.closest<HTMLElement>("[data-cell]")!.dataset["cell"]!)
    }
    return changed
  })
}

async function rewrite(page: Page, cell: string, from: RegExp | string, to: string): Promise<void> {
  const code = page.locator(`#${cell} .cell-code`)
  await code.focus()
  await page.keyboard.press("Enter")
  const content = page.locator(`#${cell} .cm-content`)
  await content.waitFor()
  const text = await content.evaluate((element) =>
    [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
  )
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.insertText(text.replace(from, to))
}

describe("a reader who edits a cell", () => {
  it("changes h in the nudge cell, and what depends on it changes, and nothing else", async () => {
    const page = await open()
    await act(page)
    await markOutputs(page)
    await rewrite(page, "nudge", /h = [\d.e-]+/, "h = 0.5")
    await page.keyboard.press("Shift+Enter")
    await page.locator("#nudge .cell-output", { hasText: "6.5" }).waitFor()
    const changed = await redrawn(page)
    expect(changed).toContain("nudge")
    const dependents = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>("[data-cell]")].map((cell) => cell.dataset["cell"]!),
    )
    expect(changed.length).toBeLessThan(dependents.length / 2)
    const names = /\b(h|slope)\b/
    for (const name of changed.filter((cell) => !cell.startsWith("inline-") && cell !== "nudge")) {
      expect(await page.locator(`#${name} .cell-code`).textContent()).toMatch(names)
    }
  })

  it("gets the original back with Reset", async () => {
    const page = await open()
    const before = await page.locator("#nudge .cell-output").textContent()
    await rewrite(page, "nudge", /h = [\d.e-]+/, "h = 1")
    await page.keyboard.press("Shift+Enter")
    await page.locator("#nudge .cell-output", { hasText: "7" }).waitFor()
    await page.locator("#nudge [data-do=reset]").click()
    await expect.poll(() => page.locator("#nudge .cell-output").textContent()).toBe(before)
    expect(await page.locator("#nudge .cm-content").textContent()).toContain("h = 0.01")
  })

  it("leaves the editor with Escape", async () => {
    const page = await open()
    await page.locator("#nudge .cell-code").click()
    await page.locator("#nudge .cm-content").waitFor()
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("cm-content")
    await page.keyboard.press("Escape")
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("cell-code")
  })

  it("is not trapped: Tab moves on from an editor in which nothing was typed", async () => {
    const page = await open()
    await page.locator("#nudge .cell-code").focus()
    await page.keyboard.press("Enter")
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain("cm-content")
    await page.keyboard.press("Tab")
    expect(await page.evaluate(() => document.activeElement?.className)).not.toContain("cm-content")
  })

  it.each([
    ["a syntax error", "const h = ", "Syntax error", "nudge, line 1"],
    ["an undefined name", "const h = 0.01\ndisplay(slop)", "slop is not defined", "nudge, line 2, column 9"],
    ["a throw", 'const h = 0.01\nthrow new Error("too small")', "too small", "nudge, line 2, column 7"],
    ["a circle", "const h = h2\nconst x9 = 1", "h2 is not defined", "nudge, line 1, column 11"],
    ["another cell's name", "const h = 0.01\nconst L = 3", "L is defined already", "nudge, line 2, column 7"],
    [
      "an unknown module",
      'const h = 0.01\nimport { x } from "lodash"',
      'There is no module "lodash" here',
      "nudge, line 2, column 19",
    ],
  ])("reads under the cell what is wrong with %s, and loses nothing", async (_, text, message, where) => {
    const page = await open()
    const before = await page.locator("#nudge .cell-code").textContent()
    await rewrite(page, "nudge", /[^]+/, text)
    await page.keyboard.press("Shift+Enter")
    const error = page.locator("#nudge .cell-error")
    await error.waitFor()
    expect(await error.textContent()).toContain(message)
    expect(await error.locator(".cell-error-where").textContent()).toContain(where)
    expect(await page.locator("#nudge .cm-content").textContent()).toBe(text.replaceAll("\n", ""))
    await page.locator("#nudge [data-do=reset]").click()
    await error.waitFor({ state: "detached" })
    expect((await page.locator("#nudge .cm-content").textContent())!.length).toBe(before!.replaceAll("\n", "").length)
  })
})
