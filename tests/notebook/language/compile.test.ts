import { transpile } from "@observablehq/notebook-kit"
import { describe, expect, it } from "vitest"
import { CellError, compile, positionAt } from "../../../src/notebook/language/index.ts"
import type { CellScope } from "../../../src/notebook/runtime/notebook.ts"
import { cells } from "./cells.ts"

/** What a cell reads, declares and shows, with the names in alphabetical order. */
interface Shape {
  inputs: string[]
  outputs: string[]
  autodisplay: boolean
}

/** By Observable's compiler; the names that ours gives a cell otherwise are left out. */
function shapeByObservable(source: string): Shape | "a mistake" {
  try {
    const { inputs = [], outputs = [], autodisplay = false } = transpile(source, "ts")
    const others = inputs.filter((name) => !["display", "view"].includes(name))
    return { inputs: others.toSorted(), outputs: outputs.toSorted(), autodisplay }
  } catch {
    return "a mistake"
  }
}

function shape(source: string): Shape | "a mistake" {
  try {
    const { inputs, outputs, autodisplay } = compile(source)
    return { inputs: inputs.toSorted(), outputs: outputs.toSorted(), autodisplay }
  } catch (error) {
    if (!(error instanceof CellError)) throw error
    return "a mistake"
  }
}

/** A scope that only counts: which checkpoints were passed, and what was displayed. */
class Counting implements Partial<CellScope> {
  readonly passed: string[] = []
  readonly shown: unknown[] = []
  display = <T>(value: T): T => (this.shown.push(value), value)
  check = (line: number): void => void this.passed.push(`check ${line}`)
  late = (line: number): boolean => (this.passed.push(`late ${line}`), false)
  breathe = (): Promise<void> => Promise.resolve()
  module = (): unknown => ({ one: 1, default: 2 })
  later = (): Promise<unknown> => Promise.resolve({ one: 1 })
}

/** Runs a cell without a notebook. */
function runCell(source: string, inputs: Record<string, unknown> = {}): { result: unknown; scope: Counting } {
  const { body, inputs: names } = compile(source)
  const scope = new Counting()
  const run = (0, eval)(`"use strict";(${body})`) as (...values: unknown[]) => unknown
  return { result: run(scope, ...names.map((name) => inputs[name])), scope }
}

describe("what a cell reads, declares and shows", () => {
  it("is asked of more than a hundred cells", () => {
    expect(new Set(cells).size).toBeGreaterThan(100)
  })

  it.each(cells)("is what Observable's compiler says: %j", (source) => {
    expect(shape(source)).toEqual(shapeByObservable(source))
  })

  it("is the same with Windows line ends", () => {
    for (const source of cells) expect(shape(source.replaceAll("\n", "\r\n"))).toEqual(shape(source))
  })

  it("lists inputs in the order of their first mention, and each once", () => {
    expect(compile("c + a + b + a").inputs).toEqual(["c", "a", "b"])
  })

  it("lists which names of which modules it imports", () => {
    const source =
      'import a, { b, c as d } from "m"\nimport * as e from "n"\nimport "o"\nawait import("p")\nimport { b as f } from "m"'
    expect(compile(source).imports).toEqual({ m: ["default", "b", "c"], n: ["*"], o: [], p: ["*"] })
  })

  it("takes what stands in a function of a block for the block's own, as strict code does", () => {
    expect(compile("if (true) { function g() {} }\ng()").inputs).toEqual(["g"])
  })

  it("takes the browser's own names for the browser's", () => {
    expect(compile("new AbortController(); queueMicrotask(f); Element; globalThis").inputs).toEqual(["f"])
  })
})

describe("the body of a cell", () => {
  it("gives the values of the names that it declares", () => {
    const { result } = runCell("const [a, b] = [1, x]\nfunction c() { return a }\nlet d = 1; d++", { x: 5 })
    expect(result).toMatchObject({ a: 1, b: 5, d: 2 })
  })

  it("gives the value of an expression, whatever comments stand around it", () => {
    for (const source of ["1 + 2", "// three\n1 + 2", "1 + 2 // three", "/* three */ 1 + 2 /* ; */", "(1, 3)", "((3))"])
      expect(runCell(source).result).toBe(3)
    expect(runCell("{ a: 1 }").result).toEqual({ a: 1 })
  })

  it("keeps display and view for the cell itself", () => {
    const { scope } = runCell("[1, 2].forEach((n) => display(n))")
    expect(scope.shown).toEqual([1, 2])
  })

  it("does imports first, wherever they stand", () => {
    expect(runCell('const a = one + two\nimport { one, default as two } from "m"').result).toMatchObject({ a: 3 })
  })

  it("does several imports, from the first line on", () => {
    const source =
      'import { one } from "m"\nimport { one as two } from "n"\nimport three from "o"\nconst a = one + two + three'
    expect(runCell(source).result).toMatchObject({ one: 1, two: 1, three: 2, a: 4 })
  })

  it("waits for import()", async () => {
    await expect(runCell('const { one } = await import("m")').result).resolves.toEqual({ one: 1 })
  })

  it("does not join a line to the one before where a type or an import stood between", () => {
    expect(runCell("const a = f\ntype B = 1\n;[1].map(a)", { f: String }).result).toMatchObject({ a: String })
    expect(runCell('const a = x\nimport "m"\n;(() => 1)()', { x: 1 }).result).toEqual({ a: 1 })
    expect(runCell("const a = x\ninterface B {}\n(() => 1)()", { x: 1 }).result).toEqual({ a: 1 })
  })

  it("is async only where it must be", () => {
    const isAsync = (source: string): boolean => compile(source).body.startsWith("async")
    expect(
      ["a", "const a = () => { for (;;) {} }", "async () => await a", 'import { a } from "m"'].map(isAsync),
    ).toEqual(Array(4).fill(false))
    expect(["await a", "for (;;) break", "for await (const a of b) {}", "if (a) await b"].map(isAsync)).toEqual(
      Array(4).fill(true),
    )
  })
})

describe("checkpoints", () => {
  const checkpoints = (source: string): string[] =>
    [...compile(source).body.matchAll(/__cell\.(check|late)\((\d+)\)/g)].map(([, kind, line]) => `${kind} ${line}`)

  it.each([
    ["1 + 2", []],
    ["const a = 1\ndisplay(a)", []],
    ["for (;;) {}", ["late 1"]],
    ["while (1);", ["late 1"]],
    ["do a()\nwhile (1)", ["late 1"]],
    ["for (const x of a) for (const k in x) b(k)", ["late 1", "late 1"]],
    ["for await (const x of a) b(x)", ["late 1"]],
    ["a\nfor (;;)\n  b()", ["late 2"]],
    ["const f = () => { while (1); }", ["check 1", "check 1"]],
    ["const f = () => 1", ["check 1"]],
    ["const f = () => () => 1", ["check 1", "check 1"]],
    ["const f = (a = () => 1) => a", ["check 1", "check 1"]],
    ["function f() {\n  for (;;) {}\n}", ["check 1", "check 2"]],
    ["async function f() { for (;;) {} }", ["check 1", "late 1"]],
    ["const f = async () => { for (;;) await 1 }", ["check 1", "late 1"]],
    ["async () => { [1].map(() => { for (;;) {} }) }", ["check 1", "check 1", "check 1"]],
    ["function* f() { for (;;) yield 1 }", ["check 1", "check 1"]],
    ["async function* f() { for (;;) yield 1 }", ["check 1", "late 1"]],
    ["const o = { get a() { return 1 }, b() {}, c: function () {} }", ["check 1", "check 1", "check 1"]],
    [
      "class A {\n  constructor() {}\n  static { for (;;) {} }\n  b = (() => {})()\n}",
      ["check 2", "check 3", "check 4"],
    ],
    ["outer: for (;;) for (;;) continue outer", ["late 1", "late 1"]],
  ])("stand in every loop and every function, and name the line: %j", (source, expected) => {
    expect(checkpoints(source)).toEqual(expected)
  })

  it("are passed once for each turn and each call", async () => {
    const { result, scope } = runCell("const f = (n) => n\nfor (let i = 0; i < 3; i++) f(i)")
    await result
    expect(scope.passed).toEqual(["late 2", "check 1", "late 2", "check 1", "late 2", "check 1"])
  })

  it.each([
    ["(() => 1)()", 1],
    ["(() => ({ a: 1 }))().a", 1],
    ["((a) => (b) => a + b)(1)(2)", 3],
    ["((a, b = () => 2) => a + b())(1)", 3],
    ["((a) => /* => */ a)(1)", 1],
    ["((a) => // => )\n  a)(1)", 1],
    ["((a: string): (() => string) => () => a)('x')()", "x"],
    ["((a): '//' | 1 => a)(1)", 1],
    ["((a) => a, (b) => b)(2)", 2],
    ["[1, 2].map((n) => n > 1 ? (() => n)() : n * 10).join()", "10,2"],
    ["(() => { let n = 0; do n++; while (n < 3); return n })()", 3],
    ["(() => { let n = 0; if (n) for (;;) n++; else n = 7; return n })()", 7],
    ["(() => { a: for (const x of [1, 2, 3]) for (;;) { if (x < 3) continue a; return x } })()", 3],
    ["(() => { for (var i = 0, s = ''; i < 3; s += i++); return s })()", "012"],
    ["(() => { const s = []; for (const k in { a: 1, b: 2 }) s.push(k); return s.join() })()", "a,b"],
    ["[...(function* () { for (let i = 0; i < 3; i++) yield i })()].join()", "0,1,2"],
    ["new (class { a = [1, 2].map((n) => n * 2); get b() { return this.a[1] } })().b", 4],
    ["new (class A extends Array { constructor() { super(3) } })().length", 3],
    ["(function f(n) { return n < 2 ? 1 : n * f(n - 1) })(5)", 120],
    ["(function () { return this === undefined })()", true],
    ["(async () => 1)() instanceof Promise", true],
  ])("change nothing of what code does: %j", (source, expected) => {
    expect(runCell(source).result).toBe(expected)
  })
})

describe("locate", () => {
  /** Where the mark stands in a source, and where its place in the compiled body leads back to. */
  function located(source: string): { line: number; column: number }[] {
    const { body, locate } = compile(source)
    return [positionAt(source, source.indexOf("MARK")), locate(positionAt(body, body.lastIndexOf("MARK")))]
  }

  it.each([
    "MARK",
    "1 + MARK",
    "const a = 1\nMARK()",
    "for (const x of [1]) MARK(x)",
    "for (const x of [1]) { MARK(x) }",
    "const f = () => MARK",
    "const f = (a: number): number => {\n  for (;;)\n    while (1) MARK(a)\n}",
    'import { a } from "m"\nimport {\n  b,\n} from "n"; MARK(a, b)',
    "const a = 1; type B = 1; let c: B = MARK",
    "// one\n// two\nMARK + 1",
    "const text = `\n${'two'}\n` + MARK",
    "const é = '𝒳'; MARK(é)",
    "do MARK(); while (0)",
    'MARK()\nimport { a } from "m"',
  ])("leads from the compiled body back to the source: %j", (source) => {
    const [there, back] = located(source)
    expect(back).toEqual(there)
  })

  it.each([
    ["null.x", "x"],
    ["1\n  + null.x", "x"],
    ["const f = () => null.x\nf()", "x"],
    ["const a = 1\nfor (const x of [1]) { x.y.z }", "z"],
    ["const a = 1\nawait 0; throw new Error()", "new Error"],
  ])("leads back from where an error was thrown: %j", async (source, there) => {
    const { body, locate } = compile(source)
    const url = `cell-${source.length}.js`
    const error = await (async () => {
      const run = (0, eval)(`"use strict";(${body})\n//# sourceURL=${url}`) as (scope: unknown) => unknown
      await run(new Counting())
    })().catch((thrown: unknown) => thrown as Error)
    const [, line, column] = new RegExp(`${url}:(\\d+):(\\d+)`).exec(error!.stack!)!
    const place = locate({ line: Number(line), column: Number(column) })
    expect(place).toEqual(positionAt(source, source.lastIndexOf(there)))
  })
})

describe("what a cell may not do", () => {
  it.each([
    "a = 1",
    "const a = 1\n\nb.c = 2; d++",
    "[a, b] = c",
    "for (a of b) {}",
    "Math = 1",
    "undefined ||= 2",
    "export const a = 1",
    "export default a",
    'export * from "m"',
    "import.meta.url",
    "import(a)",
    "const display = 1",
    "function view() {}",
    'import { console } from "m"',
    "const __cell = 1",
    "__cell.check(1)",
    "enum A { B }",
    "const a = 1; const a = 2",
    "const a = ",
    "return 1",
    "let let = 1",
    "const { a, a } = b",
    "/[/",
    "`${`",
    "'\n'",
  ])("is refused with its place and what to do: %j", (source) => {
    try {
      compile(source)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      const { message, hint, position } = error
      expect(`${position!.line}:${position!.column} ${message}\n${hint}`).toMatchSnapshot()
    }
  })

  it("is not refused where the name is the cell's own", () => {
    for (const source of [
      "let a; a = 1",
      "const f = (display) => display(1)",
      "function f(x) { x++ }",
      "{ let Math = 1; Math++ }",
    ])
      expect(() => compile(source)).not.toThrow()
  })
})
