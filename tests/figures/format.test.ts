import { describe, expect, test } from "vitest"
import { brief, number, power, scientific, signed } from "../../src/figures/format.ts"

describe("a printed number", () => {
  test.each([
    [1.0631, "1.0631"],
    [9.060099999999998, "9.0601"],
    [-0.1476, "−0.1476"],
    [-0.00001, "−1.0×10⁻⁵"],
    [0, "0.0000"],
    [-0, "0.0000"],
    [12375.7728, "12376"],
    [2.04e18, "2.0×10¹⁸"],
    [Number.NaN, "not a number"],
    [Number.POSITIVE_INFINITY, "infinite"],
    [Number.NEGATIVE_INFINITY, "minus infinite"],
  ])("%d is %s", (x, text) => {
    expect(number(x)).toBe(text)
  })

  test("is not made smaller by the dust of its arithmetic", () => {
    expect(number(0.21 - 0.2, 2)).toBe("0.01")
    expect(number(0.0099, 2)).toBe("9.9×10⁻³")
  })

  test("in brief has no zeros at its end", () => {
    expect([7, 6.1, 6.010000000000001, -4, 0, 1e-12].map((x) => brief(x))).toEqual([
      "7",
      "6.1",
      "6.01",
      "−4",
      "0",
      "1.0×10⁻¹²",
    ])
  })

  test("with a sign shows the plus too, but none for zero", () => {
    expect([0.1119, -0.1476, 0].map((x) => signed(x))).toEqual(["+0.1119", "−0.1476", "0.0000"])
  })

  test("has powers of ten in small digits", () => {
    expect(power(-16)).toBe("10⁻¹⁶")
    expect(scientific(-3.8e-9)).toBe("−3.8×10⁻⁹")
  })
})
