import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Locator, Page } from "playwright-core"
import { describe, expect, it } from "vitest"
import { run, textOf } from "./reader.ts"
import { act, useSite } from "./site.ts"

const site = useSite()
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

/** Where each figure stands: its page, its cell, and whether a reader can turn something in it. */
const figures = [
  { path: "", cell: "machine", turns: true },
  { path: "derivatives/", cell: "look", turns: true },
  { path: "derivatives/", cell: "dials", turns: true },
  { path: "forward-pass/", cell: "curves", turns: true },
  { path: "forward-pass/", cell: "kept", turns: true },
  { path: "backprop/", cell: "neuron-graph", turns: true },
  { path: "backprop/", cell: "loss-graph", turns: true },
  { path: "backprop/", cell: "dials", turns: true },
  { path: "training/", cell: "cockpit", turns: true },
  { path: "training/", cell: "loop", turns: false },
  { path: "choices/", cell: "islands", turns: false },
  { path: "choices/", cell: "moon-map", turns: false },
]
const graphs = figures.filter(({ cell }) => cell.endsWith("-graph") || cell === "kept")

/** The first figure of a cell, and what it says. */
const figureOf = (page: Page, cell: string): Locator =>
  page.locator(`#${cell} .cell-output > .figure:not(.figure-table)`).first()
const lineOf = (page: Page, cell: string): Locator => figureOf(page, cell).locator(".figure-line")
const said = async (page: Page, cell: string): Promise<string> => (await lineOf(page, cell).textContent())!

async function open(path: string, options: Parameters<typeof site.visit>[1] = {}): Promise<Page> {
  const { page } = await site.visit(path, options)
  await act(page)
  return page
}

/** Presses Tab, from just before a cell, until a control is reached that answers to `selector`. */
async function tabTo(page: Page, cell: string, selector: string): Promise<void> {
  await page.locator(`#${cell}`).evaluate((section) => {
    section.tabIndex = -1
    section.focus()
  })
  const isThere = () =>
    page.evaluate(([cell, selector]) => document.activeElement!.matches(`#${cell} .figure :is(${selector})`), [
      cell,
      selector,
    ] as const)
  for (let presses = 0; !(await isThere()); presses++) {
    expect(presses).toBeLessThan(40)
    await page.keyboard.press("Tab")
  }
}

/** The coordinates of everything that is drawn in a figure. */
const drawnPaths = (figure: Locator): Promise<string[]> =>
  figure.evaluate((root) => [...root.querySelectorAll("svg path")].map((path) => path.getAttribute("d") ?? ""))

describe.each(figures)("the figure $cell of /$path", ({ path, cell, turns }) => {
  it("is complete without script, and keeps its size and words when it comes alive", async () => {
    const viewport = { width: 820, height: 900 }
    const { page: still } = await site.visit(path, { javaScriptEnabled: false, viewport })
    const page = await open(path, { viewport })
    const size = async (where: Page) => {
      const { width, height } = (await figureOf(where, cell).boundingBox())!
      return { width: Math.round(width), height: Math.round(height) }
    }
    const paths = await figureOf(still, cell).locator("svg path").count()
    expect(paths).toBeGreaterThan(0)
    const words = await said(still, cell)
    expect(words).toMatch(/\d/)
    expect(await size(page)).toEqual(await size(still))
    expect(await said(page, cell)).toBe(words)
  })

  it("has nothing that axe complains of", async () => {
    const page = await open(path)
    await page.evaluate(axe)
    const violations = await figureOf(page, cell).evaluate(async (root) => {
      const { axe } = window as unknown as {
        axe: { run(root: Element): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
      }
      return (await axe.run(root)).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 200)}`)
    })
    expect(violations).toEqual([])
  })

  it("leaves no letter outside the column, at 320 pixels and at 820", async () => {
    const page = await open(path)
    for (const width of [320, 820]) {
      await page.setViewportSize({ width, height: 900 })
      const outside = await figureOf(page, cell).evaluate((root) => {
        const column = root.closest(".chapter")!.getBoundingClientRect()
        return [...root.querySelectorAll(".picture text")]
          .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.left < column.left || box.right > column.right))
          .map(({ text }) => text)
      })
      expect(outside).toEqual([])
    }
  })

  it.runIf(turns)("works by keyboard alone", async () => {
    const page = await open(path)
    const before = await said(page, cell)
    await tabTo(page, cell, "input[type=range]")
    const slider = () => page.evaluate(() => (document.activeElement as HTMLInputElement).valueAsNumber)
    const start = await slider()
    const isAtEnd = await page.evaluate(() => {
      const { value, max } = document.activeElement as HTMLInputElement
      return value === max
    })
    await page.keyboard.press(isAtEnd ? "ArrowLeft" : "ArrowRight")
    await expect.poll(() => said(page, cell)).not.toBe(before)
    expect(await slider()).not.toBe(start)
    await page.keyboard.press(isAtEnd ? "ArrowRight" : "ArrowLeft")
    await expect.poll(slider).toBe(start)
  })

  it.runIf(turns)("speaks and draws in numbers with every slider at its ends", async () => {
    const { page, complaints } = await site.visit(path)
    await act(page)
    const sliders = figureOf(page, cell).locator("input[type=range]")
    for (const slider of await sliders.all()) {
      for (const end of ["min", "max"] as const) {
        await slider.press(end === "min" ? "Home" : "End")
        const away = () =>
          slider.evaluate(
            (input: HTMLInputElement, end) => Math.abs(input.valueAsNumber - Number(input[end])) / Number(input.step),
            end,
          )
        await expect.poll(away).toBeLessThan(1)
        expect(await said(page, cell)).toMatch(/\d/)
        expect(await said(page, cell)).not.toMatch(/NaN|undefined/)
      }
    }
    expect((await drawnPaths(figureOf(page, cell))).filter((d) => /NaN|Infinity/.test(d))).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe("a reader who wants no motion", () => {
  it("sees the machine trained at once", async () => {
    const page = await open("", { reducedMotion: "reduce" })
    await tabTo(page, "machine", "button.main")
    await page.keyboard.press("Enter")
    await expect.poll(() => said(page, "machine")).toMatch(/Solved/)
    expect(await page.locator("#machine button.main").textContent()).toBe("Train")
  })

  it("goes one step with each press of Play", async () => {
    const page = await open("backprop/", { reducedMotion: "reduce" })
    await tabTo(page, "neuron-graph", "input[type=range]")
    await page.keyboard.press("Home")
    const play = figureOf(page, "neuron-graph").getByRole("button", { name: "Play" })
    for (const step of ["1 of 11", "2 of 11"]) {
      await play.press("Enter")
      await expect.poll(() => page.locator("#neuron-graph .slider-value").textContent()).toBe(step)
      expect(await play.textContent()).toBe("Play")
    }
    const moving = await page
      .locator("#neuron-graph .now .wire")
      .evaluateAll((wires) => wires.flatMap((wire) => wire.getAnimations()).length)
    expect(moving).toBe(0)
  })
})

describe("the cockpit", () => {
  it("says that a run diverges, and recovers on Reset", async () => {
    const page = await open("training/")
    const before = await said(page, "cockpit")
    await tabTo(page, "cockpit", "input[aria-label='learning rate']")
    await page.keyboard.press("End")
    await expect.poll(() => said(page, "cockpit")).toMatch(/diverge/)
    await figureOf(page, "cockpit").getByRole("button", { name: "Reset" }).press("Enter")
    await expect.poll(() => said(page, "cockpit")).toBe(before)
  })
})

describe.each(graphs)("the graph $cell of /$path", ({ path, cell }) => {
  it("restores every number when it is scrubbed to and fro, with each inside its node", async () => {
    const page = await open(path, { viewport: { width: 820, height: 900 }, reducedMotion: "reduce" })
    const figure = figureOf(page, cell)
    const slider = figure.locator(".graph-scrubber input")
    const last = Number(await slider.getAttribute("max"))
    const look = () =>
      figure.evaluate((root) => ({
        text: root.querySelector(".graph-view svg")!.textContent + root.querySelector(".figure-line")!.textContent,
        outside: [...root.querySelectorAll(".node")].flatMap((node) => {
          const card = node.querySelector(".card")!.getBoundingClientRect()
          return [...node.querySelectorAll(":is(.name, .sign, .datum, .grad)")].flatMap((text) => {
            const { left, right, top, bottom, width } = text.getBoundingClientRect()
            const fits = left >= card.left && right <= card.right && top >= card.top - 1 && bottom <= card.bottom + 1
            return width === 0 || fits ? [] : [text.textContent]
          })
        }),
      }))
    const seen: string[] = []
    await slider.press("Home")
    for (let step = 0; step <= last; step++) {
      await expect.poll(() => slider.inputValue()).toBe(String(step))
      const { text, outside } = await look()
      expect(outside).toEqual([])
      seen.push(text)
      await slider.press("ArrowRight")
    }
    expect(new Set(seen).size).toBe(last + 1)
    for (let step = last; step >= 0; step--) {
      await expect.poll(() => slider.inputValue()).toBe(String(step))
      expect((await look()).text).toBe(seen[step])
      await slider.press("ArrowLeft")
    }
  })
})

describe.each(graphs.filter(({ path }) => path === "backprop/"))("the gradients of $cell", ({ path, cell }) => {
  it("are the slopes of a nudge of each node", async () => {
    const page = await open(path)
    const figure = figureOf(page, cell)
    const choice = figure.locator(".graph-choice select")
    const nodes = await figure.locator(".node").count()
    for (let node = 0; node < nodes; node++) {
      await choice.selectOption(String(node))
      await figure.getByRole("button", { name: "Nudge by" }).press("Enter")
      await expect.poll(() => said(page, cell)).toMatch(/measured slope .*: they agree\.$/)
      const [, slope, gradient] = /measured slope (\S+), gradient (\S+):/.exec(await said(page, cell))!
      const number = (text: string) => Number(text.replace("−", "-"))
      expect(number(slope!)).toBeCloseTo(number(gradient!), 3)
      const shown = await figure.locator(".node.picked .grad").textContent()
      expect(shown).toBe(gradient)
    }
  })
})

/** What a reader may make of the data of a figure, and what the cell then says. */
const mistakes = [
  { path: "", cell: "machine", from: "points: threeBowls", to: "points: [[0, 1]]", says: /Loss \d/ },
  { path: "", cell: "machine", from: "points: threeBowls", to: "points: []", says: /There are no points/ },
  {
    path: "",
    cell: "machine",
    from: "points: threeBowls",
    to: "points: [[NaN, 1]]",
    says: /Not drawn, .*: 1 of 1 points/,
  },
  {
    path: "derivatives/",
    cell: "look",
    from: "microscope(L,",
    to: "microscope(() => NaN,",
    says: /not a number: there is no slope/,
  },
  {
    path: "derivatives/",
    cell: "dials",
    from: "twoDials(loss,",
    to: "twoDials(() => NaN,",
    says: /loss not a number\. There is nothing to draw/,
  },
  {
    path: "forward-pass/",
    cell: "curves",
    from: "points: bowls.map",
    to: "points: bowls.slice(0, 1).map",
    says: /At x = −1/,
  },
  {
    path: "forward-pass/",
    cell: "curves",
    from: "points: bowls.map",
    to: "points: bowls.slice(3).map",
    says: /There are no points/,
  },
  {
    path: "forward-pass/",
    cell: "curves",
    from: "({ x, y }) => [x, y]",
    to: "({ x, y }) => [x * NaN, y]",
    says: /Not drawn, .*: 3 of 3 points/,
  },
  {
    path: "backprop/",
    cell: "neuron-graph",
    from: "graph(result,",
    to: 'graph(new Value(2, "x"),',
    says: /∂x\/∂x = 1/,
  },
  {
    path: "backprop/",
    cell: "neuron-graph",
    from: "graph(result,",
    to: "graph(result.mul(NaN),",
    says: /expected a number or a Value, found NaN/,
  },
  {
    path: "training/",
    cell: "loop",
    from: "lossCurve(losses, { step: 50 })",
    to: "lossCurve([1])",
    says: /^Loss 1\.0000 at step 0\.$/,
  },
  { path: "training/", cell: "loop", from: "lossCurve(losses, { step: 50 })", to: "lossCurve([])", says: /No run yet/ },
  {
    path: "training/",
    cell: "loop",
    from: "lossCurve(losses, { step: 50 })",
    to: "lossCurve([NaN])",
    says: /Diverged: the loss is not a number/,
  },
  {
    path: "training/",
    cell: "cockpit",
    from: "points: threeBowls",
    to: "points: [[NaN, 1]]",
    says: /Not drawn, .*: 1 of 1 points/,
  },
  {
    path: "choices/",
    cell: "moon-map",
    from: "moonsRecord, {",
    to: "{ inputs: [[0, 0]], targets: [1] }, {",
    says: /of 1 points?/,
  },
  {
    path: "choices/",
    cell: "moon-map",
    from: "moonsRecord, {",
    to: "{ inputs: [], targets: [] }, {",
    says: /No points/,
  },
  {
    path: "choices/",
    cell: "moon-map",
    from: "moonsRecord, {",
    to: "{ inputs: [[NaN, 0]], targets: [1] }, {",
    says: /No points to draw: .* Not drawn, .*: 1 of 1 points/,
  },
]

describe("a reader who spoils the data", () => {
  it.each(mistakes)("is told in $cell about $to, and Reset mends it", async ({ path, cell, from, to, says }) => {
    const page = await open(path)
    const before = await said(page, cell)
    const fold = page.locator(`#${cell} > .cell-source > summary`)
    if ((await fold.count()) > 0) await fold.click()
    const original = await textOf(page, cell)
    expect(original).toContain(from)
    await figureOf(page, cell).evaluate((figure) => figure.setAttribute("data-before", ""))
    await run(page, cell, original.replace(from, to))
    const told = page.locator(`#${cell} :is(.cell-error, .figure:not([data-before]) .figure-line)`, { hasText: says })
    await told.first().waitFor()
    expect((await drawnPaths(figureOf(page, cell))).filter((d) => /NaN|Infinity/.test(d))).toEqual([])
    await page.locator(`#${cell} [data-do=reset]`).click()
    await expect.poll(() => said(page, cell)).toBe(before)
    await expect.poll(() => page.locator(`#${cell} .cell-error`).count()).toBe(0)
  })
})
