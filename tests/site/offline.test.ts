import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import type { Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterEach, describe, expect, it } from "vitest"
import { filesToKeep } from "../../src/layouts/offline-files.ts"
import { run, write } from "./reader.ts"
import { act, alive, builds, chapters, pathOf, serve, useSite, type Base } from "./site.ts"

const site = useSite()

const servers: Server[] = []
const folders: string[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map(shut))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A site of the test's own, which it can change and shut down, and a page of it. */
async function open(base: Base = "/", folder = builds[base]): Promise<{ page: Page; address: string; server: Server }> {
  const server = await serve(base, { folder })
  servers.push(server)
  const address = `http://127.0.0.1:${(server.address() as { port: number }).port}${base}`
  const { page } = await site.visit("", { base })
  await page.goto(address)
  return { page, address, server }
}

async function shut(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

function copyOfTheSite(): string {
  const folder = mkdtempSync(join(tmpdir(), "edition-"))
  folders.push(folder)
  cpSync(builds["/"], folder, { recursive: true })
  return folder
}

function change(folder: string, file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), "utf8")
  expect(text).toContain(from)
  writeFileSync(join(folder, file), text.replaceAll(from, to))
}

async function ask(page: Page, says: string): Promise<void> {
  await alive(page)
  if (!(await page.locator(".offline[open]").count())) await page.locator(".offline summary").press("Enter")
  const button = page.locator(".offline button")
  await button.waitFor()
  await button.press("Enter")
  await said(page, says)
}

async function said(page: Page, text: string): Promise<void> {
  await page.locator(".offline p", { hasText: text }).waitFor()
}

/** What the site has left on the device. */
function left(page: Page): Promise<{ workers: number; caches: string[] }> {
  return page.evaluate(async () => ({
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
  }))
}

const nothing = { workers: 0, caches: [] }

describe("a reader without a network", () => {
  it.each(["/", "/some/base/"] satisfies Base[])("reads every chapter that was kept, below %s", async (base) => {
    const { page, address, server } = await open(base)
    await ask(page, "are on this device")
    await shut(server)
    for (const chapter of chapters) {
      await page.goto(address + pathOf(chapter))
      await act(page)
      expect(await page.locator(".cell-error").count()).toBe(0)
    }
  })

  it("edits and runs a cell, and is told of a mistake in its types, on the page where it was kept", async () => {
    const { page, server } = await open()
    await ask(page, "are on this device")
    await shut(server)
    await run(page, "loss", "display(6 * 7)")
    await page.locator("#loss .cell-output", { hasText: "42" }).waitFor()
    await write(page, "loss", "const h: string = 1")
    await page.locator("#loss .cm-lintRange-error", { hasText: "h" }).waitFor()
  })

  it("takes a chapter along", async () => {
    const { page, address, server } = await open()
    await ask(page, "are on this device")
    await shut(server)
    await page.goto(`${address}training/`)
    await alive(page)
    await page.locator(".menu summary").click()
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("[data-do=download-observable]").click(),
    ])
    expect(readFileSync(await download.path(), "utf8")).toContain("<notebook")
  })
})

describe("the device", () => {
  it("is left alone until the reader asks", async () => {
    const { page } = await open()
    await alive(page)
    await page.locator(".offline summary").click()
    await said(page, "can be kept on this device")
    expect(await left(page)).toEqual(nothing)
  })

  it("holds what the reader was told, to the nearest megabyte", async () => {
    const { page } = await open()
    await alive(page)
    await page.locator(".offline summary").click()
    const sizes = filesToKeep(builds["/"], "/").map(
      ({ url }) => statSync(join(builds["/"], url.replace(/\/$/, "/index.html"))).size,
    )
    await said(page, `about ${Math.round(sizes.reduce((a, b) => a + b) / 1e6)}\u00a0MB`)
  })

  it("holds nothing any more when the reader has the chapters removed, and the page works on", async () => {
    const { page } = await open()
    await ask(page, "are on this device")
    await page.goto(`${page.url()}derivatives/`)
    await ask(page, "can be kept on this device")
    expect(await left(page)).toEqual(nothing)
    await run(page, "nudge", "display(6 * 7)")
    await page.locator("#nudge .cell-output", { hasText: "42" }).waitFor()
  })

  it("holds nothing when a file did not arrive, and the reader is told and can try again", async () => {
    const folder = copyOfTheSite()
    const missing = join(folder, "favicon.svg")
    rmSync(missing)
    const { page } = await open("/", folder)
    await ask(page, "could not be kept")
    expect(await left(page)).toEqual(nothing)
    cpSync(join(builds["/"], "favicon.svg"), missing)
    await page.locator(".offline button", { hasText: "Try again" }).click()
    await said(page, "are on this device")
  })

  it("holds nothing when the reader stops while the chapters arrive, and the keyboard is where it was", async () => {
    const { page } = await open()
    const last = Promise.withResolvers<undefined>()
    await page.context().route(/\/notes\/$/, async (route) => {
      await last.promise
      await route.continue().catch(() => undefined)
    })
    await ask(page, "Keeping the chapters:")
    await page.keyboard.press("Enter")
    await said(page, "can be kept on this device")
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Keep them")
    expect(await left(page)).toEqual(nothing)
    last.resolve(undefined)
    await page.keyboard.press("Enter")
    await said(page, "are on this device")
  })

  it("holds the new edition once no page of the old one is open", async () => {
    const folder = copyOfTheSite()
    const { page, address, server } = await open("/", folder)
    await ask(page, "are on this device")
    const { revision } = filesToKeep(folder, "/").find(({ url }) => url === "/notes/")!
    change(folder, "notes/index.html", "<h1>", "<h1>Newer: ")
    change(folder, "offline.js", revision!, "0123456789abcdef")

    await page.goto(`${address}notes/`)
    expect(await page.locator("h1").textContent()).not.toContain("Newer")
    await expect
      .poll(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)))
      .toBe(true)
    await page.goto("about:blank")
    await expect
      .poll(
        async () => {
          await page.goto(`${address}notes/`)
          const heading = await page.locator("h1").textContent()
          await page.goto("about:blank")
          return heading
        },
        // A visit begins the wait for the last page to be closed anew.
        { timeout: 30_000, interval: 1000 },
      )
      .toContain("Newer")
    await shut(server)
    await page.goto(`${address}notes/`)
    expect(await page.locator("h1").textContent()).toContain("Newer")
  })
})
