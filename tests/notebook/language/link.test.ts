import { globSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as engine from "../../../src/engine/index.ts"
import { CellError } from "../../../src/notebook/language/index.ts"
import { link, type LinkOptions } from "../../../src/notebook/language/link.ts"

const guardKey = "tests.link.guard"

/** Links modules into data: addresses, and imports the entry. */
async function load(
  files: Record<string, string>,
  { entry = "index.ts", guarded = [] as string[] } = {},
): Promise<Record<string, unknown>> {
  return (await import(
    /* @vite-ignore */ link({
      files,
      entry,
      guarded: new Set(guarded),
      guard: `globalThis[Symbol.for(${JSON.stringify(guardKey)})]`,
      addressOf: (javascript) => `data:text/javascript,${encodeURIComponent(javascript)}`,
    })
  )) as Record<string, unknown>
}

const refusal = (files: Record<string, string>): [string, string] => {
  const options: LinkOptions = { files, entry: "index.ts", guarded: new Set(), guard: "g", addressOf: (text) => text }
  try {
    link(options)
  } catch (error) {
    if (error instanceof CellError) return [error.message, error.hint]
    throw error
  }
  throw new Error("Nothing was refused")
}

describe("link", () => {
  it("makes JavaScript modules that import each other of TypeScript ones", async () => {
    const { sum, Pair, all } = await load({
      "index.ts": `export { sum } from "./sum.ts"
        export type { Shape } from "./types.ts"
        export * from "./deep/pair.ts"
        import * as all from "./sum.ts"
        export { all }`,
      "sum.ts": 'import type { Shape } from "./types.ts"\nexport const sum = (a: number, b: number): Shape => a + b',
      "types.ts": "export type Shape = number",
      "deep/pair.ts": 'import { sum } from "../sum.ts"\nexport class Pair { readonly total: number = sum(1, 2) }',
    })
    expect((sum as (a: number, b: number) => number)(1, 2)).toBe(3)
    expect(new (Pair as new () => { total: number })().total).toBe(3)
    expect((all as { sum: unknown }).sum).toBe(sum)
  })

  it("makes each module once, however many import it", () => {
    const made: string[] = []
    link({
      files: { "index.ts": 'import "./a.ts"\nimport "./b.ts"', "a.ts": 'import "./b.ts"', "b.ts": "export {}" },
      entry: "index.ts",
      guarded: new Set(),
      guard: "g",
      addressOf: (text) => `${made.push(text)}`,
    })
    expect(made).toEqual(["export {}", 'import "1"', 'import "2"\nimport "1"'])
  })

  it("puts checkpoints into the modules that were changed, and no others", async () => {
    const passed: number[] = []
    Object.assign(globalThis, { [Symbol.for(guardKey)]: { check: (line: number) => passed.push(line) } })
    const source = "export const f = (n: number): number => {\n  for (let i = 0; i < 2; i++) n++\n  return n\n}"
    const { f, g } = await load(
      {
        "index.ts": 'export { f } from "./f.ts"\nexport { f as g } from "./g.ts"',
        "f.ts": source,
        "g.ts": `${source}\n`,
      },
      { guarded: ["f.ts"] },
    )
    expect([(f as (n: number) => number)(1), (g as (n: number) => number)(1)]).toEqual([3, 3])
    expect(passed).toEqual([1, 2, 2])
  })

  it("refuses an import of what is not there", () => {
    expect(refusal({ "index.ts": 'import "./missing.ts"' })).toEqual([
      "index.ts imports missing.ts, which is not there",
      "There are index.ts.",
    ])
  })

  it("refuses modules that import each other in a circle", () => {
    expect(refusal({ "index.ts": 'import "./a.ts"', "a.ts": 'export * from "./index.ts"' })).toEqual([
      "index.ts imports a.ts imports index.ts: a circle",
      "Let one of these modules do without the other.",
    ])
  })

  it("allows a circle of types, which are erased", async () => {
    const { a } = await load({
      "index.ts": 'export { a } from "./a.ts"\nexport type B = 1',
      "a.ts": 'import type { B } from "./index.ts"\nexport const a: B = 1',
    })
    expect(a).toBe(1)
  })

  it("refuses a module that does not parse, with its place", () => {
    expect(refusal({ "index.ts": "const a =" })[0]).toBe("Syntax error: unexpected token")
  })

  it("gives an engine that computes what the one in the repository computes", async () => {
    const folder = "src/engine/"
    const paths = globSync(`${folder}**/*.ts`).map((path) => path.slice(folder.length))
    const files = Object.fromEntries(paths.map((path) => [path, readFileSync(folder + path, "utf8")]))
    const linked = (await load(files)) as typeof engine
    expect(Object.keys(linked).toSorted()).toEqual(Object.keys(engine).toSorted())
    const losses = [engine, linked].map(({ MLP, mulberry32, mean, Value }) => {
      const net = new MLP(2, [3, 1], { random: mulberry32(4) })
      const loss = mean([[1, -1], [0.5, 2]].map((x) => (net.forward(x.map((n) => new Value(n)))[0] as engine.Value).pow(2))) // prettier-ignore
      loss.backward()
      return [loss.data, ...net.parameters().map(({ grad }) => grad)]
    })
    expect(losses[1]).toEqual(losses[0])
    expect(losses[0]!.some((n) => n !== 0)).toBe(true)
  })
})
