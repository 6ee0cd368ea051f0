import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { run, textOf, write } from "./reader.ts"
import { alive, builds, useSite, type Base } from "./site.ts"

const site = useSite()
const checker = /type-files|\/worker-/

const imports = `import { MLP, Value } from "seven-knobs"\n`

async function open(
  prepare?: (page: Page) => Promise<unknown>,
  base: Base = "/",
): Promise<{ page: Page; requests: string[] }> {
  const { page, requests } = await site.visit("derivatives/", { base })
  if (prepare) {
    await prepare(page)
    requests.length = 0
    await page.reload()
  }
  await alive(page)
  return { page, requests }
}

/** Writes a text with a mistake into the cell, and waits until the checker has found it. */
async function checked(page: Page): Promise<void> {
  await write(page, "nudge", `const h: string = 1`)
  await page.locator("#nudge .cm-lintRange-error", { hasText: "h" }).waitFor()
}

/** Types into the editor as a reader does, key by key. */
async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
}

function gzip(base: Base, urls: string[]): number {
  const files = urls.map((url) => join(builds[base], new URL(url).pathname.slice(base.length)))
  return files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length).reduce((a, b) => a + b, 0)
}

describe("the type checker", () => {
  it("is not loaded for a reader who reads, nor for one who opens an editor", async () => {
    const { page, requests } = await open()
    await page.locator("#nudge .cell-code").click()
    await page.locator("#nudge .cm-content").waitFor()
    await page.waitForLoadState("networkidle")
    expect(requests.filter((url) => checker.test(url))).toEqual([])
  })

  it.each(["/", "/some/base/"] satisfies Base[])(
    "comes after the first change, from %s, and adds at most 6 KB to the page itself",
    async (base) => {
      const { page, requests } = await open(undefined, base)
      await page.locator("#nudge .cell-code").click()
      await page.locator("#nudge .cm-content").waitFor()
      await page.waitForLoadState("networkidle")
      const before = requests.length
      await checked(page)
      const after = requests.slice(before)
      expect(after.filter((url) => checker.test(url))).toHaveLength(2)
      expect(
        gzip(
          base,
          after.filter((url) => url.endsWith(".js") && !checker.test(url)),
        ),
      ).toBeLessThan(6 * 1024)
    },
  )

  it("is never loaded for a reader who saves data", async () => {
    const { page, requests } = await open((page) =>
      page.addInitScript(() => {
        Object.defineProperty(navigator, "connection", { value: { saveData: true } })
      }),
    )
    await run(page, "nudge", "const h = 0.5\nconst slope = 7\ndisplay(h + slope)")
    await page.locator("#nudge .cell-output", { hasText: "7.5" }).waitFor()
    await page.waitForLoadState("networkidle")
    expect(requests.filter((url) => checker.test(url))).toEqual([])
  })

  it.each(["type-files", "worker-"])("is not missed when %s cannot be loaded", async (part) => {
    const { page } = await open((page) => page.route(new RegExp(part), (route) => route.abort()))
    const failed = page.waitForEvent("requestfailed")
    await write(page, "nudge", "const h = 0.5\nconst slope = 7\ndisplay(h + slope)")
    await failed
    await page.keyboard.press("Shift+Enter")
    await page.locator("#nudge .cell-output", { hasText: "7.5" }).waitFor()
    expect(await textOf(page, "nudge")).toContain("slope = 7")
  })

  it("underlines a mistake, says what it is, and clears it when it is corrected", async () => {
    const { page } = await open()
    await checked(page)
    await page.locator("#nudge .cm-lintRange-error").first().hover()
    const message = page.locator(".cm-diagnostic")
    await message.waitFor()
    expect(await message.textContent()).toBe("Type 'number' is not assignable to type 'string'.")
    await write(page, "nudge", `const h = 1`)
    await page.waitForFunction(() => !document.querySelector("#nudge .cm-lintRange-error"))
  })

  it("checks a cell against another one as it stands, and checks again when that one changes", async () => {
    const { page } = await open()
    await checked(page)
    await write(page, "slopes", `const slopes = [L(1)]`)
    await write(page, "hot-bowl", `const L = (w: number, b: number) => w * b`)
    await page.locator("#slopes .cm-lintRange-error", { hasText: "L" }).waitFor()
  })

  it("completes what the engine's values can do, with its documentation", async () => {
    const { page } = await open()
    await checked(page)
    await write(page, "nudge", `${imports}const value = new Value(3)\n`)
    await type(page, "value.")
    await page.locator(".cm-tooltip-autocomplete li", { hasText: "backward" }).waitFor()
    await type(page, "back")
    await page.locator(".cm-completionInfo", { hasText: "by the chain rule" }).waitFor()
    await page.keyboard.press("Enter")
    expect(await textOf(page, "nudge")).toContain("value.backward")
  })

  it("shows the parameters of a call, until it is closed or Escape is pressed", async () => {
    const { page } = await open()
    await checked(page)
    await write(page, "nudge", imports)
    const active = page.locator("#nudge .type-active")
    await type(page, "new MLP(")
    await active.filter({ hasText: "nin: number" }).waitFor()
    await type(page, "1, ")
    await active.filter({ hasText: "sizes" }).waitFor()
    await page.keyboard.press("Escape")
    await active.waitFor({ state: "detached" })
    expect(await page.evaluate(() => document.activeElement?.className)).toContain("cm-content")
    await type(page, "[2],")
    await active.filter({ hasText: "options" }).waitFor()
    await type(page, " {})")
    await active.waitFor({ state: "detached" })
  })

  it("shows what a name of another cell is, under the pointer and at the cursor", async () => {
    const { page } = await open()
    await checked(page)
    await write(page, "nudge", `L(1)`)
    await page.keyboard.press("ControlOrMeta+Home")
    await page.keyboard.press("ControlOrMeta+k")
    await page.keyboard.press("ControlOrMeta+i")
    const note = page.locator("#nudge .type-note")
    await note.waitFor()
    expect(await note.textContent()).toContain("const L: (w: number) => number")
    expect(await note.textContent()).toContain("How wrong the machine is")
    expect(await note.textContent()).toContain("From the cell hot-bowl")
    await page.keyboard.press("Escape")
    await note.waitFor({ state: "detached" })
    await page.locator("#nudge .cm-line").hover({ position: { x: 4, y: 8 } })
    await note.waitFor()
    expect(await note.textContent()).toContain("const L: (w: number) => number")
    await page.keyboard.press("Escape")
    await note.waitFor({ state: "detached" })
  })
})
