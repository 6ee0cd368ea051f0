import type { ChildProcess } from "node:child_process"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cell, usePlantedSite } from "./planted.ts"
import { useSite } from "./site.ts"

const planted = usePlantedSite()
const site = useSite()
let server: ChildProcess
let address: string

beforeAll(async () => {
  planted.write(cell("sum", "display(1 + 1)"))
  server = planted.astro("dev", "--port", "0")
  address = await new Promise<string>((resolve) => {
    let text = ""
    server.stdout!.on("data", (part: Buffer) => {
      text += part.toString()
      const [found] = /http:\/\/localhost:\d+\//.exec(text) ?? []
      if (found) resolve(found)
    })
  })
})
afterAll(() => {
  server.kill()
})

async function open(): Promise<Page> {
  const { page } = await site.visit("")
  await page.goto(address)
  return page
}

describe("the site while somebody writes", () => {
  it("shows a changed chapter by itself", async () => {
    const page = await open()
    await page.locator("#sum .cell-output", { hasText: "2" }).waitFor()
    planted.write(cell("sum", "display(40 + 2)"))
    await page.locator("#sum .cell-output", { hasText: "42" }).waitFor()
  })

  it("shows a mistake over the page, with file and line, until it is mended", async () => {
    const page = await open()
    planted.write(cell("sum", "const a = 1", "display(b)"))
    const overlay = page.locator("vite-error-overlay")
    await overlay.getByText("Cell sum: b is not defined").first().waitFor()
    await overlay
      .getByText(/introduction\.mdx:11:9/)
      .first()
      .waitFor()
    planted.write(cell("sum", "display(43)"))
    await page.locator("#sum .cell-output", { hasText: "43" }).waitFor()
    expect(await overlay.count()).toBe(0)
  })
})
