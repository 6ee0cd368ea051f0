import type { BrowserContext, Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { run, textOf, write } from "./reader.ts"
import { act, alive, useSite } from "./site.ts"

const site = useSite()
const half = "const h = 0.5\nconst rise = L(1 + h) - L(1)\nconst slope = rise / h\ndisplay(slope)"

async function open(path = "derivatives/", options = {}): Promise<Page> {
  const { page } = await site.visit(path, options)
  await alive(page)
  return page
}

async function openAgain(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${site.origin()}/${path}`)
  await alive(page)
  return page
}

const output = (page: Page, cell: string, text: string) => page.locator(`#${cell} .cell-output`, { hasText: text })
const told = (page: Page) => page.locator(".told")

describe("a change that a reader made", () => {
  it("is there at the next visit, and runs again if it ran", async () => {
    const page = await open()
    await run(page, "nudge", half)
    await output(page, "nudge", "6.5").waitFor()
    await page.reload()
    await output(page, "nudge", "6.5").waitFor()
    expect(await textOf(page, "nudge")).toBe(half)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("Differs from the article")
  })

  it("is there at the next visit but does not run if it never ran", async () => {
    const page = await open()
    const before = await page.locator("#nudge .cell-output").textContent()
    await write(page, "nudge", half)
    await page.reload()
    await page.locator("#nudge .cm-content").waitFor()
    expect(await textOf(page, "nudge")).toBe(half)
    expect(await page.locator("#nudge .cell-output").textContent()).toBe(before)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("not run yet")
  })

  it("is shown beside the article when the article has changed since", async () => {
    const page = await open()
    await page.evaluate(
      (text) =>
        localStorage.setItem(
          "seven-knobs/edit/derivatives/nudge",
          JSON.stringify({ text, original: "another", hasRun: true }),
        ),
      half,
    )
    await page.reload()
    const notice = page.locator("#nudge .cell-notice")
    await notice.waitFor()
    expect(await notice.textContent()).toContain("The article has changed here")
    expect(await notice.locator("ins").first().textContent()).toContain("h = 0.5")
    await notice.getByRole("button", { name: "Keep mine" }).click()
    await output(page, "nudge", "6.5").waitFor()
  })

  it("can be compared with the article", async () => {
    const page = await open()
    await run(page, "nudge", half)
    await page.locator("#nudge [data-do=compare]").click()
    expect(await page.locator("#nudge .cell-diff del").first().textContent()).toContain("h = 0.01")
    expect(await page.locator("#nudge .cell-diff ins").first().textContent()).toContain("h = 0.5")
  })

  it("comes back after a reset that is undone", async () => {
    const page = await open()
    await run(page, "nudge", half)
    await output(page, "nudge", "6.5").waitFor()
    await page.locator("#nudge [data-do=reset]").click()
    await output(page, "nudge", "6.00").waitFor()
    await page.locator("#nudge [data-do=undo]").click()
    expect(await textOf(page, "nudge")).toBe(half)
  })

  it("goes with all others when the chapter is reset, and comes back by Undo", async () => {
    const page = await open()
    await run(page, "nudge", half)
    await output(page, "nudge", "6.5").waitFor()
    await page.locator(".menu summary").click()
    await page.locator(".menu [data-do=reset]").click()
    await output(page, "nudge", "6.00").waitFor()
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("seven-knobs/edit/"))),
    ).toEqual([])
    await told(page).getByRole("button", { name: "Undo" }).click()
    await output(page, "nudge", "6.5").waitFor()
  })

  it("is offered to another tab that shows the same chapter, and overwrites nothing there", async () => {
    const page = await open()
    const other = await openAgain(page.context(), "derivatives/")
    await write(other, "nudge", "const h = 3\nconst rise = 1\nconst slope = 1")
    await write(page, "nudge", half)
    const notice = other.locator("#nudge .cell-notice")
    await notice.waitFor()
    expect(await textOf(other, "nudge")).toContain("h = 3")
    await notice.getByRole("button", { name: "Take it here" }).click()
    expect(await textOf(other, "nudge")).toBe(half)
  })

  it("works without storage, which is said once", async () => {
    const { page } = await site.visit("derivatives/")
    await page.addInitScript(() => {
      Object.defineProperty(window, "localStorage", {
        get() {
          throw new DOMException("blocked", "SecurityError")
        },
      })
    })
    await page.reload()
    await alive(page)
    await run(page, "nudge", half)
    await output(page, "nudge", "6.5").waitFor()
    await told(page).waitFor()
    expect(await told(page).textContent()).toContain("does not keep your changes")
  })
})

describe("a storage that is full", () => {
  it("is told of once, and the change works for this visit", async () => {
    const { page } = await site.visit("derivatives/")
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError")
      }
    })
    await page.reload()
    await alive(page)
    await run(page, "nudge", half)
    await output(page, "nudge", "6.5").waitFor()
    expect(await told(page).textContent()).toContain("full")
    await told(page).getByRole("button", { name: "Close" }).click()
    await run(page, "nudge", half.replace("0.5", "1"))
    await output(page, "nudge", "7").waitFor()
    expect(await told(page).count()).toBe(0)
  })
})

describe("a link with changes", () => {
  async function makeLink(): Promise<string> {
    const page = await open("derivatives/", { permissions: ["clipboard-read", "clipboard-write"] })
    await run(page, "nudge", half)
    await run(page, "too-small", "const tiny = [1e-3]\ndisplay(tiny)")
    await run(page, "derivative", 'display("third change")')
    await page.locator(".menu summary").click()
    await page.locator(".menu [data-do=link]").click()
    await told(page).waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }

  it("restores exactly these changes in a fresh profile, after consent", async () => {
    const link = await makeLink()
    const path = link.slice(`${site.origin()}/`.length)
    const page = await open(path)
    await told(page).waitFor()
    expect(await told(page).textContent()).toContain("changes to 3 cells")
    expect(await page.locator("#nudge .cell-notice ins").first().textContent()).toContain("h = 0.5")
    expect(await output(page, "nudge", "6.5").count()).toBe(0)
    await told(page).getByRole("button", { name: "Use and run them" }).click()
    await output(page, "nudge", "6.5").waitFor()
    await output(page, "derivative", "third change").waitFor()
    const differing = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".cell[data-differs]")].map((cell) => cell.id),
    )
    expect(differing.sort()).toEqual(["derivative", "nudge", "too-small"])
    expect(await textOf(page, "nudge")).toBe(half)
  })

  it("leaves the article as it is when the reader says so", async () => {
    const link = await makeLink()
    const page = await open(link.slice(`${site.origin()}/`.length))
    await told(page).getByRole("button", { name: "Leave the article as it is" }).click()
    expect(await page.locator(".cell[data-differs]").count()).toBe(0)
    expect(await page.locator(".cell-notice").count()).toBe(0)
    expect(new URL(page.url()).hash).toBe("")
  })

  it.each([
    ["damaged", "#edits=1.zZzZ", "damaged"],
    ["of another version", "#edits=9.abcd", "another version"],
    ["longer than 64 KB", `#edits=1.${"a".repeat(70_000)}`, "longer than 64 KB"],
  ])("is refused when it is %s, and the article is intact", async (_, hash, message) => {
    const page = await open(`derivatives/${hash}`)
    await told(page).waitFor()
    expect(await told(page).textContent()).toContain(message)
    expect(await page.locator(".cell[data-differs], .cell-notice").count()).toBe(0)
  })
})

describe("the engine's own source in the chapter on backprop", () => {
  const wrong = "out.grad * 2"

  async function breakMul(page: Page): Promise<void> {
    const id = "engine-ops-ts-mul"
    const text = await textOf(page, id)
    await run(page, id, text.replace(/a\.grad \+= b\.data \* out\.grad/, `a.grad += b.data * ${wrong}`))
  }

  const verdicts = (page: Page) => page.locator("#check .cell-output").textContent()

  const curve = (page: Page) =>
    page.locator("#curve .cell-output path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d")))

  it("makes the numerical check fail and the curve change when mul is wrong, and Reset brings both back", async () => {
    const page = await open("backprop/")
    await act(page)
    const before = await curve(page)
    expect(before.length).toBeGreaterThan(0)
    expect(await verdicts(page)).not.toContain("disagree")
    await breakMul(page)
    await expect.poll(() => verdicts(page)).toContain("disagree")
    await expect.poll(() => curve(page)).not.toEqual(before)
    await page.locator("#engine-ops-ts-mul [data-do=reset]").click()
    await expect.poll(() => verdicts(page)).not.toContain("disagree")
    await expect.poll(() => curve(page)).toEqual(before)
  })

  it("stays as in the article when it is reset before the change has been evaluated", async () => {
    const page = await open("backprop/")
    await page.evaluate(() => {
      const { revokeObjectURL } = URL
      URL.revokeObjectURL = (address) => {
        revokeObjectURL.call(URL, address)
        document.documentElement.dataset["evaluated"] = ""
      }
    })
    const source = Promise.withResolvers<undefined>()
    await page.route(/_virtual_engine/, async (route) => {
      await source.promise
      await route.continue()
    })
    await breakMul(page)
    await page.locator("#engine-ops-ts-mul [data-do=reset]").click()
    source.resolve(undefined)
    await page.waitForSelector("html[data-evaluated]")
    await act(page)
    expect(await page.locator("#announcer").textContent()).toContain("is as in the article again")
    expect(await verdicts(page)).not.toContain("disagree")
  })

  it("keeps the old engine when the change has a mistake, and shows it at the region", async () => {
    const page = await open("backprop/")
    const check = await page.locator("#check .cell-output").textContent()
    const text = await textOf(page, "engine-ops-ts-mul")
    await run(page, "engine-ops-ts-mul", text.replace("a * b,", "a * * b,"))
    const error = page.locator("#engine-ops-ts-mul .cell-error")
    await error.waitFor()
    expect(await error.textContent()).toContain("Syntax error")
    expect(await error.locator(".cell-error-where").textContent()).toMatch(/line \d/)
    expect(await page.locator("#check .cell-output").textContent()).toBe(check)
  })
})
