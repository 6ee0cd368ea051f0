import type { Server } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { others, type Other } from "./others.ts"
import { chapters, pathOf, serve } from "./site.ts"

/** Runs before a page's own scripts: keeps every complaint, whatever the browser's driver can tell of them. */
const watch = `
const complaints = (window.complaints = [])
addEventListener("error", ({ message, target }) => complaints.push(message ?? "failed to load " + (target.src ?? target.href)), true)
addEventListener("unhandledrejection", ({ reason }) => complaints.push("unhandled: " + reason))
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complaints.push(violatedDirective + " " + blockedURI))
for (const level of ["error", "warn"]) console[level] = (...words) => complaints.push(words.join(" "))
`

const keep = "const h = 0.01\nconst rise = 1\nconst slope = 2\n"

for (const { name, needs, start } of others) {
  if (!start) console.info(`${name} is not installed (Debian: ${needs}); its tests are left out.`)

  describe.skipIf(!start)(name, () => {
    let browser: Other
    let server: Server
    const origin = (): string => `http://127.0.0.1:${(server.address() as { port: number }).port}`

    beforeAll(async () => {
      server = await serve("/", { script: watch })
      browser = await start!()
    })
    afterAll(async () => {
      await browser.close()
      server.close()
    })

    async function open(path: string): Promise<void> {
      await browser.open(`${origin()}/${path}`)
      await expect.poll(() => browser.evaluate(() => "alive" in document.documentElement.dataset), patience).toBe(true)
    }

    async function openAfresh(path: string): Promise<void> {
      await browser.open(`${origin()}/favicon.svg`)
      await browser.evaluate(() => localStorage.clear())
      await open(path)
    }

    const patience = { timeout: 15_000, interval: 50 }

    const textOf = (selector: string): Promise<string | null> =>
      browser.evaluate((selector) => document.querySelector(selector)?.textContent ?? null, selector)

    const click = (selector: string): Promise<void> =>
      browser.evaluate((selector) => document.querySelector<HTMLElement>(selector)!.click(), selector)

    /** Opens a cell's editor with the keyboard, puts a text in place of what is there, and runs it. */
    async function run(id: string, text: string | ((old: string) => string)): Promise<void> {
      await browser.evaluate((id) => document.querySelector<HTMLElement>(`#${id} .cell-code`)!.focus(), id)
      await browser.press("Enter")
      await expect
        .poll(() => browser.evaluate(() => document.activeElement!.classList.contains("cm-content")), patience)
        .toBe(true)
      const old = await browser.evaluate(
        (id) => [...document.querySelectorAll(`#${id} .cm-line`)].map(({ textContent }) => textContent).join("\n"),
        id,
      )
      await browser.press("a", "Control")
      await browser.evaluate(
        (text) => {
          const clipboardData = new DataTransfer()
          clipboardData.setData("text/plain", text)
          const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true })
          // Firefox leaves out what the constructor is given.
          Object.defineProperty(event, "clipboardData", { value: clipboardData })
          document.activeElement!.dispatchEvent(event)
        },
        typeof text === "string" ? text : text(old),
      )
      await browser.press("Enter", "Shift")
    }

    it.each(chapters)("brings %s to life without a complaint", async (chapter) => {
      await open(pathOf(chapter))
      await expect
        .poll(() => browser.evaluate(() => "arrived" in document.documentElement.dataset), patience)
        .toBe(true)
      const isAwake = (): boolean => {
        dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }))
        return [...document.querySelectorAll("[data-cell]")].every((cell) => cell.hasAttribute("data-live"))
      }
      await expect.poll(() => browser.evaluate(isAwake), patience).toBe(true)
      expect(await browser.evaluate(() => (window as unknown as { complaints: string[] }).complaints)).toEqual([])
    })

    it("changes h in the nudge cell, and Reset brings it back", async () => {
      await openAfresh("derivatives/")
      await run("nudge", "const h = 0.5\nconst rise = L(1 + h) - L(1)\nconst slope = rise / h\ndisplay(slope)")
      await expect.poll(() => textOf("#nudge .cell-output"), patience).toContain("6.5")
      await click("#nudge [data-do=reset]")
      await expect.poll(() => textOf("#nudge .cell-output"), patience).toContain("6.00")
    })

    it("stops an endless loop at the top of a cell when its reader says so", async () => {
      await openAfresh("derivatives/")
      await run("nudge", `${keep}for (;;) {}`)
      await expect
        .poll(
          () => browser.evaluate(() => !document.querySelector<HTMLElement>("#nudge [data-do=stop]")!.hidden),
          patience,
        )
        .toBe(true)
      await click("#nudge [data-do=stop]")
      await expect.poll(() => textOf("#nudge .cell-error"), patience).toContain("You stopped this cell")
    })

    it("stops a function that blocks, and names its line", async () => {
      await openAfresh("derivatives/")
      await run("nudge", `${keep}const spin = () => { while (1); }\nspin()`)
      await expect.poll(() => textOf("#nudge .cell-error"), patience).toContain("blocked the page for too long")
      expect(await textOf("#nudge .cell-error-where")).toContain("line 4")
    })

    it("says where in a cell an error was thrown", async () => {
      await openAfresh("derivatives/")
      await run("nudge", `${keep}\nnull!.x`)
      await expect.poll(() => textOf("#nudge .cell-error-where"), patience).toContain("line 5")
    })

    it("makes a link of a change, which restores it elsewhere after consent", async () => {
      await openAfresh("derivatives/")
      await run("nudge", `${keep}display("brought by a link")`)
      await expect.poll(() => textOf("#nudge .cell-output"), patience).toContain("brought by a link")
      await browser.evaluate(() => {
        const keepIt = (text: string): Promise<void> => ((document.title = text), Promise.resolve())
        Object.defineProperty(navigator, "clipboard", { value: { writeText: keepIt } })
      })
      await click(".menu [data-do=link]")
      await expect.poll(() => textOf(".told"), patience).toContain("in the clipboard")
      const link = await browser.evaluate(() => document.title)
      await openAfresh(link.slice(`${origin()}/`.length))
      await expect.poll(() => textOf(".told"), patience).toContain("changes to 1 cell")
      expect(await textOf("#nudge .cell-output")).not.toContain("brought by a link")
      await browser.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>(".told button")]
          .find(({ textContent }) => textContent === "Use and run them")!
          .click(),
      )
      await expect.poll(() => textOf("#nudge .cell-output"), patience).toContain("brought by a link")
    })

    it("runs the page on a changed engine, and Reset brings the article's back", async () => {
      await openAfresh("backprop/")
      const check = await textOf("#check .cell-output")
      const id = "engine-ops-ts-mul"
      await run(id, (old) => old.replace("a.grad += b.data * out.grad", "a.grad += b.data * out.grad * 2"))
      await expect.poll(() => textOf("#check .cell-output"), patience).not.toBe(check)
      await click(`#${id} [data-do=reset]`)
      await expect.poll(() => textOf("#check .cell-output"), patience).toBe(check)
    })
  })
}
