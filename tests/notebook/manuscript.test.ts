import { describe, expect, it } from "vitest"
import { manuscriptOf } from "../../src/notebook/build/manuscript.ts"

const of = (source: string) => manuscriptOf(source, (prose) => prose.replaceAll("[@a]", "(A, 2020)"))

describe("a chapter's manuscript", () => {
  it("is its prose and the places of its cells, in order, without the head", () => {
    const source =
      "---\ntitle: T\n---\n\nOne [@a].\n\n```ts cell name=a fold\n1\n```\n\n```ts engine=ops.ts#mul\n```\n\nTwo."
    expect(of(source)).toEqual([
      { prose: ["\n\nOne (A, 2020).\n\n"] },
      { cell: "a" },
      { cell: "ops.ts#mul" },
      { prose: ["\n\nTwo."] },
    ])
  })

  it("tells inline cells and formulas from text, and counts inline cells as the page does", () => {
    expect(of("A {x} {/* aside */}$\\knob{w}\\cdot\\data{\\hat y}$ {y + 1}\n\n$$\nz\n$$\n")).toEqual([
      {
        prose: [
          "A ",
          { name: "inline-1", source: "x" },
          " ",
          { tex: "w\\cdot{\\hat y}", isBlock: false },
          " ",
          { name: "inline-2", source: "y + 1" },
          "\n\n",
          { tex: "z", isBlock: true },
          "\n",
        ],
      },
    ])
  })

  it("leaves code that is not a cell where it stands", () => {
    expect(of("```js\n1\n```\n")).toEqual([{ prose: ["```js\n1\n```\n"] }])
  })
})
