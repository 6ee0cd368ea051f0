import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import typescript from "typescript"
import { describe, expect, it, vi } from "vitest"
import { typeFiles } from "../../src/notebook/build/type-files.ts"
import { TypeChecker } from "../../src/notebook/build/types.ts"
import { positionAt } from "../../src/notebook/language/index.ts"
import { regions } from "../../src/notebook/language/regions.ts"
import type { Piece } from "../../src/notebook/types/answers.ts"
import { placeRegions } from "../../src/notebook/types/engine.ts"
import type { LiveCell } from "../../src/notebook/types/places.ts"
import { createTypeService } from "../../src/notebook/types/service.ts"

// The first question makes TypeScript read all its libraries.
vi.setConfig({ testTimeout: 60_000 })

const root = fileURLToPath(new URL("../../", import.meta.url))
const service = createTypeService({ files: await typeFiles({ root, engine: "src/engine" }), typescript })

type Chapter = Record<string, string>

const imports = `import { MLP, Value } from "seven-knobs"`
const cellsOf = (chapter: Chapter): LiveCell[] =>
  Object.entries(chapter).map(([name, source]) => ({ kind: name.includes("#") ? "engine" : "cell", name, source }))
const text = (pieces: Piece[]): string => pieces.map((piece) => piece.text).join("")

/** The mistakes of a chapter, each as `cell: the text that is marked: message`. */
function mistakes(chapter: Chapter): string[] {
  service.update(cellsOf(chapter))
  return Object.entries(chapter).flatMap(([name, source]) =>
    service.diagnostics(name).map(({ from, to, message }) => `${name}: ${source.slice(from, to)}: ${message}`),
  )
}

/** Shows the service a chapter, and where in it, marked by ‸, to ask. */
function mark(chapter: Chapter): [cell: string, position: number] {
  const [cell, source] = Object.entries(chapter).find(([, source]) => source.includes("‸"))!
  service.update(cellsOf({ ...chapter, [cell]: source.replace("‸", "") }))
  return [cell, source.indexOf("‸")]
}

describe("diagnostics", () => {
  it("finds nothing wrong in cells that fit each other", () => {
    const use = `const out = net.forward([1])[0]!\nout.backward()\ndisplay(out.data.toFixed(2))`
    expect(mistakes({ imports, net: `const net = new MLP(1, [2, 1])`, use })).toEqual([])
  })

  it("finds a wrong type across cells", () => {
    expect(mistakes({ loss: `const L = (w: number) => w ** 2`, use: `const y: string = L(1)` })).toEqual([
      "use: y: Type 'number' is not assignable to type 'string'.",
    ])
  })

  it("follows a cell that changes", () => {
    const use = `const y: string = L(1)`
    expect(mistakes({ loss: `const L = (w: number) => String(w)`, use })).toEqual([])
    expect(mistakes({ loss: `const L = (w: number) => w`, use })).toHaveLength(1)
    expect(mistakes({ use })).toEqual(["use: L: Cannot find name 'L'."])
  })

  it("sees what a promise and an input of another cell settle to", () => {
    const net = `const net = Promise.resolve(new MLP(1, [1]))\nconst w = view(Inputs.range([0, 1]))`
    expect(mistakes({ imports, net, use: `net.forward([w.length])` })).toEqual([
      "use: length: Property 'length' does not exist on type 'number'.",
    ])
  })

  it("checks a cell that is one expression", () => {
    expect(mistakes({ imports, shown: `new Value("3")` })).toEqual([
      `shown: "3": Argument of type 'string' is not assignable to parameter of type 'number'.`,
    ])
  })

  it("checks the options of charts, inputs and figures", () => {
    const chart = `Plot.plot({ marks: [Plot.line([1, 2], { yy: 3 })], width: "a" })`
    const input = `const w = view(Inputs.range([0, 1], { lable: "w" }))`
    const figure = `import { table } from "seven-knobs/figures"\ndisplay(table(3))`
    expect(mistakes({ chart, input, figure })).toEqual([
      "chart: yy: Object literal may only specify known properties, and 'yy' does not exist in type 'LineOptions'.",
      `chart: width: Type 'string' is not assignable to type 'number'.`,
      "input: lable: Object literal may only specify known properties, but 'lable' does not exist in type 'RangeOptions'. Did you mean to write 'label'?",
      "figure: 3: Argument of type 'number' is not assignable to parameter of type 'readonly Row[]'.",
    ])
  })

  it("says which name a module does not have, and which module there is not", () => {
    expect(mistakes({ use: `import { MLPs } from "seven-knobs"\nimport _ from "lodash"` })).toEqual([
      `use: MLPs: '"seven-knobs"' has no exported member named 'MLPs'. Did you mean 'MLP'?`,
      `use: "lodash": Cannot find module 'lodash' or its corresponding type declarations.`,
    ])
  })

  it("tells of a half-typed cell where its grammar ends, and leaves the others alone", () => {
    const half = `const a = new Value(3)\nconst b = a.`
    expect(mistakes({ imports, half, use: `b\na.data` })).toEqual(["half: : Identifier expected."])
  })

  it("takes the first of two cells that declare one name", () => {
    expect(mistakes({ one: `const x = 1`, two: `const x = "a"`, use: `x.toFixed()` })).toEqual([])
  })

  it("stays inside the cell, whatever it holds", () => {
    for (const source of [
      "",
      ";",
      "}",
      "((((",
      "`${",
      "/*",
      "export {",
      "\n\n)",
      "import { a",
      "const",
      "😀",
      "a\r\nb",
    ]) {
      service.update(cellsOf({ odd: source }))
      for (const { from, to } of service.diagnostics("odd")) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(to).toBeLessThanOrEqual(source.length)
      }
      for (const at of [0, source.length >> 1, source.length]) {
        service.hover("odd", at)
        service.complete("odd", at)
        service.signature("odd", at)
      }
    }
  })

  it("knows nothing of a cell that is not there", () => {
    service.update([])
    expect(service.diagnostics("gone")).toEqual([])
    expect(service.hover("gone", 0)).toBeNull()
  })
})

describe("a region of the engine", () => {
  const engine = join(root, "src/engine")
  const sourceOf = (file: string): string => readFileSync(join(engine, file), "utf8")
  const textOf = (name: string): string => {
    const [file, region] = name.split("#")
    return regions(sourceOf(file!)).find((found) => found.name === region)!.text
  }

  it("has no mistake as it stands in the article", () => {
    const files = readdirSync(engine).filter((file) => file.endsWith(".ts"))
    const names = files.flatMap((file) => regions(sourceOf(file)).map((region) => `${file}#${region.name}`))
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(mistakes({ [name]: textOf(name) })).toEqual([])
  })

  it("is checked in its file when it changes", () => {
    const changed = textOf("ops.ts#mul").replace("a.data * out.grad", `a.data * out.grads`)
    expect(mistakes({ "ops.ts#mul": changed, "ops.ts#add": textOf("ops.ts#add") })).toEqual([
      "ops.ts#mul: grads: Property 'grads' does not exist on type 'Value'. Did you mean 'grad'?",
    ])
  })

  it("is what the cells are checked against", () => {
    const change = textOf("value.ts#backward").replace("backward(): void {", "backward(times: number): void {")
    const use = `new Value(1).backward()`
    expect(mistakes({ imports, "value.ts#backward": change, use })).toContain(
      "use: backward: Expected 1 arguments, but got 0.",
    )
    expect(mistakes({ imports, "value.ts#backward": textOf("value.ts#backward"), use })).toEqual([])
  })

  it("keeps its mistakes to itself, and says of an open brace that it is open", () => {
    const open = textOf("ops.ts#mul").slice(0, -2)
    expect(mistakes({ "ops.ts#mul": open, "ops.ts#add": textOf("ops.ts#add") })).toEqual([
      "ops.ts#mul: : ':' expected.",
    ])
  })

  it("answers about a method that stands indented in its file", () => {
    const found = service.hover(
      ...mark({ "value.ts#backward": textOf("value.ts#backward").replace("order(", "ord‸er(") }),
    )!
    expect(text(found.signature)).toBe("order(root: Value): Value[]")
  })

  it("has no answers inside another one that has changed", () => {
    const file = "a\n// #region out\n  b\n  // #region in\n  c\n  // #endregion\n// #endregion\n"
    const both = (out: string, inner: string): Map<string, string> =>
      new Map([
        ["out", out],
        ["in", inner],
      ])
    expect([...placeRegions(file, both("b\nd", "c")).places.keys()]).toEqual(["out"])
    expect(placeRegions(file, both("b\nc", "e")).text).toContain("e\n")
    expect(placeRegions(file, both("// #region", "c")).text).toContain("// #region\n")
    expect(placeRegions(file, both("// #endregion", "c"))).toEqual({ text: file, places: new Map() })
  })
})

describe("the page's checker and the build's", () => {
  const corpus: Record<string, Chapter> = {
    "cells that fit": { imports, a: `const a = new Value(2)`, b: `a.mul(3).tanh()`, c: `a.grad + 1` },
    "wrong types": { imports, a: `const a: Value = 3\nconst b: number = new Value(1)`, c: `b.data\na.nothing()` },
    "unknown names": { a: `display(slop)`, b: `Math.tahn(1)\nnew Valeu(1)` },
    "expressions with a semicolon or a comment": { a: `x + "1" * 2;`, b: `// a\nmissing // b`, c: `const x = 1` },
    circles: { a: `const x = y + 1`, b: `const y = x + 1` },
    "generators and promises": {
      a: `function* f() { yield 1 }\nconst g = f()\nconst p = Promise.resolve("a")`,
      b: `g.length\np.toFixed()`,
    },
    "types of one cell in another": {
      a: `interface P { x: number }\ntype Q = P | null`,
      b: `const p: P = { y: 1 }\nconst q: Q = null`,
    },
    "loose ends": { a: `function f(x) { return x }`, b: `const [u, { v }] = [1, { v: f }]\nu.v`, c: `v(1, 2, 3)` },
    "syntax that only TypeScript refuses": {
      a: `const x = <T,>(t: T) => t\nx<number>("a")`,
      b: `let y: number = "1" as string`,
    },
    "charts, inputs, figures, records": {
      a: `import { moonsRecord } from "seven-knobs/records"\nimport { machine } from "seven-knobs/figures"`,
      b: `Plot.plot({ marks: [Plot.dot(moonsRecord.losses, { r: {} }), Plot.nothing()] })`,
      c: `view(Inputs.select([1, 2], { value: "a" }))\nview(machine({ names: 3 }))`,
      d: `Plot.line([1], { curve: 3 })\nPlot.plot({ x: { type: "logg" }, projection: {} })`,
    },
    "the browser and the language": {
      a: `document.querySelector("a").href\n[1].at(0).toFixed()\nnew Map([[1, 2]]).groupBy`,
    },
    "what every cell sees": { a: `display(1, 2)\nview(3)\nwidth.x\nnow = 3\nawait invalidation` },
  }
  const checker = new TypeChecker(root)

  it.each(Object.entries(corpus))("say the same of %s", (_, chapter) => {
    service.update(cellsOf(chapter))
    const live = Object.entries(chapter).flatMap(([cell, source]) =>
      service.diagnostics(cell).map(({ from, message }) => ({ cell, ...positionAt(source, from), message })),
    )
    const built = checker.check(cellsOf(chapter))
    expect(live).toEqual(built)
  })
})

describe("hover", () => {
  it("shows a method's signature and doc comment", () => {
    const found = service.hover(...mark({ imports, use: `new Value(3).back‸ward()` }))!
    expect(text(found.signature)).toBe("(method) Value.backward(): void")
    expect(found.documentation).toMatch(/^Fills `grad` of every value/)
    expect(`new Value(3).backward()`.slice(found.from, found.to)).toBe("backward")
  })

  it("shows what a name of another cell settled to, its doc comment and its cell", () => {
    const net = `/** Two neurons and one. */\nconst net = Promise.resolve(new MLP(1, [2, 1]))`
    const found = service.hover(...mark({ imports, net, use: `n‸et.forward([1])` }))!
    expect(text(found.signature)).toBe("const net: MLP")
    expect(found.documentation).toBe("Two neurons and one.")
    expect(found.cell).toBe("net")
  })

  it("shows a class by itself, not as an import", () => {
    const found = service.hover(...mark({ imports, use: `const nets: M‸LP[] = []` }))!
    expect(text(found.signature)).toBe("class MLP")
    expect(found.documentation).toContain("multi-layer perceptron")
  })

  it("tells keywords, strings and numbers apart", () => {
    const found = service.hover(...mark({ use: `const a‸ = "x" as "x" | 3` }))!
    expect(found.signature.filter(({ colour }) => colour)).toEqual([
      { text: "const", colour: "keyword" },
      { text: `"x"`, colour: "string" },
      { text: "3", colour: "string" },
    ])
  })

  it("has nothing to say of blank space", () => {
    expect(service.hover(...mark({ use: `const a = 1\n\n‸\n` }))).toBeNull()
  })
})

describe("completion", () => {
  const names = (at: [string, number]): string[] => service.complete(...at)!.entries.map(({ name }) => name)

  it("lists the engine's methods after a dot, with their documentation", () => {
    const at = mark({ imports, use: `const value = new Value(3)\nvalue.‸` })
    expect(names(at)).toEqual(expect.arrayContaining(["add", "backward", "data", "grad", "tanh"]))
    const { signature, documentation } = service.describe(...at, "backward")!
    expect(text(signature)).toBe("(method) Value.backward(): void")
    expect(documentation).toContain("chain rule")
  })

  it("lists a value of another cell, from a cell that does not parse yet", () => {
    expect(names(mark({ imports, a: `const a = new Value(1)`, use: `Plot.plot({ marks: [a.‸` }))).toContain("backward")
  })

  it("begins at the word that is being typed", () => {
    expect(service.complete(...mark({ use: `const a = 1\nMath.ta‸` }))!.from).toBe(`const a = 1\nMath.`.length)
  })

  it("sets the cells' names and what every cell sees before the browser's", () => {
    const { entries } = service.complete(...mark({ imports, a: `const aim = 1`, use: `‸` }))!
    const near = entries.filter(({ isFar }) => !isFar).map(({ name }) => name)
    expect(near).toEqual(expect.arrayContaining(["aim", "MLP", "Value", "display", "view", "Plot", "Inputs"]))
    expect(near).not.toContain("document")
    expect(near.filter((name) => name.startsWith("$"))).toEqual([])
  })

  it("describes a name of another cell", () => {
    const at = mark({ a: `/** What we aim at. */\nconst aim = 1`, use: `‸` })
    expect(service.describe(...at, "aim")).toMatchObject({ documentation: "What we aim at.", cell: "a" })
  })

  it("lists the options of a call", () => {
    expect(names(mark({ imports, use: `new MLP(1, [2], { ‸ })` }))).toEqual(["activation", "init", "output", "random"])
  })

  it("lists the values of a choice", () => {
    const at = mark({ imports, use: `new MLP(1, [2], { activation: "‸" })` })
    expect(names(at).sort()).toEqual(["linear", "relu", "sigmoid", "tanh"])
  })

  it("lists the modules that can be imported, and their names", () => {
    expect(names(mark({ use: `import {} from "seven-‸"` }))).toEqual(
      expect.arrayContaining(["seven-knobs", "seven-knobs/figures"]),
    )
    expect(names(mark({ use: `import { ‸ } from "seven-knobs"` }))).toEqual(expect.arrayContaining(["MLP", "Value"]))
  })
})

describe("signature help", () => {
  it("shows the parameters of a constructor while it is called, and which one comes next", () => {
    const found = service.signature(...mark({ imports, use: `new MLP(1, ‸` }))!
    expect(text(found.head)).toBe("MLP(")
    expect(found.parameters.map(({ pieces }) => text(pieces))).toEqual([
      "nin: number",
      "sizes: readonly number[]",
      "options?: MLPOptions",
    ])
    expect(found.active).toBe(1)
  })

  it("shows a function of another cell, with its doc comment", () => {
    const loss = `/**\n * How wrong.\n * @param w the knob\n */\nconst L = (w: number): number => w ** 2`
    const found = service.signature(...mark({ loss, use: `const y = L(‸)` }))!
    expect(found.documentation).toBe("How wrong.")
    expect(found.parameters[0]!.documentation).toBe("the knob")
    expect(text(found.tail)).toBe("): number")
  })

  it("is over after the call", () => {
    expect(service.signature(...mark({ use: `Math.tanh(1)‸` }))).toBeNull()
  })
})
