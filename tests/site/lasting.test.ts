import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import type { Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { write } from "./reader.ts"
import { alive, builds, useSite } from "./site.ts"

const site = useSite()

/** The scripts among the requests, as sizes in bytes after gzip. */
function sizes(requests: string[]): number[] {
  const paths = [...new Set(requests.filter((url) => url.endsWith(".js")).map((url) => new URL(url).pathname))]
  return paths.map((path) => gzipSync(readFileSync(join(builds["/"], path)), { level: 9 }).length)
}

const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)

describe("the first edit", () => {
  it("loads at most 250 KB (gzip) of editor and compiler, and the type checker only after", async () => {
    const { page, requests } = await site.visit("derivatives/")
    await alive(page)
    await page.waitForLoadState("networkidle")
    expect(requests.some((url) => /worker|typescript|service/i.test(url))).toBe(false)
    const before = requests.length
    await page.locator("#nudge .cell-code").focus()
    const opened = page.locator("#nudge .cm-content").waitFor()
    await page.keyboard.press("Enter")
    await opened
    const loaded = requests.slice(before).filter((url) => /menu|edit/.test(url))
    expect(loaded.length).toBeGreaterThan(0)
    expect(sum(sizes(loaded))).toBeLessThanOrEqual(250 * 1024)
  })
})

describe("a cell that is run", () => {
  it("shows its result in the frame after it was computed", async () => {
    const { page } = await site.visit("derivatives/")
    await alive(page)
    await write(page, "nudge", "const h = 0.01\nconst rise = 1\nconst slope = 2\ndisplay(42)")
    await page.evaluate(() => {
      const counts = { frames: 0, key: -1, shown: -1 }
      Object.assign(window, { counts })
      const count = (): void => {
        counts.frames++
        requestAnimationFrame(count)
      }
      requestAnimationFrame(count)
      addEventListener("keydown", ({ key }) => key === "Enter" && (counts.key = counts.frames), { capture: true })
      const output = document.querySelector("#nudge .cell-output")!
      new MutationObserver(() => {
        if (output.textContent.startsWith("42") && counts.shown < 0) counts.shown = counts.frames
      }).observe(output, { childList: true, subtree: true, characterData: true })
    })
    await page.keyboard.press("Shift+Enter")
    await page.locator("#nudge .cell-output", { hasText: "42" }).waitFor()
    const { key, shown } = await page.evaluate(
      () => (window as unknown as { counts: { key: number; shown: number } }).counts,
    )
    expect(shown - key).toBeGreaterThanOrEqual(0)
    expect(shown - key).toBeLessThanOrEqual(2)
  })

  it("leaves no listener, node or editor behind, five hundred times", async () => {
    const { page } = await site.visit("derivatives/")
    await alive(page)
    await write(
      page,
      "nudge",
      "const h = 0.01\nconst rise = 1\nconst slope = 2\ndisplay(document.createElement('input'))",
    )
    const times = async (count: number): Promise<void> => {
      await page.evaluate(async (count) => {
        const run = document.querySelector<HTMLButtonElement>("#nudge [data-do=run]")!
        for (let i = 0; i < count; i++) {
          run.click()
          await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
        }
      }, count)
    }
    await times(50)
    const before = await countAfterCollection(page)
    await times(500)
    const after = await countAfterCollection(page)
    expect(after.editors).toBe(before.editors)
    expect(after.nodes - before.nodes).toBeLessThan(100)
    expect(after.listeners - before.listeners).toBeLessThan(20)
    expect(after.heap).toBeLessThan(before.heap * 1.25)
  })
})

async function countAfterCollection(
  page: Page,
): Promise<{ nodes: number; listeners: number; heap: number; editors: number }> {
  const client = await page.context().newCDPSession(page)
  await client.send("HeapProfiler.collectGarbage")
  await client.send("HeapProfiler.collectGarbage")
  const { nodes, jsEventListeners } = await client.send("Memory.getDOMCounters")
  const { usedSize } = await client.send("Runtime.getHeapUsage")
  await client.detach()
  return { nodes, listeners: jsEventListeners, heap: usedSize, editors: await page.locator(".cm-editor").count() }
}
