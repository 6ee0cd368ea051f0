import { describe, expect, it } from "vitest"
import { compile, fulfils, write, type CellError } from "../../../src/notebook/language/index.ts"

/** The promises of a cell: which line, what is promised, and of which expression. */
function promises(source: string): [number, string, string][] {
  return compile(source, { assertions: true }).assertions.map(({ line, expected, start, end }) => [
    line,
    expected,
    source.slice(start, end),
  ])
}

describe("a promise in a comment", () => {
  it.each([
    ["1 + 2 // → 3", [[1, "3", "1 + 2"]]],
    ["1 + 2; // → 3", [[1, "3", "1 + 2"]]],
    ["const a = 1 + 2 // → 3", [[1, "3", "1 + 2"]]],
    ["const a = 1, b = a + 2 // → 3", [[1, "3", "a + 2"]]],
    ["const [a, b] = [1, 2] // → [1, 2]", [[1, "[1, 2]", "[1, 2]"]]],
    ["let a\na = 5 // → 5", [[2, "5", "a = 5"]]],
    ["display(1 + 2) // → 3", [[1, "3", "display(1 + 2)"]]],
    ["const a = 1\ndisplay(a + 2) // → 3", [[2, "3", "a + 2"]]],
    ["display(a, b) // → 3", [[1, "3", "display(a, b)"]]],
    ["f(\n  1,\n) // → 3", [[3, "3", "f(\n  1,\n)"]]],
    ["const a = 1 // not a promise", []],
    ["a //→3  ", [[1, "3", "a"]]],
    ["const a = 1 // → 1\nconst b = 2 // → 2", [[1, "1", "1"], [2, "2", "2"]]], // prettier-ignore
    ["for (const a of [1]) {\n  display(a) // → 1\n}", [[2, "1", "a"]]],
    ["const a: number = 2 * (1 as number) // → 2", [[1, "2", "2 * (1 as number)"]]],
    ['const a = "// → 1" // → // → 1', [[1, "// → 1", '"// → 1"']]],
    ["const a = `// → ${1} // → 2` + /a[/]/.source", []],
  ] as [string, [number, string, string][]][])(
    "is about the expression that ends on its line: %j",
    (source, expected) => {
      expect(promises(source)).toEqual(expected)
    },
  )

  it("is refused where no expression ends, for an author", () => {
    const refusal = (source: string): unknown => {
      try {
        return compile(source, { assertions: true })
      } catch (error) {
        const { message, position } = error as CellError
        return [message, position?.line]
      }
    }
    for (const source of ["// → 3\n1 + 2", "f(1, // → 1\n2)", "if (true) { // → 3\n}"])
      expect(refusal(source)).toEqual(["This promise belongs to no value", 1])
  })

  it("is a reader's to break", () => {
    expect(() => compile("// → 3\n1 + 2")).not.toThrow()
  })
})

describe("fulfils", () => {
  it.each([
    [6.01, "6.01"],
    [6.0149, "6.01"],
    [6.00999999, "6.01"],
    [6, "6"],
    [6.4, "6"],
    [-0.5, "−0.5"],
    [-0.5, "-0.5"],
    [-0.5, "-.5"],
    [0.037, ".037"],
    [-0.0001, "0.00"],
    [-0, "0"],
    [3.84e-9, "3.8e-9"],
    [3.8e21, "3.8e21"],
    [3.8e21, "3.8e+21"],
    [1e-8, "1e−8"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
    [[7, 6.1, 6.01], "[7, 6.1, 6.01]"],
    [[1e21, 1e22], "[1e+21, 1e+22]"],
    [new Float64Array([1, 2.5]), "[1, 2.5]"],
    [[[1, 2], [3]], "[[1, 2], [3]]"],
    [{ h: 0.1, oneSide: 0.0371 }, "{h: 0.1, oneSide: .037}"],
    [["tanh", 0.46212], '["tanh", 0.4621]'],
    [{ z1: 0.5 }, "{z1: 0.5}"],
    ["a word", "a word"],
    ["a word", '"a word"'],
    ["−0.5", "−0.5"],
    [true, "true"],
    [null, "null"],
    [undefined, "undefined"],
    [[], "[]"],
    [new (class { toString = (): string => "Value(3)" })(), "Value(3)"], // prettier-ignore
  ])("holds to the digits that are shown: %j is %s", (value, expected) => {
    expect(fulfils(value, expected)).toBe(true)
  })

  it.each([
    [6.016, "6.01"],
    [6.01, "6.1"],
    [6.5, "6"],
    [0.5, "-0.5"],
    [3.86e-9, "3.8e-9"],
    [3.8e-9, "3.8e-8"],
    [[7, 6.1], "[7]"],
    [[7], "[7, 6.1]"],
    [[6.1, 7], "[7, 6.1]"],
    [{ h: 0.1 }, "{g: 0.1}"],
    ["a word", "another word"],
    [undefined, "0"],
    [NaN, "0"],
    ["1", "2"],
  ])("does not hold: %j is not %s", (value, expected) => {
    expect(fulfils(value, expected)).toBe(false)
  })

  it("writes what was found with as many digits as were promised", () => {
    expect(write([6.0149, 1 / 3], ["6.01", "0.3"])).toBe("[6.01, 0.3]")
    expect(write(1 / 3, [])).toBe(String(1 / 3))
  })
})
