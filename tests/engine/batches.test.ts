import { describe, expect, test } from "vitest"
import { batches, mulberry32, split, type Dataset } from "../../src/engine/index.ts"
import { thrown } from "./support.ts"

/** Example i is [[i], 10 i]. */
const numbered = (count: number): Dataset => {
  const inputs = Array.from({ length: count }, (_, i) => [i])
  return { inputs, targets: inputs.map(([i]) => 10 * i!) }
}
const names = ({ inputs }: Dataset): number[] => inputs.map(([i]) => i!)
const sorted = (x: number[]): number[] => x.toSorted((a, b) => a - b)
const everyOne = names(numbered(25))

function expectPaired(data: Dataset): void {
  expect(data.targets).toEqual(names(data).map((i) => 10 * i))
}

describe("split", () => {
  test("deals every example to exactly one of the three sets, with its target", () => {
    const sets = Object.values(split(numbered(25)))
    expect(sorted(sets.flatMap(names))).toEqual(everyOne)
    sets.forEach(expectPaired)
  })

  test("keeps 80 % to train, 10 % to validate and 10 % to test, or the shares asked for", () => {
    const sizes = (data: ReturnType<typeof split>): number[] => Object.values(data).map(({ inputs }) => inputs.length)
    expect(Object.keys(split(numbered(100)))).toEqual(["train", "validation", "test"])
    expect(sizes(split(numbered(100)))).toEqual([80, 10, 10])
    expect(sizes(split(numbered(100), { train: 0.5, validation: 0.25 }))).toEqual([50, 25, 25])
    expect(sizes(split(numbered(10), { train: 0.7, validation: 0.3 }))).toEqual([7, 3, 0])
    expect(sizes(split(numbered(1)))).toEqual([1, 0, 0])
  })

  test("is the same every time, another one from another source, and never the order given", () => {
    expect(split(numbered(25))).toEqual(split(numbered(25)))
    expect(split(numbered(25), { random: mulberry32(1) })).not.toEqual(split(numbered(25)))
    expect(names(split(numbered(25)).train)).not.toEqual(everyOne.slice(0, 20))
  })

  test.each<[string, () => unknown]>([
    ["no examples", () => split(numbered(0))],
    ["a target too few", () => split({ inputs: [[1], [2]], targets: [1] })],
    ["a negative share", () => split(numbered(5), { train: -0.1 })],
    ["a share above 1", () => split(numbered(5), { validation: 1.1 })],
    ["shares above 1 together", () => split(numbered(5), { train: 0.8, validation: 0.3 })],
  ])("refuses %s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})

describe("batches", () => {
  test("hold every example once, with its target, `size` at a time, the rest in the last", () => {
    const found = batches(numbered(25), 10, mulberry32(1))
    expect(found.map(({ inputs }) => inputs.length)).toEqual([10, 10, 5])
    expect(sorted(found.flatMap(names))).toEqual(everyOne)
    found.forEach(expectPaired)
  })

  test("come in a new order each time the same source is used", () => {
    const random = mulberry32(1)
    const [first, second] = [batches(numbered(25), 10, random), batches(numbered(25), 10, random)]
    expect(first.flatMap(names)).not.toEqual(second.flatMap(names))
    expect(batches(numbered(25), 10, mulberry32(1))).toEqual(first)
  })

  test("may be larger than the data: then there is one", () => {
    expect(batches(numbered(3), 100, mulberry32(1)).map(({ inputs }) => inputs.length)).toEqual([3])
  })

  test.each<[string, () => unknown]>([
    ["no examples", () => batches(numbered(0), 2, mulberry32(1))],
    ["a size of 0", () => batches(numbered(5), 0, mulberry32(1))],
    ["half a size", () => batches(numbered(5), 2.5, mulberry32(1))],
  ])("refuse %s", (_, build) => {
    expect(thrown(build)).toMatchSnapshot()
  })
})
