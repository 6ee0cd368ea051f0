import { deserialize, transpile } from "@observablehq/notebook-kit"
import { DOMParser } from "linkedom"
import { describe, expect, it } from "vitest"
import { toObservable } from "../../../src/notebook/export/observable.ts"
import { book, cell, engine, prose } from "./books.ts"

/** A chapter as Notebook Kit reads it. */
const opened = (...args: Parameters<typeof book>) =>
  deserialize(toObservable(book(...args)), { parser: new DOMParser() as unknown as globalThis.DOMParser })

/** The value that the body of a transpiled cell gives. */
function valueOf(source: string, mode: "js" | "ts", ...inputs: unknown[]): Record<string, unknown> {
  const { body } = transpile(source, mode)
  return ((0, eval)(`(${body})`) as (...inputs: unknown[]) => Record<string, unknown>)(...inputs)
}

describe("a chapter as an Observable notebook", () => {
  it("has its title, its prose and its cells, in order, as Notebook Kit reads them", () => {
    const { title, cells } = opened([
      prose("Hello"),
      cell("a", "const a: number = 1"),
      cell("b", 'display("</script>")', { isFolded: true }),
    ])
    expect(title).toBe("Nudges & <tags>")
    expect(cells.slice(1, 4)).toMatchObject([
      { mode: "md", value: "Hello" },
      { mode: "ts", value: "const a: number = 1", pinned: true },
      { mode: "ts", value: 'display("</script>")', pinned: false },
    ])
    for (const { id } of cells) expect(cells.filter((other) => other.id === id)).toHaveLength(1)
  })

  it("has formulas and inline cells that live, and text that only looks alive", () => {
    const { cells } = opened([
      prose("`${x}` is ", { source: " slope as number ", shows: "6" }, ", ", { tex: "\\frac12", isBlock: false }),
    ])
    const { inputs } = transpile(cells[1]!)
    expect(inputs).toEqual(expect.arrayContaining(["md", "inline", "slope", "tex"]))
    expect(inputs).not.toContain("x")
    expect(cells[1]!.value).toContain("${tex`\\frac12`}")
  })

  it("gives every cell what it imports of the engine", () => {
    const { cells } = opened([cell("a", 'import { double as twice, Value } from "seven-knobs"\ntwice')], {
      "seven-knobs": engine,
    })
    expect(cells[1]!.value).toBe("twice")
    const { twice, Value } = valueOf(cells.at(-1)!.value, "js") as {
      twice: (v: unknown) => { data: number }
      Value: new (data: number) => unknown
    }
    expect(twice(new Value(3)).data).toBe(6)
  })

  it("draws by the script and the style that come along, and imports packages by their names", () => {
    const blocks = [cell("a", 'import { curve as draw } from "figures"\nimport * as Plot from "@observablehq/plot"')]
    const { cells } = opened(blocks, {
      figures: { as: "drawings", script: "({ curve: () => 7 })", style: ".a { color: red }", inText: {} },
      "@observablehq/plot": { as: "drawings", inText: {} },
    })
    expect(cells.some(({ mode, value }) => mode === "html" && value.includes(".a { color: red }"))).toBe(true)
    const script = cells.find(({ value }) => value.includes("curve: () => 7"))!
    expect((valueOf(script.value, "js") as { draw: () => number }).draw()).toBe(7)
    expect(cells.at(-1)!.value).toBe('import * as Plot from "npm:@observablehq/plot"')
  })

  it("keeps a cell with a mistake as its reader left it", () => {
    const { cells } = opened([cell("a", "1", { source: "const x = = 1", definition: null })])
    expect(cells[1]!.value).toBe("const x = = 1")
  })
})
