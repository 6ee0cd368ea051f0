import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { ours, quiet, theirs, type Book } from "./books.ts"

/** Every behaviour of this list is asked of both systems: Observable's own compiler and runtime are the judge of ours. */
describe.each([
  ["this notebook", ours],
  ["Observable's own", theirs],
])("%s", (_, open) => {
  let book: Book
  beforeEach(() => {
    book = open()
  })
  afterEach(() => {
    book.dispose()
  })

  async function define(cells: Record<string, string>): Promise<void> {
    book.define(cells)
    await quiet()
  }

  /** What was said since the last time somebody asked. */
  const said = (): string[] => book.said.splice(0)

  describe("order", () => {
    it("runs a cell after those that it needs, in whatever order they stand", async () => {
      await define({
        third: 'say("third"); display(b * 2)',
        second: 'say("second"); const b = a + 1',
        first: 'say("first"); const a = 1',
      })
      expect(said()).toEqual(["first", "second", "third"])
      expect(book.shows("third")).toBe("4")
    })

    it("runs a cell that nobody needs", async () => {
      await define({ alone: 'say("alone")' })
      expect(said()).toEqual(["alone"])
    })

    it("runs only what depends on a change, near and far", async () => {
      await define({
        a: 'const a = 1; say("a")',
        b: 'const b = 10; say("b")',
        near: 'const near = a + 1; say("near")',
        far: 'say("far"); display(near + 1)',
        other: 'say("other"); display(b)',
      })
      said()
      await define({ a: 'const a = 5; say("a")' })
      expect(said()).toEqual(["a", "near", "far"])
      expect([book.shows("far"), book.shows("other")]).toEqual(["7", "10"])
    })

    it("runs the foot of a diamond once, and never with one side old", async () => {
      await define({
        top: "const top = 1",
        left: "const left = top * 10",
        right: "const right = top * 100",
        foot: "say(`${left} ${right}`)",
      })
      await define({ top: "const top = 2" })
      expect(said()).toEqual(["10 100", "20 200"])
    })

    it("runs a dependent once for several changes made together", async () => {
      await define({ a: "const a = 1", b: "const b = 1", sum: "say(a + b)" })
      await define({ a: "const a = 2", b: "const b = 2" })
      expect(said()).toEqual(["2", "4"])
    })

    it("runs a dependent again even where the new value is the same", async () => {
      await define({ a: "const a = 1", b: "say(a)" })
      await define({ a: "const a = 1 + 0" })
      expect(said()).toEqual(["1", "1"])
    })

    it("does not see a change inside an object", async () => {
      await define({ list: "const list = [1]", seen: "say(list.length)" })
      await define({ change: 'list.push(2); say("pushed")' })
      expect(said()).toEqual(["1", "pushed"])
    })

    it("gives a cell the functions and classes of another", async () => {
      await define({
        use: "display(double(new Two().n)); display([x, y].join())",
        make: "function double(n: number) { return 2 * n }\nclass Two { n = 2 }\nconst { x, rest: [y] } = { x: 1, rest: [3] }",
      })
      expect(book.shows("use")).toBe('4 "1,3"')
    })

    it("gives other cells what a name holds at the end of its cell", async () => {
      await define({ a: "let a = 1; a += 1; for (let i = 0; i < 3; i++) a *= 2", b: "say(a)" })
      expect(said()).toEqual(["16"])
    })
  })

  describe("waiting", () => {
    it("gives a dependent what a promise resolves to", async () => {
      await define({ a: 'const a = gate("a")', b: "say(a + 1)" })
      expect(said()).toEqual([])
      book.open("a", 41)
      await quiet()
      expect(said()).toEqual(["42"])
    })

    it("lets dependents wait for a top-level await, and others go on", async () => {
      await define({
        slow: 'const before = 1; const slow = await gate("slow"); say("slow")',
        needs: "say(slow + before)",
        free: 'say("free")',
      })
      expect(said()).toEqual(["free"])
      book.open("slow", 1)
      await quiet()
      expect(said()).toEqual(["slow", "2"])
    })

    it("drops the late result of a run whose cell was replaced", async () => {
      await define({ a: 'const a = await gate("old")', b: "say(a)" })
      await define({ a: 'const a = await gate("new")' })
      book.open("new", "new")
      await quiet()
      book.open("old", "old")
      await quiet()
      expect(said()).toEqual(["new"])
    })

    it("drops the late failure of a run whose cell was replaced", async () => {
      await define({ a: 'const a = await gate("old")', b: "say(a)" })
      await define({ a: "const a = 1" })
      book.refuse("old", new Error("too late"))
      await quiet()
      expect(said()).toEqual(["1"])
      expect([book.failure("a"), book.failure("b")]).toEqual([null, null])
    })

    it("drops the late result of a run whose input changed meanwhile", async () => {
      await define({ key: 'const key = "old"', a: "const a = await gate(key)", b: "say(a)" })
      await define({ key: 'const key = "new"' })
      book.open("old", "old")
      await quiet()
      book.open("new", "new")
      await quiet()
      expect(said()).toEqual(["new"])
    })

    it("refuses what a replaced run displays late", async () => {
      await define({ a: 'display("one"); await gate("a"); display("late"); say("not reached")' })
      await define({ a: 'display("two")' })
      book.open("a")
      await quiet()
      expect(book.shows("a")).toBe('"two"')
      expect(said()).toEqual([])
    })
  })

  describe("generators", () => {
    it("gives dependents each value in turn, and keeps the last", async () => {
      await define({ count: "const count = (function* () { yield 1; yield 2; yield 3 })()", b: "say(count)" })
      expect(said()).toEqual(["1", "2", "3"])
      await define({ b: "say(`still ${count}`)" })
      expect(said()).toEqual(["still 3"])
    })

    it("shows the latest value of an expression that is a generator", async () => {
      await define({ a: '(function* () { yield 1; yield gate("two"); yield 3 })()' })
      expect(book.shows("a")).toBe("1")
      book.open("two", 2)
      await quiet()
      expect(book.shows("a")).toBe("3")
    })

    it("waits for a promise that a generator yields", async () => {
      await define({ a: 'const a = (function* () { yield gate("one"); yield 2 })()', b: "say(a)" })
      expect(said()).toEqual([])
      book.open("one", 1)
      await quiet()
      expect(said()).toEqual(["1", "2"])
    })

    it("takes values from an async generator", async () => {
      await define({ a: 'const a = (async function* () { yield 1; yield await gate("two") })()', b: "say(a)" })
      book.open("two", 2)
      await quiet()
      expect(said()).toEqual(["1", "2"])
    })

    it("hands the value that it yielded back to the generator", async () => {
      await define({ a: 'const a = (function* () { say(yield "one"); say(yield Promise.resolve("two")) })()' })
      expect(said()).toEqual(["one", "two"])
    })

    it("leaves alone a generator function, which is no generator", async () => {
      await define({ make: "function* make() { yield 1; yield 2 }", use: "say([...make()].join())" })
      expect(said()).toEqual(["1,2"])
    })

    const forever = (name: string): string =>
      `const ${name} = (function* () { try { for (;;) yield gate("${name}") } finally { say("${name} ends") } })()`

    it("ends a generator, its finally included, when its cell is replaced", async () => {
      await define({ a: 'const a = (function* () { try { yield 1; yield gate("a") } finally { say("ended") } })()' })
      expect(said()).toEqual([])
      await define({ a: "const a = 2" })
      expect(said()).toEqual(["ended"])
    })

    it("ends a generator when an input of its cell changes", async () => {
      await define({
        start: "const start = 1",
        a: "const a = (function* () { try { say(start); for (;;) yield start } finally { say(`ended ${start}`) } })()",
      })
      said()
      await define({ start: "const start = 2" })
      expect(said().toSorted()).toEqual(["2", "ended 1"])
    })

    it("ends a generator whose name its cell no longer declares", async () => {
      await define({ a: 'const a = (function* () { try { for (;;) yield 1 } finally { say("ended") } })()' })
      await define({ a: "const other = 1" })
      expect(said()).toEqual(["ended"])
    })

    it("ends an async generator when its cell is replaced", async () => {
      await define({ a: 'const a = (async function* () { try { for (;;) yield 1 } finally { say("ended") } })()' })
      await define({ a: "const a = 2" })
      expect(said()).toEqual(["ended"])
    })

    it("ends generators when the notebook is disposed of", async () => {
      await define({
        a: forever("a"),
        b: 'const b = (function* () { try { for (;;) yield 1 } finally { say("b ends") } })()',
      })
      book.open("a", 1)
      await quiet()
      book.dispose()
      await quiet()
      expect(said().toSorted()).toEqual(["a ends", "b ends"])
    })

    it("passes on the error of a generator that throws, after its good values", async () => {
      await define({ a: 'const a = (function* () { yield 1; throw new Error("dry") })()', b: "say(a)" })
      expect(said()).toEqual(["1"])
      expect(book.failure("b")).toBe("dry")
    })
  })

  describe("invalidation", () => {
    it("does not settle while a run stands", async () => {
      await define({ a: 'invalidation.then(() => say("over")); say("runs")' })
      expect(said()).toEqual(["runs"])
    })

    it("settles when the cell is replaced", async () => {
      await define({ a: 'invalidation.then(() => say("over"))' })
      await define({ a: 'say("new")' })
      expect(said().toSorted()).toEqual(["new", "over"])
    })

    it("settles when an input of the cell changes, before the cell runs again", async () => {
      await define({ x: "const x = 1", a: "invalidation.then(() => say(`over ${x}`)); say(`runs ${x}`)" })
      await define({ x: "const x = 2" })
      expect(said()).toEqual(["runs 1", "over 1", "runs 2"])
    })

    it("settles when the notebook is disposed of", async () => {
      await define({ a: 'invalidation.then(() => say("over"))' })
      book.dispose()
      await quiet()
      expect(said()).toEqual(["over"])
    })
  })

  describe("errors", () => {
    it("fails the cells that depend on a failed one, and runs none of them", async () => {
      await define({
        a: 'const a = (() => { throw new Error("broken") })()',
        b: 'const b = a + 1; say("b")',
        c: 'say("c"); display(b)',
      })
      expect(said()).toEqual([])
      expect(["a", "b", "c"].map((cell) => book.failure(cell))).toEqual(["broken", "broken", "broken"])
    })

    it("recovers when the failed cell is mended", async () => {
      await define({ a: 'const a = (() => { throw new Error("broken") })()', b: "const b = a + 1", c: "say(b)" })
      await define({ a: "const a = 1" })
      expect(said()).toEqual(["2"])
      expect(["a", "b", "c"].map((cell) => book.failure(cell))).toEqual([null, null, null])
    })

    it("takes a rejected promise for an error", async () => {
      await define({ a: 'const a = gate("a")', b: "say(a)" })
      book.refuse("a", new Error("refused"))
      await quiet()
      expect(said()).toEqual([])
      expect(book.failure("b")).toBe("refused")
    })

    it("fails only the cells that need the name whose promise was rejected", async () => {
      await define({ a: 'const a = gate("a"), well = 1', b: "say(a)", c: "say(well)" })
      book.refuse("a", new Error("refused"))
      await quiet()
      expect(said()).toEqual(["1"])
      expect([book.failure("a"), book.failure("c")]).toEqual([null, null])
    })

    it("says of a circle that it is one, and of what hangs on it that it cannot run", async () => {
      await define({ a: "const a = b + 1", b: "const b = a + 1", c: "say(b)", free: 'say("free")' })
      expect(said()).toEqual(["free"])
      expect(["a", "b", "c"].map((cell) => book.failure(cell))).toEqual(Array(3).fill("circular definition"))
    })

    it("recovers when a circle is broken", async () => {
      await define({ a: "const a = b + 1", b: "const b = a + 1", c: "say(b)" })
      await define({ a: "const a = 1" })
      expect(said()).toEqual(["2"])
      expect(["a", "b", "c"].map((cell) => book.failure(cell))).toEqual([null, null, null])
    })

    it("does not take a name that its own cell declares for another cell's", async () => {
      await define({ a: "const a = a + 1" })
      expect(book.failure("a")).toBe("Cannot access 'a' before initialization")
    })

    it("fails for an undefined name, and runs when it is defined later", async () => {
      await define({ b: "say(a + 1)" })
      expect(book.failure("b")).toBe("a is not defined")
      await define({ a: "const a = 1" })
      expect(said()).toEqual(["2"])
      expect(book.failure("b")).toBe(null)
    })

    it("fails again when a name is taken away", async () => {
      await define({ a: "const a = 1", b: "say(a)" })
      await define({ a: "const renamed = 1" })
      expect(said()).toEqual(["1"])
      expect(book.failure("b")).toBe("a is not defined")
    })

    it("finds a name that moved to another cell", async () => {
      await define({ one: "const a = 1", two: "const z = 0", b: "say(a)" })
      await define({ one: "const y = 0" })
      await define({ two: "const a = 2" })
      expect(said()).toEqual(["1", "2"])
      expect(book.failure("b")).toBe(null)
    })

    it("passes an error on that is no Error", async () => {
      await define({ a: 'const a = (() => { throw "text" })()', b: "say(a)" })
      expect(book.failure("a")).toBe("text")
      expect(book.failure("b")).not.toBe(null)
    })
  })

  describe("display", () => {
    it("shows what a cell displays, in order", async () => {
      await define({ a: 'display(1); display("two"); for (const n of [3, 4]) display(n)' })
      expect(book.shows("a")).toBe('1 "two" 3 4')
    })

    it("gives the value that it shows", async () => {
      await define({ a: "const a = display(1) + 1", b: "say(a)" })
      expect(said()).toEqual(["2"])
    })

    it("clears what the run before showed, when an input changes", async () => {
      await define({ x: "const x = 1", a: "display(x); display(x * 10)" })
      await define({ x: "const x = 2" })
      expect(book.shows("a")).toBe("2 20")
    })

    it("clears what the run before showed, when the cell is replaced", async () => {
      await define({ a: 'display("old")' })
      await define({ a: 'display("new")' })
      expect(book.shows("a")).toBe('"new"')
      await define({ a: "const nothing = 0" })
      expect(book.shows("a")).toBe("")
    })

    it("adds what is displayed after a wait to what stands there", async () => {
      await define({ a: 'display("first"); await gate("a"); display("second")' })
      expect(book.shows("a")).toBe('"first"')
      book.open("a")
      await quiet()
      expect(book.shows("a")).toBe('"first" "second"')
    })

    it("adds what a callback displays, as long as the run stands", async () => {
      await define({ a: 'gate("a").then(() => display("called back")); display("first")' })
      book.open("a")
      await quiet()
      expect(book.shows("a")).toBe('"first" "called back"')
    })

    it("shows the value of an expression by itself", async () => {
      await define({ x: "const x = 2", a: "x * 3", b: "{ y: x }" })
      expect([book.shows("a"), book.shows("b").replaceAll(/\s/g, "")]).toEqual(["6", "Object{y:2}"])
      await define({ x: "const x = 3" })
      expect(book.shows("a")).toBe("9")
    })

    it("shows nothing for a statement, as an expression with a semicolon is", async () => {
      await define({ a: "1 + 1;", b: "if (true) 2" })
      expect([book.shows("a"), book.shows("b")]).toEqual(["", ""])
    })

    it("shows what the promise of an expression resolves to", async () => {
      await define({ a: 'gate("a")' })
      expect(book.shows("a")).toBe("")
      book.open("a", 5)
      await quiet()
      expect(book.shows("a")).toBe("5")
    })

    it("does not show the value of an expression that displays something itself", async () => {
      await define({ a: "[1, 2].map(display).length" })
      expect(book.shows("a")).toBe("1 2")
    })

    it("shows an element as itself", async () => {
      await define({ a: 'const p = document.createElement("p"); p.append("a paragraph"); display(p)' })
      expect(book.find("a", "p").textContent).toBe("a paragraph")
      expect(book.shows("a")).toBe("a paragraph")
    })
  })

  describe("view", () => {
    const input = (value: string, type = "text"): string =>
      `const value = view(Object.assign(document.createElement("input"), { type: "${type}", value: "${value}" }))`
    const type = async (cell: string, value: string): Promise<void> => {
      const element = book.find(cell, "input")
      element.value = value
      element.dispatchEvent(new Event("input"))
      await quiet()
    }

    it("shows the input, and gives other cells its value, now and after each change", async () => {
      await define({ v: input("a"), b: "say(value)" })
      await type("v", "b")
      await type("v", "c")
      expect(said()).toEqual(["a", "b", "c"])
    })

    it("does not run the cell of the input again when it changes", async () => {
      await define({ v: `say("runs"); ${input("a")}`, b: "say(value)" })
      const before = book.find("v", "input")
      await type("v", "b")
      expect(said()).toEqual(["runs", "a", "b"])
      expect(book.find("v", "input") === before).toBe(true)
    })

    it("keeps the last of several changes made at once", async () => {
      await define({ v: input("a"), b: "say(value)" })
      const element = book.find("v", "input")
      for (const value of ["b", "c", "d"]) {
        element.value = value
        element.dispatchEvent(new Event("input"))
      }
      await quiet()
      expect(said().at(-1)).toBe("d")
    })

    it("no longer hears an input whose cell was replaced", async () => {
      await define({ v: input("a"), b: "say(value)" })
      const old = book.find("v", "input")
      await define({ v: input("new") })
      old.value = "ghost"
      old.dispatchEvent(new Event("input"))
      await quiet()
      expect(said()).toEqual(["a", "new"])
    })

    it("asks a checkbox whether it is checked", async () => {
      await define({ v: input("on", "checkbox").replace("value:", "checked: false, value:"), b: "say(value)" })
      const box = book.find("v", "input")
      box.checked = true
      box.dispatchEvent(new Event("click"))
      await quiet()
      expect(said()).toEqual(["false", "true"])
    })

    it("gives no value as long as the input has none", async () => {
      await define({
        v: 'const value = view(Object.assign(document.createElement("form"), { value: undefined }))',
        b: "say(value)",
      })
      expect(said()).toEqual([])
      const form = book.find<HTMLFormElement & { value: unknown }>("v", "form")
      form.value = "chosen"
      form.dispatchEvent(new Event("input"))
      await quiet()
      expect(said()).toEqual(["chosen"])
    })
  })
})
