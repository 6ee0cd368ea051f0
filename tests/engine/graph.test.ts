import { describe, expect, test } from "vitest"
import { MLP, setParameters, threeBowlsStart, trace, Value } from "../../src/engine/index.ts"
import { expectClose } from "./support.ts"

//  a ─ mul ─ y      b is used twice: by mul and by y
//  b ─┘    ┘
function small(): { a: Value; b: Value; ab: Value; y: Value } {
  const [a, b] = [new Value(2, "a"), new Value(-3, "b")]
  const ab = a.mul(b)
  const y = ab.add(b)
  y.backward()
  return { a, b, ab, y }
}

describe("trace", () => {
  test("gives every value once, with what it holds, inputs first and the root last", () => {
    const { a, b, ab, y } = small()
    const { nodes } = trace(y)
    expect(new Set(nodes.map((node) => node.value))).toEqual(new Set([a, b, ab, y]))
    expect(nodes).toHaveLength(4)
    expect(nodes.at(-1)!.value).toBe(y)
    const place = new Map(nodes.map((node, i) => [node.value, i]))
    for (const { value } of nodes)
      for (const input of value.inputs) expect(place.get(input)).toBeLessThan(place.get(value)!)
    expect(nodes.find((node) => node.value === ab)).toMatchObject({ op: "mul", label: "", data: -6, grad: 1 })
    expect(nodes.find((node) => node.value === b)).toMatchObject({ op: "", label: "b", data: -3, grad: 3 })
  })

  test("gives an edge for each use, with its place and its local derivative", () => {
    const { a, b, ab, y } = small()
    const { nodes, edges } = trace(y)
    const id = (value: Value): number => nodes.find((node) => node.value === value)!.id
    expect(edges).toHaveLength(4)
    expect(edges).toEqual(
      expect.arrayContaining([
        { from: id(a), to: id(ab), position: 0, local: -3 },
        { from: id(b), to: id(ab), position: 1, local: 2 },
        { from: id(ab), to: id(y), position: 0, local: 1 },
        { from: id(b), to: id(y), position: 1, local: 1 },
      ]),
    )
  })

  test("gives two edges when an op uses one value twice, each with its own share", () => {
    const a = new Value(3)
    const { edges } = trace(a.mul(a))
    expect(edges.map(({ position, local }) => [position, local])).toEqual([
      [0, 3],
      [1, 3],
    ])
  })

  test("of a leaf is the leaf", () => {
    const a = new Value(3, "a")
    const { nodes, edges } = trace(a)
    expect([nodes.map((node) => node.label), edges]).toEqual([["a"], []])
  })

  test("gives a value the same id in every trace, and no two values the same", () => {
    const { a, b, ab, y } = small()
    const ids = (root: Value): Map<Value, number> => new Map(trace(root).nodes.map(({ value, id }) => [value, id]))
    const first = ids(y)
    const larger = ids(y.mul(a))
    for (const value of [a, b, ab, y]) expect(larger.get(value)).toBe(first.get(value))
    expect(new Set(larger.values()).size).toBe(larger.size)
    expect(ids(new Value(2, "a")).values().next().value).not.toBe(first.get(a))
  })

  test("changes nothing: neither data nor gradients", () => {
    const { a, b, ab, y } = small()
    const before = [a, b, ab, y].map(String)
    trace(y)
    expect([a, b, ab, y].map(String)).toEqual(before)
  })

  test("shows a NaN instead of refusing it: a broken graph is what one wants to see", () => {
    const a = new Value(2)
    a.data = NaN
    expect(trace(a.mul(3)).nodes.map((node) => node.data)).toEqual(expect.arrayContaining([NaN, 3, NaN]))
  })

  test("sums to the gradients: each value's grad is Σ local · grad of what it went into", () => {
    const model = new MLP(1, [2, 1])
    setParameters(model.parameters(), threeBowlsStart)
    const loss = model.forward([-1])[0]!.sub(-1).pow(2)
    loss.backward()
    const { nodes, edges } = trace(loss)
    const grad = new Map(nodes.map((node) => [node.id, node.grad]))
    for (const node of nodes.slice(0, -1)) {
      const shares = edges.filter((edge) => edge.from === node.id).map((edge) => edge.local * grad.get(edge.to)!)
      expectClose(
        shares.reduce((a, b) => a + b, 0),
        node.grad,
        1e-15,
      )
    }
  })
})
