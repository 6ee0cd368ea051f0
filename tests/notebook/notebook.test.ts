import { afterEach, describe, expect, it, vi } from "vitest"
import { CellError } from "../../src/notebook/language/index.ts"
import type { CellState } from "../../src/notebook/runtime/notebook.ts"
import { ours, quiet, until } from "./books.ts"

/** `runtime.test.ts` asks what Observable does too. */
describe("what this notebook does beyond Observable", () => {
  let book: ReturnType<typeof ours>
  afterEach(() => {
    book.dispose()
  })

  const said = (): string[] => book.said.splice(0)

  async function open(cells: Record<string, string>, ...options: Parameters<typeof ours>): Promise<void> {
    book = ours(...options)
    await define(cells)
  }

  async function define(cells: Record<string, string>): Promise<void> {
    book.define(cells)
    await quiet()
  }

  /** The states that a cell went through, in words. */
  const states = (cell: string): string[] =>
    book.states[cell]!.splice(0).map((state) => (state.is === "failed" ? `failed: ${state.error.message}` : state.is))

  const failed = (cell: string): CellState & { is: "failed" } => {
    const last = book.states[cell]!.at(-1)!
    if (last.is !== "failed") throw new Error(`${cell} is ${last.is}`)
    return last
  }

  const refusal = (cells: Record<string, string>): CellError => {
    try {
      book.define(cells)
    } catch (error) {
      if (error instanceof CellError) return error
    }
    throw new Error("Nothing was refused")
  }

  describe("define", () => {
    it("refuses a name that another cell has, and changes nothing", async () => {
      await open({ a: "const x = 1", b: "say(x)" })
      const { message, hint } = refusal({ c: "const x = 2" })
      expect(`${message}. ${hint}`).toBe("x is defined already, in the cell a. Choose another name for it here.")
      await quiet()
      expect(said()).toEqual(["1"])
      expect(states("b").at(-1)).toBe("done")
    })

    it("refuses a module that is not there, and says which are", async () => {
      await open({ a: "const x = 1" }, {}, { "seven-knobs": () => Promise.resolve({}) })
      const { message, hint } = refusal({ a: 'import { y } from "lodash"\nconst x = y' })
      expect(`${message}. ${hint}`).toBe('There is no module "lodash" here. A cell can import "seven-knobs".')
      expect(book.notebook.names).toContain("x")
    })

    it("lets a cell keep its own names", async () => {
      await open({ a: "const x = 1", b: "say(x)" })
      await define({ a: "const x = 2" })
      expect(said()).toEqual(["1", "2"])
    })

    it("leaves nothing of a run that displayed, where the next displays nothing", async () => {
      await open({ x: "const x = 1", a: "if (x < 2) display(x)" })
      expect(book.shows("a")).toBe("1")
      await define({ x: "const x = 2" })
      expect(book.shows("a")).toBe("")
    })

    it("knows the names of its cells and its own", async () => {
      await open({ a: "const x = 1; function f() {}", b: "display(1)" })
      expect(book.notebook.names).toEqual(["say", "gate", "x", "f"])
    })
  })

  describe("states", () => {
    it("tells when a cell waits, runs and is done", async () => {
      await open({ a: 'const a = 1; await gate("a")', b: "display(a)" })
      expect([states("a"), states("b")]).toEqual([["waiting", "running"], ["waiting"]])
      book.open("a")
      await quiet()
      expect([states("a"), states("b")]).toEqual([["done"], ["running", "done"]])
    })

    it("says of a cell that depends on a failed one that it waits", async () => {
      await open({ a: 'const a = (() => { throw new Error("no") })()', b: "const b = a", c: "display(b)" })
      expect(["a", "b", "c"].map((cell) => states(cell).at(-1))).toEqual([
        "failed: no",
        "failed: This cell waits for a, whose cell failed",
        "failed: This cell waits for b, whose cell failed",
      ])
    })

    it("says of a cell behind an undefined name what it waits for, not that it lacks the name", async () => {
      await open({ b: "const b = missing", c: "display(b)" })
      expect(["b", "c"].map((cell) => states(cell).at(-1))).toEqual([
        "failed: missing is not defined",
        "failed: This cell waits for b, whose cell failed",
      ])
    })

    it("says of a cell behind a circle what it waits for", async () => {
      await open({ a: "const a = b", b: "const b = a", c: "display(b)" })
      expect(["a", "b", "c"].map((cell) => states(cell).at(-1))).toEqual([
        "failed: This cell waits for itself",
        "failed: This cell waits for itself",
        "failed: This cell waits for b, whose cell failed",
      ])
    })

    it.each([
      ["a name that is nearly right", "display(slop)", "slop is not defined", "Did you mean slope?"],
      [
        "an unknown name",
        "display(zebra)",
        "zebra is not defined",
        "Define it in a cell, import it, or look at its spelling.",
      ],
      ["null", "throw null", "This cell threw null", "Throw an Error instead, with a message that says what is wrong."],
      [
        "a text",
        'throw "oh"',
        'This cell threw the text "oh"',
        "Throw an Error instead, with a message that says what is wrong.",
      ],
      [
        "a TypeError",
        "null.x",
        "TypeError: Cannot read properties of null (reading 'x')",
        "Look at what this cell computes.",
      ],
      [
        "endless recursion",
        "const f = (n) => 1 + f(n); f(0)",
        "This cell calls itself without end",
        "A function calls itself too often. Give it a case in which it stops.",
      ],
    ])("explains %s", async (_, source, message, hint) => {
      await open({ slope: "const slope = 1", a: source })
      expect(failed("a").error).toMatchObject({ message, hint })
    })
  })

  describe("waiting", () => {
    it("does not let a promise that never settles hold up those that wait, once its cell is replaced", async () => {
      await open({ a: 'const a = gate("never")', b: "say(`b ${a}`)" })
      await define({ a: "const a = 2" })
      expect(said()).toEqual(["b 2"])
    })

    it("does not let a run that never ends hold up the next, once an input changes", async () => {
      await open({ x: 'const x = "never"', a: "const a = await gate(x)", b: "say(a)" })
      await define({ x: 'const x = "soon"' })
      book.open("soon", 1)
      await quiet()
      expect(said()).toEqual(["1"])
    })

    it("does not let a promise that never settles hold up its own cell, once an input changes", async () => {
      await open({ x: 'const x = "never"', a: "const a = gate(x)", b: "say(a)" })
      await define({ x: 'const x = "soon"' })
      book.open("soon", 1)
      await quiet()
      expect(said()).toEqual(["1"])
    })

    it("refuses what a run displays after an input changed", async () => {
      await open({ x: 'const x = "old"', a: "await gate(x); display(x)" })
      await define({ x: 'const x = "new"' })
      book.open("old")
      book.open("new")
      await quiet()
      expect(book.shows("a")).toBe('"new"')
    })
  })

  describe("stop", () => {
    it("ends a run that waits, says so, and lets dependents wait", async () => {
      await open({ a: 'const a = await gate("never")', b: "say(a)" })
      book.notebook.stop("a")
      await quiet()
      expect(states("a").at(-1)).toBe("failed: You stopped this cell")
      expect(states("b").at(-1)).toBe("failed: This cell waits for a, whose cell failed")
      expect(said()).toEqual([])
    })

    it("ends a loop that never ends at the top of a cell, while others run", async () => {
      await open({ a: "let n = 0; for (;;) n++", b: "display(1)" })
      await until(() => book.shows("b") === "1")
      book.notebook.stop("a")
      await until(() => book.states["a"]!.at(-1)!.is === "failed")
      expect(failed("a").error.message).toBe("You stopped this cell")
    })

    it("ends a loop whose cell is replaced", async () => {
      await open({ a: "let n = 0; for (;;) n++" })
      await define({ a: 'say("new")' })
      await until(() => book.said.length > 0)
      expect(said()).toEqual(["new"])
    })

    it("ends a loop whose input changes, and begins anew", async () => {
      await open({ x: "const x = 1", a: "say(x); if (x < 2) for (;;) await null" })
      await define({ x: "const x = 2" })
      await until(() => book.said.length > 1)
      expect(said()).toEqual(["1", "2"])
    })

    it("does nothing to a cell that does not run, or is not there", async () => {
      await open({ a: "const a = 1" })
      book.notebook.stop("a")
      book.notebook.stop("b")
      await quiet()
      expect(states("a").at(-1)).toBe("done")
    })

    it("lets a stopped cell run again", async () => {
      await open({ a: 'const a = await gate("a")', b: "say(a)" })
      book.notebook.stop("a")
      await define({ a: "const a = 3" })
      expect(said()).toEqual(["3"])
    })

    it.each([
      ["a function", "const spin = () => {\n  for (;;) {}\n}\nspin()", 2],
      ["a getter", "const box = { get x() { for (;;) {} } }\nbox.x", 1],
      ["recursion", "const f = (n) => n === 0 ? 1 : f(n - 1) + f(n - 1)\nf(60)", 1],
      ["a promise's callback", "await Promise.resolve().then(() => {\n  for (;;) {}\n})", 2],
    ])("ends by itself what blocks the page, and names the line: %s", async (_, source, line) => {
      await open({ a: source }, { limit: 50 })
      await until(() => book.states["a"]!.at(-1)!.is === "failed")
      const { error, canExtend } = failed("a")
      expect([error.message, error.position?.line, canExtend]).toEqual([
        "This cell was stopped: it blocked the page for too long",
        line,
        true,
      ])
    })

    it("charges no cell for the time of those before it, which run in the same task", async () => {
      let now = 0
      const clock = vi.spyOn(performance, "now").mockImplementation(() => ++now)
      const spin = ";(() => { const end = performance.now() + 80\nwhile (performance.now() < end); })()"
      await open({ a: `const a = 1\n${spin}`, b: `const b = a + 1\n${spin}`, c: `say(b + 1)\n${spin}` }, { limit: 150 })
      clock.mockRestore()
      expect([said(), book.failure("a"), book.failure("b"), book.failure("c")]).toEqual([["3"], null, null, null])
    })

    it("lets a replaced cell clean up with functions and loops, but not block", async () => {
      await open({
        a: 'invalidation.then(() => { for (const n of [1, 2]) say(`clean ${n}`) })\ninvalidation.then(() => { for (;;) {} }).catch(() => say("stopped"))',
      })
      await define({ a: "const a = 1" })
      await until(() => book.said.length > 2)
      expect(said()).toEqual(["clean 1", "clean 2", "stopped"])
    })
  })

  describe("console", () => {
    it("hands over what a cell logs, with its level", async () => {
      const logged: unknown[] = []
      await open(
        { a: 'console.log("one", 2); console.warn(3); [4].forEach(console.info)' },
        { onLog: (values, level) => void logged.push([level, ...values]) },
      )
      expect(logged).toEqual([
        ["log", "one", 2],
        ["warn", 3],
        ["info", 4, 0, [4]],
      ])
    })

    it("drops what a replaced run logs late", async () => {
      const logged: unknown[] = []
      await open({ a: 'await gate("a"); console.log("late")' }, { onLog: (values) => void logged.push(...values) })
      await define({ a: 'console.log("new")' })
      book.open("a")
      await quiet()
      expect(logged).toEqual(["new"])
    })
  })

  describe("modules", () => {
    const libraries = (): Parameters<typeof ours>[1] => ({
      one: (names) => {
        book.said.push(`loads ${names.join()}`)
        return Promise.resolve({ n: 1, m: 2, default: 3 })
      },
      two: () => Promise.resolve({ k: 10 }),
    })

    it("loads a module when a cell needs it, with the names that it needs, once", async () => {
      await open({}, {}, libraries())
      await define({
        a: 'import { n } from "one"\nsay(n)',
        b: 'import { n as again } from "one"\nsay(again)',
        c: 'import * as all from "one"\nsay(all.m)',
        d: 'import three from "one"\nsay(three)',
      })
      expect(said().toSorted()).toEqual(["1", "1", "2", "3", "loads *", "loads default", "loads n"])
    })

    it("gives other cells what a cell imports", async () => {
      await open({}, {}, libraries())
      await define({ a: 'import { k } from "two"', b: "say(k)" })
      expect(said()).toEqual(["10"])
    })

    it("gives import() the module as a whole", async () => {
      await open({}, {}, libraries())
      await define({ a: 'const { k } = await import("two")\nsay(k)' })
      expect(said()).toEqual(["10"])
    })

    it("runs only those that import a module, and their dependents, when it is replaced", async () => {
      await open({}, {}, libraries())
      await define({
        a: 'import { n } from "one"\nconst twice = 2 * n',
        b: "say(twice)",
        c: 'import { k } from "two"\nsay(`c ${k}`)',
        d: 'say("d")',
      })
      said()
      book.notebook.replaceLibrary("one", () => Promise.resolve({ n: 50 }))
      await quiet()
      expect(said()).toEqual(["100"])
    })

    it("fails the cells that import a module that does not load, and no others", async () => {
      await open({}, {}, { bad: () => Promise.reject(new Error("no network")) })
      await define({ a: 'import { x } from "bad"\nsay(x)', b: 'say("b")' })
      expect(said()).toEqual(["b"])
      expect(book.failure("a")).toBe("no network")
    })
  })

  describe("promises of an author", () => {
    it("hands over the values of the lines that a comment speaks of", async () => {
      const given: unknown[] = []
      await open(
        { a: "const a = 2 // → 2\ndisplay(a * 3) // → 6\na + 1 // → 3" },
        { onAssert: (index, value) => void given.push([index, value]) },
      )
      expect(given).toEqual([
        [0, 2],
        [1, 6],
        [2, 3],
      ])
    })
  })

  describe("generators", () => {
    it("lets a generator's first value pass, and every other when it may advance", async () => {
      const waiting: (() => void)[] = []
      await open(
        { a: "const a = (function* () { yield 1; yield 2; yield 3 })()", b: "say(a)" },
        { mayAdvance: () => new Promise((resolve) => waiting.push(resolve)) },
      )
      expect(said()).toEqual(["1"])
      waiting.shift()!()
      await quiet()
      expect(said()).toEqual(["2"])
    })

    it("does not hold back an input, which only follows its reader", async () => {
      await open(
        { v: 'const v = view(Object.assign(document.createElement("input"), { value: "a" }))', b: "say(v)" },
        { mayAdvance: () => new Promise(() => undefined) },
      )
      const input = book.find("v", "input")
      input.value = "b"
      input.dispatchEvent(new Event("input"))
      await quiet()
      expect(said()).toEqual(["a", "b"])
    })
  })
})
