import { beforeEach, describe, expect, test } from "vitest"
import { compile, MLP, type Value } from "../../src/engine/index.ts"
import { listing } from "../../src/figures/index.ts"
import { openPage } from "./page.ts"

const bowl = new MLP(1, [2, 1])
const { source } = compile({
  parameters: bowl.parameters(),
  inputs: 1,
  targets: 1,
  row: ([x]: Value[], [y]: Value[]) => bowl.forward([x!])[0]!.sub(y!).pow(2),
})

const marked = (root: Element) => [...root.querySelectorAll("span")].map((name) => [name.textContent, name.className])

beforeEach(openPage)

describe("a listing", () => {
  test("shows a program to the letter", () => {
    expect(listing(source, { meanings: { P: "knob" } }).querySelector("pre")!.textContent).toBe(source.trimEnd())
  })

  test("gives a name its colour wherever it stands, and no other name that contains it", () => {
    const drawn = listing("G[0] += x * exp(xG) - x1.x", { meanings: { G: "gradient", x: "data" } })
    expect(marked(drawn)).toEqual([
      ["G", "gradient"],
      ["x", "data"],
      ["x", "data"],
    ])
  })

  test("takes no word for a meaning that every object has", () => {
    expect(marked(listing("a.constructor.toString()", { meanings: {} }))).toEqual([])
  })

  test("can be reached by the keyboard, to be scrolled, and has a name", () => {
    const drawn = listing("a", { label: "The way forward" })
    expect(drawn.getAttribute("aria-label")).toBe("The way forward")
    expect(drawn.querySelector("pre")!.getAttribute("tabindex")).toBe("0")
  })

  test("says what it wants instead of a text", () => {
    expect(() => listing(7 as never)).toThrow(/listing.*a text.*7/)
  })
})
