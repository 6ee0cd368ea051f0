import { describe, expect, it } from "vitest"
import { compile } from "../../../src/notebook/language/index.ts"
import { findNames } from "../../../src/notebook/language/names.ts"
import { parseJavaScript } from "../../../src/notebook/language/syntax.ts"
import { mulberry32 } from "../../../src/engine/index.ts"

/** The names of a cell in a few words: `declares; reads; writes`. */
function names(source: string): string {
  const found = findNames(parseJavaScript(source).root)
  const list = (key: "declared" | "read" | "written"): string =>
    [...new Set(found[key].map(({ name }) => name))].join(" ")
  return `${list("declared")}; ${list("read")}; ${list("written")}`.trim()
}

describe("the names that a cell declares", () => {
  it.each([
    ["const a = 1, b = 2", "a b; ;"],
    ["let a; var b; function c() {} class D {}", "a b c D; ;"],
    ["async function a() {} function* b() {}", "a b; ;"],
    ["const { a, b: c, d: { e }, ...f } = 1", "a c e f; ;"],
    ["const [a, , [b], c = 1, ...d] = 1", "a b c d; ;"],
    ['import a, { b as c } from "m"; import * as d from "m"', "a c d; ;"],
    ["{ const a = 1; let b; class C {} function d() {} }", "; ;"],
    ["if (1) var a = 1; for (var b of []) {}; { var c }", "; ;"],
    ["(function a() {})", "; ;"],
    ["const a = class B {}", "a; ;"],
    ["const a = function b() { return b }", "a; ;"],
  ])("are those of its top level: %j", (source, expected) => {
    expect(names(source)).toBe(expected)
  })
})

describe("the names that a cell reads", () => {
  it.each([
    // Where a name is bound, it is not read from elsewhere.
    ["(a) => a", "; ;"],
    ["(a, b = a, [c], { d, e: f = c }, ...g) => a + b + c + d + f + g", "; ;"],
    ["function f(a) { return a + b }", "f; b;"],
    ["a; const a = 1", "a; ;"],
    ["f(); function f() {}", "f; ;"],
    ["{ a; let a }", "; ;"],
    ["{ let a } a", "; a;"],
    ["for (let i = 0; i < n; i++) i", "; n;"],
    ["for (const a of a) {}", "; ;"],
    ["for (const x of xs) x; x", "; xs x;"],
    ["switch (a) { case b: let c; c }", "; a b;"],
    ["try {} catch (e) { e } e", "; e;"],
    ["try {} catch ({ a, b: [c] }) { a; c }", "; ;"],
    ["try { var a } catch {} a", "; ;"],
    ["function f() { if (1) { var a } return a }", "f; ;"],
    ["() => { var a; { var b } return a + b + c }", "; c;"],
    ["class A { static a = A; b = A }", "A; ;"],
    ["class A { constructor() { this.b = b } get c() { return c } }", "A; b c;"],
    ["class A extends B { [c] = d; static { let e; e } #f = g; h() { this.#f } }", "A; B c d g;"],
    ["(class a { b() { return a } })", "; ;"],
    // What looks like a name and is none.
    ["a.b.c", "; a;"],
    ["a[b].c", "; a b;"],
    ["({ a: b, c, [d]: e, f() {}, get g() {}, 'h': 1 })", "; b c d e;"],
    ["a?.b", "; a;"],
    ["a: for (;;) break a", "; ;"],
    ["a: for (;;) { continue a }", "; ;"],
    ["function f() { new.target }", "f; ;"],
    ["this.a; super_", "; super_;"],
    ["`${a}`; tag`b`", "; a tag;"],
    ["function f() { return arguments }", "f; ;"],
    ["const f = { m() { return arguments } }", "f; ;"],
    ["typeof a", "; a;"],
    ["async () => await a", "; a;"],
    ["function* f() { yield a; yield* b }", "f; a b;"],
    ["import(a)", "; a;"],
  ])("come from elsewhere: %j", (source, expected) => {
    expect(names(source)).toBe(expected)
  })
})

describe("the names that a cell writes without declaring them", () => {
  it.each([
    ["a = 1", "; ; a"],
    ["a += 1", "; a; a"],
    ["a++", "; a; a"],
    ["let a; a = 1; a++", "a; ; "],
    ["a.b = 1", "; a;"],
    ["a[b] = c", "; a b c;"],
    ["[a, b.c, ...d] = e", "; b e; a d"],
    ["({ a, b: c, d: e = f, ...g } = h)", "; f h; a c e g"],
    ["for (a of b) {}", "; a b; a"],
    ["for (a.b in c) {}", "; a c;"],
    ["() => { a = 1 }", "; ; a"],
    ["(a) => { a = 1 }", "; ;"],
    ["{ let a; a = 1 } a = 2", "; ; a"],
    ["function f() { f = 1 }", "f; ;"],
    ["a ??= b", "; a b; a"],
    ["delete a.b", "; a;"],
    ["if (1) var a; a = 1", "; ;"],
  ])("are found, wherever they stand: %j", (source, expected) => {
    expect(names(source)).toBe(expected.trim())
  })
})

describe("the scopes that findNames sees", () => {
  /** Random nested blocks, functions and loops that declare and read four names. */
  function program(random: () => number, depth = 0): string {
    const pick = <T>(of: T[]): T => of[Math.floor(random() * of.length)]!
    const name = (): string => pick(["a", "b", "c", "d"])
    const body = (): string => (depth < 2 ? program(random, depth + 1) : `use(${name()})`)
    const forms = [
      () => `try { use(${name()}) } catch {}`,
      () => `{ ${body()} }`,
      () => `{ const ${name()} = 1; ${body()} }`,
      () => `(function (${name()}) { ${body()} })(1);`,
      () => `((${name()}) => { ${body()} })(1);`,
      () => `for (const ${name()} of [1]) { ${body()} }`,
      () => `try { throw 1 } catch (${name()}) { ${body()} }`,
      () => `(function ${name()}() { ${body()} })();`,
      () => `void class ${name()} { static { ${body()} } };`,
    ]
    return Array.from({ length: 3 }, () => pick(forms)()).join("\n")
  }

  it("are those of the language: a cell runs if it is given what it reads, and only then", () => {
    const random = mulberry32(11)
    for (let round = 0; round < 200; round++) {
      const source = program(random)
      const { inputs } = compile(source)
      const asked = new Set<string>()
      // Every name that the program does not bind itself is looked up here.
      const around = new Proxy(
        {},
        {
          has: (_, name) => /^[a-d]$/.test(String(name)),
          get: (_, name) => (typeof name === "string" ? asked.add(name).size : undefined),
        },
      )
      const run = new Function("around", "use", `with (around) { (function () { ${source} })() }`)
      run(around, () => undefined)
      expect(asked, source).toEqual(new Set(inputs.filter((name) => name !== "use")))
    }
  }, 60_000)
})
