import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { ours, quiet, until } from "./books.ts"

describe("a cell that shows what the build put there", () => {
  let book: ReturnType<typeof ours>
  let chances: Record<string, PromiseWithResolvers<unknown>>
  beforeEach(() => {
    chances = {}
    book = ours(
      (name) => {
        const { promise } = (chances[name] ??= Promise.withResolvers())
        return { built: name !== "fresh", mayBegin: () => promise }
      },
      { lib: () => Promise.resolve({ a: 1 }) },
    )
  })
  afterEach(() => {
    book.dispose()
  })

  async function define(cells: Record<string, string>): Promise<void> {
    book.define(cells)
    await quiet()
  }

  const comeNear = (cell: string): void => {
    chances[cell]!.resolve(undefined)
  }

  /** What the cells say next, as soon as they have said so much, and nothing more in the tasks that they asked for. */
  async function says(...expected: string[]): Promise<void> {
    await until(() => book.said.length >= expected.length)
    for (let task = 0; task < 5; task++) {
      await new Promise((resolve) => setTimeout(resolve))
      await quiet()
    }
    expect(book.said.splice(0)).toEqual(expected)
  }

  /** Makes a change, and lets the timers that it sets run before the frame in which the runtime sees it. */
  async function withTimersFirst(change: () => void): Promise<void> {
    vi.useFakeTimers({ toFake: ["setTimeout"] })
    change()
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    vi.runAllTimers()
    vi.useRealTimers()
  }

  it("does not run before somebody comes near", async () => {
    await define({ figure: 'say("figure")' })
    await says()
    comeNear("figure")
    await says("figure")
  })

  it("runs when somebody comes near a cell that reads it, however far up it stands", async () => {
    await define({
      a: 'const a = 1; say("a")',
      b: 'const b = a + 1; say("b")',
      c: "say(b + 1)",
      d: 'say("d")',
    })
    await says()
    comeNear("c")
    await says("a", "b", "3")
  })

  it("runs at once for a cell that shows nothing yet", async () => {
    await define({ a: 'const a = 1; say("a")', fresh: "say(a + 1)" })
    await says("a", "2")
  })

  it("runs when its reader changes a cell that reads it", async () => {
    await define({ a: 'const a = 1; say("a")' })
    await says()
    await define({ fresh: "say(a + 1)" })
    await says("a", "2")
  })

  it("does not run with what it read before a change", async () => {
    await define({ a: 'const a = 1; say("a")', b: "say(a)" })
    comeNear("a")
    await says("a")
    await withTimersFirst(() => {
      book.define({ a: "const a = 2" })
    })
    await says("2")
  })

  it("does not run with what a module held before it was replaced", async () => {
    await define({ figure: 'import { a } from "lib"; say(a)' })
    await says()
    await withTimersFirst(() => {
      book.notebook.replaceLibrary("lib", () => Promise.resolve({ a: 2 }))
    })
    await says("2")
  })

  it("runs at once when it has run before", async () => {
    await define({ a: "const a = 1", b: "say(a)" })
    comeNear("b")
    await says("1")
    await define({ a: "const a = 2" })
    await says("2")
  })
})
