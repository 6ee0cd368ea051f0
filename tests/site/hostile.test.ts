import type { Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { run, textOf, write } from "./reader.ts"
import { alive, useSite } from "./site.ts"

const site = useSite()

async function open(): Promise<Page> {
  const { page } = await site.visit("derivatives/")
  await alive(page)
  return page
}

/** The page answers, scrolls and takes keys: a page that is blocked fails here after three seconds. */
async function isUsable(page: Page): Promise<void> {
  page.setDefaultTimeout(3000)
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
  await page.evaluate(() => scrollTo({ top: 500, behavior: "instant" }))
  await page.waitForFunction(() => scrollY > 0)
  page.setDefaultTimeout(30_000)
}

const keep = "const h = 0.01\nconst rise = 1\nconst slope = 2\n"

describe("code that never ends at the top of a cell", () => {
  it.each([
    ["for (;;) {}", "for (;;) {}"],
    ["a microtask loop", "while (true) await null"],
    ["a promise that never settles", "await new Promise(() => {})"],
    ["a loop that displays", "for (let i = 0; ; i++) display(i)"],
    ["do-while", "do ; while (true)"],
    ["a labelled continue", "outer: for (;;) { for (;;) continue outer }"],
    ["an async generator", "async function* one() { for (;;) yield 1 }\nfor await (const x of one()) {}"],
    [
      "a promise that waits for itself",
      "const spin = async (): Promise<void> => { for (;;) await null }\nawait spin()",
    ],
  ])("runs on while the page stays usable, and Stop stops it: %s", async (_, code) => {
    const page = await open()
    await run(page, "nudge", keep + code)
    const stop = page.locator("#nudge [data-do=stop]")
    await stop.waitFor()
    await isUsable(page)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("Running")
    await stop.click()
    await page.locator("#nudge .cell-error", { hasText: "You stopped this cell" }).waitFor()
    expect(await textOf(page, "nudge")).toBe(keep + code)
  })

  it("goes on to its end when it is honest, however long it blocks", async () => {
    const page = await open()
    await run(
      page,
      "nudge",
      `${keep}const end = performance.now() + 2600\nlet n = 0\nwhile (performance.now() < end) n++\ndisplay("it ended")`,
    )
    await page.locator("#nudge .cell-output", { hasText: "it ended" }).waitFor()
    expect(await page.locator("#nudge .cell-error").count()).toBe(0)
  })
})

describe("code that blocks inside a function", () => {
  it.each([
    ["an arrow function", "const spin = () => { while (1); }\nspin()", 4],
    ["a getter", "const box = { get x() { while (1); } }\nbox.x", 4],
    ["a generator", "function* spin() {\n  for (;;) {}\n}\nspin().next()", 5],
    ["a promise's callback", "await Promise.resolve().then(() => {\n  for (;;) {}\n})", 5],
    ["do-while", "const spin = () => { do ; while (true) }\nspin()", 4],
    ["a labelled continue", "const spin = () => { outer: for (;;) { for (;;) continue outer } }\nspin()", 4],
    ["a getter of a class", "class Box { get x() { for (;;); } }\nnew Box().x", 4],
    ["a static block", "class Box { static { for (;;); } }", 4],
    ["a Proxy's trap", "const box: any = new Proxy({}, { get() { for (;;); } })\nbox.x", 4],
    ["a Proxy that is shown", "display(new Proxy({}, { ownKeys() { for (;;); } }))", 4],
    ["a comparator", "const list = [3, 1, 2]\nlist.sort(() => { for (;;); })", 5],
    ["a tag of a template", "const tag = (s: TemplateStringsArray) => { for (;;); }\ntag`x`", 4],
    ["a conversion to text", "const box = { toString() { for (;;); } };\n`${box}`", 4],
    ["what await calls", "await { then() { for (;;); } }", 4],
    ["a list that never ends", "const all = { *[Symbol.iterator]() { for (;;) yield 1 } };\n[...all]", 4],
    ["promises without end", "const f = (): Promise<void> => Promise.resolve().then(f)\nawait f()", 4],
    ["doubling recursion", "const f = (n: number): number => n === 0 ? 1 : f(n - 1) + f(n - 1)\nf(90)", 4],
  ])("is stopped after two seconds, with the line: %s", async (_, code, line) => {
    const page = await open()
    await run(page, "nudge", keep + code)
    const error = page.locator("#nudge .cell-error")
    await error.waitFor()
    expect(await error.textContent()).toContain("blocked the page for too long")
    expect(await error.locator(".cell-error-where").textContent()).toContain(`line ${line}`)
    await isUsable(page)
    await error.getByRole("button", { name: "ten times" }).waitFor()
    expect(await textOf(page, "nudge")).toBe(keep + code)
  })

  it("runs again with ten times the time when the reader says so", async () => {
    const page = await open()
    const honest =
      "const work = () => {\n  const end = performance.now() + 2500\n  while (performance.now() < end);\n  return 'done'\n}\ndisplay(work())"
    await run(page, "nudge", keep + honest)
    await page.locator("#nudge .cell-error").getByRole("button", { name: "ten times" }).click()
    await page.locator("#nudge .cell-output", { hasText: "done" }).waitFor()
  })

  it.each([
    ["a timer", "setInterval(() => { while (1); }, 0)"],
    ["a microtask that asks for the next", "const again = () => queueMicrotask(again)\nagain()"],
    [
      "an observer of its own changes",
      'const box = document.createElement("div")\nnew MutationObserver(() => box.append("x")).observe(box, { childList: true })\nbox.append("x")',
    ],
  ])("is stopped once for all when the cell has ended, and says so there: %s", async (_, code) => {
    const page = await open()
    await run(page, "nudge", `${keep}${code}\ndisplay("ended")`)
    await page.locator("#nudge .cell-output", { hasText: "ended" }).waitFor()
    await page.locator("#nudge .cell-error", { hasText: "blocked the page for too long" }).waitFor()
    await isUsable(page)
  })

  it.each([
    ["timers that set timers", "const again = () => { setTimeout(again); setTimeout(again) }\nagain()"],
    [
      "frames that take 50 ms each",
      "const again = () => {\n  requestAnimationFrame(again)\n  const end = performance.now() + 50\n  while (performance.now() < end);\n}\nagain()",
    ],
    ["a worker without end", 'new Worker(URL.createObjectURL(new Blob(["for (;;);"])))'],
  ])("leaves the page usable in a storm: %s", async (_, code) => {
    const page = await open()
    await run(page, "nudge", `${keep}${code}\ndisplay("begun")`)
    await page.locator("#nudge .cell-output", { hasText: "begun" }).waitFor()
    await page.waitForTimeout(500)
    await isUsable(page)
    await page.locator("#nudge [data-do=reset]").click()
    await page.locator("#nudge .cell-output", { hasText: "6.00" }).waitFor()
  })
})

describe("a cell that throws, or asks for too much", () => {
  it.each([
    ["null", "throw null", "This cell threw null"],
    ["a string", 'throw "oh"', 'This cell threw the text "oh"'],
    ["a frozen Error", 'throw Object.freeze(new Error("cold"))', "cold"],
    ["nothing at all", "throw undefined", "This cell threw undefined"],
    ["an object without a prototype", "throw Object.create(null)", "something that cannot be shown"],
    ["a Proxy", "throw new Proxy({}, { get() { throw 1 } })", "something that cannot be shown"],
    ["a list too long to be", "new Array(2 ** 32)", "Invalid array length"],
    ["endless recursion through map", "const f = (): unknown => [1].map(f)\nf()", "calls itself without end"],
    ["endless recursion", "const f = (n: number): number => 1 + f(n + 1)\nf(0)", "calls itself without end"],
    ["a gigabyte of text", 'display("a".repeat(2 ** 30))', "RangeError"],
    [
      "a promise that rejects late",
      'await new Promise((_, reject) => setTimeout(() => reject(new Error("late")), 200))',
      "late",
    ],
    ["display as a name", "const display = 1", "declares display"],
    ["itself", "const a = a + 1", "before initialization"],
    ["the network, by import", 'import x from "https://example.com/x.js"', "There is no module"],
    ["the network, by a later import", 'const x = await import("https://example.com/x.js")', "There is no module"],
    ["the network, by fetch", 'await fetch("https://example.com/")', "fetch"],
    ["an assignment to another cell's name", "L = 3", "assigns to L"],
  ])("says so: %s", async (_, code, message) => {
    const page = await open()
    await run(page, "nudge", keep + code)
    await page.locator("#nudge .cell-error").waitFor()
    expect(await page.locator("#nudge .cell-error").textContent()).toContain(message)
    await isUsable(page)
    expect(await textOf(page, "nudge")).toBe(keep + code)
  })

  it.each([
    ["an array of two thousand million holes", "display(new Array(2 ** 31))", "Array(2147483648)"],
    ["a long text", 'display("ab".repeat(5e6))', "characters)"],
    ["emoji and right-to-left text", 'display("👩‍🔬 שלום é")', "👩‍🔬 שלום é"],
    ["a long list of objects", "display(Array.from({ length: 2e5 }, (_, i) => ({ i })))", "the first 100"],
    ["a long JSON", "display(JSON.stringify(Array.from({ length: 2e5 }, (_, i) => i)))", "characters)"],
    ["a deep object", "let o = {}\nfor (let i = 0; i < 1e5; i++) o = { o }\ndisplay(o)", "Object {o: Object}"],
    ["itself in itself", "const o: any = {}\no.o = o\ndisplay(o)", "Object {o: Object}"],
    ["a property that throws", 'display({ get a() { throw new Error("no") } })', "forbidden"],
    ["code made from text", 'display(new Function("return 6 * 7")() + eval("1"))', "43"],
    ["NaN", "display(0 / 0)", "NaN"],
    ["infinity", "display(-1 / 0)", "-Infinity"],
  ])("shows %s and stays usable", async (_, code, shown) => {
    const page = await open()
    await run(page, "nudge", keep + code)
    await page.locator("#nudge .cell-output", { hasText: shown }).waitFor()
    await isUsable(page)
  })

  it("logs whatever it is told to", async () => {
    const page = await open()
    await run(
      page,
      "nudge",
      `${keep}console.log({ a: [1, "b"] }, Symbol("s"), Object.create(null), new Proxy({}, { get() { throw 1 } }))\nconsole.warn("w")`,
    )
    await page.locator("#nudge .cell-log", { hasText: "warn: w" }).waitFor()
    expect(await page.locator("#nudge .cell-log").textContent()).toContain('{a: [1, "b"]} Symbol(s)')
  })

  it("takes Windows line ends", async () => {
    const page = await open()
    await run(page, "nudge", `${keep}display(1)\ndisplay("b")`.replaceAll("\n", "\r\n"))
    await page.locator("#nudge .cell-output", { hasText: "b" }).waitFor()
  })

  it("takes a megabyte of pasted text", async () => {
    const page = await open()
    await write(page, "nudge", "")
    await page.locator("#nudge .cm-content").evaluate(
      (content, text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData("text/plain", text)
        content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
      },
      `${keep}display("pasted")\n${"// a long line of text that somebody pasted\n".repeat(24_000)}`,
    )
    await page.keyboard.press("Shift+Enter")
    await page.locator("#nudge .cell-output", { hasText: "pasted" }).waitFor()
    await isUsable(page)
  })

  it("cannot show after a reset what it promised before", async () => {
    const page = await open()
    const before = await page.locator("#nudge .cell-output").textContent()
    await run(page, "nudge", `${keep}await new Promise((resolve) => setTimeout(resolve, 700))\ndisplay("too late")`)
    await page.locator("#nudge[data-run=running]").waitFor()
    await page.locator("#nudge [data-do=reset]").click()
    await page.waitForTimeout(1000)
    expect(await page.locator("#nudge .cell-output").textContent()).toBe(before)
  })

  it("may empty the page: the edit is kept, and does not run by itself at the next visit", async () => {
    const page = await open()
    const code = `${keep}document.body.replaceChildren()`
    await run(page, "nudge", code)
    await page.waitForFunction(() => document.body.childElementCount === 0)
    await page.reload()
    await alive(page)
    await page.locator("#nudge .cm-content").waitFor()
    expect(await textOf(page, "nudge")).toBe(code)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("not run yet")
  })
})

describe("a change that would break every visit", () => {
  const kept = (page: Page): Promise<unknown> =>
    page.evaluate(() => JSON.parse(localStorage.getItem("seven-knobs/edit/derivatives/nudge")!))

  async function isThereAndWaits(page: Page, code: string): Promise<void> {
    await alive(page)
    await page.locator("#nudge .cm-content").waitFor()
    expect(await textOf(page, "nudge")).toBe(code)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("not run yet")
    await isUsable(page)
  }

  it("does not run by itself after it blocked the page where nothing can stop it", async () => {
    const page = await open()
    const code = `${keep}/^(a+)+$/.test("a".repeat(60) + "b")`
    await write(page, "nudge", code)
    void page.keyboard.press("Shift+Enter").catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const other = await page.context().newPage()
    await other.goto(`${site.origin()}/derivatives/`, { timeout: 20_000 })
    await isThereAndWaits(other, code)
  })

  it("does not run by itself after it led away from the page", async () => {
    const page = await open()
    const code = `${keep}display("off")\nsetTimeout(() => (location.href = "/resources/"), 200)`
    await run(page, "nudge", code)
    await page.waitForURL("**/resources/")
    await page.goto(`${site.origin()}/derivatives/`)
    await isThereAndWaits(page, code)
  })

  it("does not run by itself after it emptied the page when it had ended", async () => {
    const page = await open()
    const code = `${keep}display("soon")\nsetTimeout(() => document.body.replaceChildren(), 200)`
    await run(page, "nudge", code)
    await page.waitForFunction(() => document.body.childElementCount === 0)
    await page.reload()
    await isThereAndWaits(page, code)
  })

  it("does not run by itself after a visit that never ended", async () => {
    const page = await open()
    await run(page, "nudge", `${keep}display("ran")`)
    await page.locator("#nudge .cell-output", { hasText: "ran" }).waitFor()
    await expect.poll(() => kept(page)).toMatchObject({ hasRun: true })
    // As a tab is that was ended because it did not answer: no farewell.
    await page.evaluate(() => void (Storage.prototype.removeItem = () => undefined))
    await page.reload()
    await isThereAndWaits(page, `${keep}display("ran")`)
  })
})

describe("half-typed code", () => {
  it("never runs by itself", async () => {
    const page = await open()
    const before = await page.locator("#nudge .cell-output").textContent()
    await write(page, "nudge", `${keep}for (let i = 0; i < 10;`)
    await page.waitForTimeout(500)
    expect(await page.locator("#nudge .cell-output").textContent()).toBe(before)
    expect(await page.locator("#nudge .cell-status").textContent()).toContain("Changed, not run yet")
    expect(await page.locator("#nudge .cell-error").count()).toBe(0)
  })
})
