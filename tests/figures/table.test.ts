import { beforeEach, describe, expect, test } from "vitest"
import { table } from "../../src/figures/index.ts"
import { Value } from "../../src/engine/index.ts"
import { openPage } from "./page.ts"

const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map((cell) => cell.textContent)
const column = (root: Element, place: number) => texts(root, `tbody tr > :nth-child(${place})`)

beforeEach(openPage)

describe("a table", () => {
  test("gives every number of a column the decimals that the column needs, at most four", () => {
    const rows = [1, 0.1, 0.01, 0.001].map((h) => ({ h, slope: ((1 + h + 2) ** 2 - 9) / h, steps: 10 }))
    const drawn = table(rows)
    expect(texts(drawn, "thead th")).toEqual(["h", "slope", "steps"])
    expect(column(drawn, 2)).toEqual(["7.000", "6.100", "6.010", "6.001"])
    expect(column(drawn, 3)).toEqual(["10", "10", "10", "10"])
    expect(column(table([{ a: -0.20904 }, { a: 0 }]), 1)).toEqual(["−0.2090", "0.0000"])
  })

  test("shows tiny, diverged and missing numbers as what they are", () => {
    expect(column(table([[1e-12], [2e18], [Number.NaN], [Infinity], [null], [true]]), 1)).toEqual([
      "1.0×10⁻¹²",
      "2.0×10¹⁸",
      "not a number",
      "infinite",
      "–",
      "yes",
    ])
  })

  test("shows the data of a Value", () => {
    expect(column(table([{ L: new Value(3).mul(new Value(-0.5)) }]), 1)).toEqual(["−1.5"])
  })

  test("names its rows by their first words, and sets the total and a chosen row apart", () => {
    const drawn = table(
      [
        ["cold", 0.6643],
        ["warm", -0.504],
        ["hot", 0.8498],
      ],
      { columns: ["", "c"], total: ["sum", 1.0101], highlight: (row) => row[0 as never] === "warm" },
    )
    expect(texts(drawn, "tbody th[scope=row]")).toEqual(["cold", "warm", "hot"])
    expect(texts(drawn, "tfoot tr > *")).toEqual(["sum", "1.0101"])
    expect(texts(drawn, "tr.highlight th")).toEqual(["warm"])
  })

  test("takes columns by key with a label, decimals and a meaning", () => {
    const drawn = table([{ w1: 0.5, other: 1 }], {
      columns: [{ key: "w1", digits: 2, meaning: "knob" }],
      caption: "Knobs",
    })
    expect(texts(drawn, "thead th")).toEqual(["w₁"])
    expect(texts(drawn, "td.knob")).toEqual(["0.50"])
    expect(drawn.querySelector("caption")?.textContent).toBe("Knobs")
    expect(drawn.querySelector("[role=group]")?.getAttribute("aria-label")).toBe("Knobs")
  })

  test("says that it has no rows", () => {
    expect(texts(table([], { columns: ["a", "b"] }), "td[colspan='2']")).toEqual(["No rows."])
  })

  test("refuses what is no list of rows", () => {
    expect(() => table({ a: 1 } as never)).toThrow(
      "table: expected an array of rows, found an object with a; pass e.g. [{ h: 0.1, slope: 6.1 }]",
    )
    expect(() => table([1] as never)).toThrow("table: expected rows that are arrays or objects, found 1")
  })
})
