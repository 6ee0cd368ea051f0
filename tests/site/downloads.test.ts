import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { run, textOf } from "./reader.ts"
import { alive, chapters, htmlOf, pathOf, serve, useSite } from "./site.ts"

const site = useSite()
const root = fileURLToPath(new URL("../../", import.meta.url))
const folder = join(root, ".cache/downloads")

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const live = chapters.filter((chapter) => htmlOf(chapter).includes('data-do="download-typescript"'))

async function open(chapter: string): Promise<Page> {
  const { page } = await site.visit(pathOf(chapter))
  await alive(page)
  return page
}

async function download(page: Page, format: string): Promise<string> {
  const menu = page.locator(".menu")
  if ((await menu.getAttribute("open")) === null) await menu.locator("summary").click()
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`[data-do=download-${format}]`).click(),
  ])
  const path = join(folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}

/** Runs a program as a reader would, and gives what it prints. */
function printed(file: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** Makes `mul` wrong on the way back. */
async function breakMul(page: Page): Promise<void> {
  const mul = "engine-ops-ts-mul"
  await run(page, mul, (await textOf(page, mul)).replace("b.data * out.grad", "b.data * out.grad * 2"))
  await page.locator("#check .cell-output", { hasText: "disagree" }).waitFor()
}

describe("a chapter that is downloaded", () => {
  it.each(live)("prints in Node the numbers that it shows on its page: %s", async (chapter) => {
    const page = await open(chapter)
    const lines = printed(await download(page, "typescript")).split("\n")
    const shown = await page.locator(".cell-output > .observablehq").allTextContents()
    const numbers = shown.map((text) => text.trim()).filter((text) => text !== "" && Number.isFinite(Number(text)))
    expect(lines).toEqual(expect.arrayContaining(numbers))
    expect(lines.length).toBeGreaterThan(10)
  })

  it("leaves its changes as they are: they run again at the next visit", async () => {
    const page = await open("derivatives")
    await run(page, "nudge", "const h = 0.5\nconst rise = L(1 + h) - L(1)\nconst slope = rise / h\ndisplay(slope)")
    await page.locator("#nudge .cell-output", { hasText: "6.5" }).waitFor()
    await download(page, "markdown")
    await page.reload()
    await page.locator("#nudge .cell-output", { hasText: "6.5" }).waitFor()
  })

  it("has the reader's change in it, and inputs where they stand", async () => {
    const page = await open("derivatives")
    await run(page, "nudge", "const h = 0.5\nconst rise = L(1 + h) - L(1)\nconst slope = rise / h\ndisplay(slope)")
    await page.locator("#nudge .cell-output", { hasText: "6.5" }).waitFor()
    await run(page, "too-small", "display(seen.h)")
    await page.locator("#look input[type=range]").last().press("Home")
    const file = await download(page, "typescript")
    expect(printed(file)).toMatch(/^9\n6\.5\n/)
    const markdown = readFileSync(await download(page, "markdown"), "utf8")
    expect(markdown).toContain("const h = 0.5\n")
    expect(markdown).toContain("```\n6.5\n```")
    expect(markdown).toContain("for a nudge of 0.5.")
    const stands = await page.locator("#too-small .cell-output").textContent()
    expect(printed(file)).toContain(`\n${stands!.trim()}\n`)
  })

  it("has the reader's engine in it, in a program and in a Jupyter notebook", async () => {
    const page = await open("backprop")
    await breakMul(page)
    expect(printed(await download(page, "typescript"))).toContain("disagree")
    const { cells } = JSON.parse(readFileSync(await download(page, "jupyter"), "utf8")) as {
      cells: { cell_type: string; source: string[] }[]
    }
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => source.join(""))
    const program = join(folder, "jupyter.ts")
    writeFileSync(program, `${code.join("\n;\n")}\nexport {}\n`)
    expect(printed(program)).toContain("disagree")
  })

  it("opens in Observable's Notebook Kit, live, with the reader's engine", async () => {
    const page = await open("backprop")
    await breakMul(page)
    const file = await download(page, "observable")
    const notebooks = join(root, "node_modules/@observablehq/notebook-kit/dist/bin/notebooks.js")
    const { status, stderr } = spawnSync(
      process.execPath,
      [notebooks, "build", "--root", folder, "--out", "dist", "--", file],
      { encoding: "utf8" },
    )
    expect(status, stderr).toBe(0)
    const server = await serve("/", { folder: join(folder, "dist") })
    try {
      const katex = join(root, "node_modules/katex/dist")
      await page.route(/^https:\/\/cdn\.jsdelivr\.net\/npm\/katex/, (route) => {
        const [, path] = /katex\/dist\/(.+)$/.exec(route.request().url()) ?? []
        return route.fulfill({
          path: join(katex, path ?? "katex.mjs"),
          headers: { "access-control-allow-origin": "*" },
        })
      })
      await page.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/backprop.html`)
      await page.getByRole("cell", { name: "disagree", exact: true }).first().waitFor()
      await expect.poll(() => page.locator(".figure svg path").count()).toBeGreaterThan(10)
      expect(await page.locator(".observablehq--error").allTextContents()).toEqual([])
    } finally {
      server.close()
    }
  })

  it("is not written while the engine has a mistake; the reader is told in which file", async () => {
    const page = await open("backprop")
    const mul = "engine-ops-ts-mul"
    await run(page, mul, (await textOf(page, mul)).replace("a * b,", "a * * b,"))
    await page.locator(`#${mul} .cell-error`).waitFor()
    const files: string[] = []
    page.on("download", (file) => files.push(file.suggestedFilename()))
    await page.locator(".menu summary").click()
    await page.locator("[data-do=download-typescript]").click()
    await page.locator(".told", { hasText: "ops.ts: Syntax error" }).waitFor()
    expect(files).toEqual([])
  })
})
