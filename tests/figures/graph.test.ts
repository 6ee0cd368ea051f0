import { beforeEach, describe, expect, test } from "vitest"
import { apply, numericalGradient, type Op, Value } from "../../src/engine/index.ts"
import { number, symbol } from "../../src/figures/format.ts"
import type { Expression } from "../../src/figures/graph/expression.ts"
import { graph } from "../../src/figures/index.ts"
import { line, move, openPage, press, slider } from "./page.ts"
import { loss, lossOf, names, start } from "./three-bowls.ts"

const leaf = (label: string, data: number) => new Value(data, label)
const named = (label: string, value: Value) => Object.assign(value, { label })

/** L = (tanh(w·x + b) − y)² on the cold bowl: nine nodes, each used once. */
function neuron() {
  const [w, x, b, y] = [leaf("w", 1), leaf("x", -1), leaf("b", 0.5), leaf("y", -1)]
  const z = named("z", w.mul(x).add(b))
  const o = named("o", z.tanh())
  const L = named("L", o.sub(y).pow(2))
  return { w, x, b, y, z, o, L }
}

/** The loss of the seven knobs on all three bowls; each knob is used three times. */
function bowls(): Value {
  const knobs = { w1: 1, b1: 0.5, w2: -0.5, b2: 0.2, v1: 0.4, v2: 0.3, c: 0 }
  const [w1, b1, w2, b2, v1, v2, c] = Object.entries(knobs).map(([label, data]) => leaf(label, data)) as Seven
  const errors = [-1, 0, 1].map((x, i) => {
    const [h1, h2] = [w1.mul(x).add(b1).tanh(), w2.mul(x).add(b2).tanh()]
    return v1.mul(h1).add(v2.mul(h2)).add(c).sub([-1, 1, -1][i]!).pow(2)
  })
  return named("L", errors.reduce((sum, error) => sum.add(error)).div(3))
}
type Seven = [Value, Value, Value, Value, Value, Value, Value]

/** Every value below `root`, in any order. */
const all = (root: Value): Value[] => {
  const found = new Set([root])
  for (const value of found) for (const input of value.inputs) found.add(input)
  return [...found]
}
const marks = (figure: Element) => [...figure.querySelectorAll(".node")]
const markOf = (figure: Element, label: string) =>
  marks(figure).find((mark) => mark.querySelector(".name")?.textContent === label)!
const text = (element: Element, part: string) => element.querySelector(part)?.textContent ?? ""
const grads = (figure: Element) => marks(figure).map((mark) => text(mark, ".grad"))
const sums = (figure: Element, kind = ".sum") =>
  [...figure.querySelectorAll(kind)].map((sum) => [...sum.children].map((line) => line.textContent).join(" "))
const lastStep = (figure: Element) => Number(slider(figure, "Step").getAttribute("max"))
const everything = (figure: Element) =>
  [...marks(figure), ...figure.querySelectorAll(".edge, .sum")]
    .map((mark) => `${mark.getAttribute("class")}: ${mark.textContent}`)
    .concat(line(figure))
    .join("\n")
const hit = (mark: Element) => mark.querySelector(".hit")!
const key = (mark: Element, name: string) =>
  hit(mark).dispatchEvent(Object.assign(new Event("keydown", { bubbles: true }), { key: name }))
const click = (mark: Element) => hit(mark).dispatchEvent(new Event("click", { bubbles: true }))

beforeEach(openPage)

// Thousands of changes to a page that is no browser's: slow on a busy machine, and no measure of anything.
const patience = 60_000

describe("the expression graph", { timeout: patience }, () => {
  test("shows the numbers of the neuron that is done by hand", () => {
    const figure = graph(neuron().L)
    expect(text(markOf(figure, "z"), ".datum")).toBe("−0.5000")
    expect(text(markOf(figure, "o"), ".datum")).toBe("−0.4621")
    expect(text(markOf(figure, "L"), ".datum")).toBe("0.2893")
    expect(
      Object.fromEntries(["L", "o", "z", "w", "b", "x", "y"].map((l) => [l, text(markOf(figure, l), ".grad")])),
    ).toEqual({
      L: "1.0000",
      o: "1.0758",
      z: "0.8460",
      w: "−0.8460",
      b: "0.8460",
      x: "0.8460",
      y: "−1.0758",
    })
    expect(sums(figure)).toContain("1.0758 × 0.7864 = 0.8460")
  })

  test.each([
    ["one neuron", () => neuron().L, 9],
    ["the loss on three bowls", bowls, 56],
  ])("shows for %s, at every node, the gradient of backward() and of a nudge", (_, build, count) => {
    const root = build()
    const figure = graph(root)
    expect(marks(figure).length).toBe(count)
    root.backward()
    expect(grads(figure).sort()).toEqual(
      all(root)
        .map(({ grad }) => number(grad))
        .sort(),
    )
    for (const mark of marks(figure)) {
      click(mark)
      press(figure, "Nudge by 0.001")
      expect(line(figure)).toMatch(/measured slope (\S+), gradient \S+: they agree\.$/)
      expect(Math.abs(parse(text(mark, ".slope").slice(7)) - parse(text(mark, ".grad")))).toBeLessThan(1.5e-4)
    }
  })

  test("shows at the knobs of the network what nudging them one by one measures", () => {
    const figure = graph(lossOf(start))
    const shown = names.map((name) => parse(text(markOf(figure, symbol(name)), ".grad")))
    numericalGradient(loss, start).forEach((slope, i) => expect(shown[i]).toBeCloseTo(slope, 4))
  })

  test("restores every number when it is scrubbed to and fro", () => {
    const figure = graph(bowls())
    const last = lastStep(figure)
    const forward = Array.from({ length: last + 1 }, (_, k) => (move(slider(figure, "Step"), k), everything(figure)))
    const back = Array.from(
      { length: last + 1 },
      (_, k) => (move(slider(figure, "Step"), last - k), everything(figure)),
    )
    expect(back.reverse()).toEqual(forward)
    expect(new Set(forward).size).toBe(last + 1)
  })

  test("leaves the values as it found them, rules and gradients included", () => {
    const { L, w } = neuron()
    w.grad = 7
    const before = all(L).map(({ data, grad, rule }) => ({ data, grad, rule }))
    const figure = graph(L)
    click(markOf(figure, "w"))
    press(figure, "Nudge by 0.001")
    expect(all(L).map(({ data, grad, rule }) => ({ data, grad, rule }))).toEqual(before)
    expect(text(markOf(figure, "w"), ".grad")).toBe("−0.8460")
  })

  test("lights values up from the leaves on, then passes gradients back", () => {
    const figure = graph(neuron().L, { step: "start" })
    expect(line(figure)).toBe("Given: w = 1, x = −1, b = 0.5, y = −1.")
    expect(marks(figure).filter((mark) => text(mark, ".datum")).length).toBe(4)
    press(figure, "Forward")
    press(figure, "Forward")
    expect(line(figure)).toBe("Forward: z = w × x + b = −1 + 0.5 = −0.5.")
    expect(grads(figure).join("")).toBe("")
    move(slider(figure, "Step"), 6)
    expect(line(figure)).toBe("Back from L: ∂L/∂L = 1.0000.")
    press(figure, "Forward")
    press(figure, "Forward")
    expect(line(figure)).toBe(
      "Back: o − y passes 1.0758 on. o gets 1.0758 × 1 = 1.0758; y gets 1.0758 × (−1) = −1.0758.",
    )
    expect(sums(figure, ".sum.now")).toEqual(["1.0758 × 1 = 1.0758", "1.0758 × −1 = −1.0758"])
    press(figure, "Back")
    expect(text(markOf(figure, "o"), ".grad")).toBe("")
    expect(figure.value).toBe(7)
  })

  test("draws two wires for a value that is used twice by one op, and adds their messages", () => {
    const a = leaf("a", 3)
    const figure = graph(named("y", a.mul(a)))
    expect(sums(figure)).toEqual(["1.0000 × 3 = 3.0000", "1.0000 × 3 += 3.0000"])
    expect(line(figure)).toContain("a gets 1.0000 × 3 = 3.0000 on top of its 3.0000: 6.0000.")
    expect(text(markOf(figure, "a"), ".grad")).toBe("6.0000")
    const [first, second] = [...figure.querySelectorAll(".wire")].map((wire) => wire.getAttribute("d"))
    expect(first).not.toBe(second)
  })

  test("shows the rules of the running engine, as a reader has edited them", () => {
    const double: Op = {
      name: "double",
      forward: (a) => 2 * a,
      backward: (out, a) => void (a.grad = 5 * out.grad),
    }
    const a = leaf("a", 3)
    const figure = graph(named("y", a.add(apply(double, a))))
    expect(sums(figure)).toContain("1.0000 × 5 = 5.0000")
    expect(line(figure)).toContain("and its 1.0000 is overwritten")
    expect(text(markOf(figure, "a"), ".grad")).toBe("5.0000")
    click(markOf(figure, "a"))
    press(figure, "Nudge by 0.001")
    expect(line(figure)).toContain("measured slope 3.0000, gradient 5.0000: they do not agree.")
  })

  test("shows the walk of the running backward(), also a wrong one: 27 where 21 is right", () => {
    const a = leaf("a", 1)
    const u = named("u", a.mul(3))
    const y = named("y", u.mul(2).add(u.mul(5)))
    const speak = (node: Value): void => {
      if (!node.rule) return
      node.rule.backward(node, node.a!, node.b!)
      for (const input of node.inputs) speak(input)
    }
    const figure = graph(Object.assign(y, { backward: () => ((y.grad = 1), speak(y)) }))
    expect(text(markOf(figure, "a"), ".grad")).toBe("27.0000")
  })

  test("names a node without a label by how it was made, and shows constants bare", () => {
    const x = leaf("x", 2)
    const figure = graph(x.mul(-3).add(1).relu())
    expect(figure.getAttribute("aria-label")).toBe("Expression graph of relu(x × (−3) + 1)")
    expect([...figure.querySelectorAll("option")].map((option) => option.textContent)).toEqual([
      "pick one",
      "x: 2",
      "−3",
      "x × (−3): −6",
      "1",
      "x × (−3) + 1: −5",
      "relu(x × (−3) + 1): 0",
    ])
    expect(marks(figure).filter((mark) => mark.getAttribute("class")!.includes("constant"))).toHaveLength(2)
  })

  test("gives a node the role that its label or a function says", () => {
    const byLabel = graph(neuron().L, { roles: { w: "knob", y: "target" } })
    expect(markOf(byLabel, "w").getAttribute("class")).toContain("knob")
    expect(markOf(byLabel, "y").getAttribute("class")).toContain("target")
    const byFunction = graph(neuron().L, { roles: ({ op }) => (op === "pow" ? "loss" : undefined) })
    expect(markOf(byFunction, "L").getAttribute("class")).toContain("loss")
  })

  test("keeps every node inside the drawing, right of its inputs and clear of the others", () => {
    const figure = graph(bowls())
    const [, , width, height] = figure.querySelector("svg")!.getAttribute("viewBox")!.split(" ").map(Number)
    const boxes = marks(figure).map((mark) => {
      const [x, y] = mark
        .getAttribute("transform")!
        .match(/[-\d.]+/g)!
        .map(Number) as [number, number]
      const [w, h] = ["width", "height"].map((name) => Number(mark.querySelector("rect")!.getAttribute(name))) as [
        number,
        number,
      ]
      return { left: x - w / 2, right: x + w / 2, top: y - h / 2, bottom: y + h / 2 }
    })
    for (const [i, box] of boxes.entries()) {
      expect(box.left >= 0 && box.top >= 0 && box.right <= width! && box.bottom <= height!).toBe(true)
      const hit = boxes.some(
        (o, j) => j !== i && o.left < box.right && box.left < o.right && o.top < box.bottom && box.top < o.bottom,
      )
      expect(hit).toBe(false)
    }
    for (const wire of figure.querySelectorAll(".wire")) {
      const places = wire
        .getAttribute("d")!
        .match(/[-\d.]+,[-\d.]+/g)!
        .map((p) => p.split(",").map(Number) as [number, number])
      const [start, end] = [places[0]!, places.at(-1)!]
      expect(boxes.some(({ right, top, bottom }) => near(right, start[0]) && start[1] > top && start[1] < bottom)).toBe(
        true,
      )
      expect(boxes.some(({ left, top, bottom }) => near(left, end[0]) && end[1] > top && end[1] < bottom)).toBe(true)
      expect(start[0]).toBeLessThan(end[0])
    }
  })

  test.each([
    ["one neuron", () => neuron().L],
    ["the loss on three bowls", bowls],
    ["the loss of the network", () => lossOf(start)],
  ])("leads no wire of %s through a card or through a sum that is shown with it", (_, build) => {
    const figure = graph(build())
    const cards = marks(figure).map((mark) => {
      const [x = 0, y = 0] = numbers(mark.getAttribute("transform")!)
      const [w, h] = ["width", "height"].map((name) => Number(mark.querySelector("rect")!.getAttribute(name)))
      return { x, y, w: w! / 2, h: h! / 2 }
    })
    const wires = [...figure.querySelectorAll(".wire")].map((wire) => along(numbers(wire.getAttribute("d")!)))
    for (const wire of wires) {
      // Both of its own cards are touched at their edge alone.
      for (const { x, y, w, h } of cards)
        expect(wire.some((p) => Math.abs(p[0] - x) < w - 1 && Math.abs(p[1] - y) < h)).toBe(false)
    }
    const all = [...figure.querySelectorAll(".sum")]
    for (let step = lastStep(figure); step > 0; step--) {
      move(slider(figure, "Step"), step)
      const now = all.flatMap((sum, i) => (sum.classList.contains("now") && sum.children.length > 0 ? [i] : []))
      for (const [i, k] of now.flatMap((i) => now.map((k) => [i, k] as const))) {
        const [x = 0, y = 0] = numbers(all[i]!.getAttribute("transform")!)
        // Two lines of text above the wire, one below it.
        const crossed = wires[k]!.filter(([px, py]) => {
          const [dx, dy] = [Math.abs(px - x), py - y]
          return dx < 27 && ((dy > -25 && dy < 1) || (dy > 10 && dy < 22))
        })
        expect(crossed).toEqual([])
      }
    }
  })

  test("can be walked with the arrow keys and nudged with Enter", () => {
    const figure = graph(neuron().L)
    key(markOf(figure, "L"), "ArrowLeft")
    key(marks(figure)[7]!, "ArrowLeft")
    expect(markOf(figure, "o").getAttribute("class")).toContain("picked")
    expect(hit(markOf(figure, "o")).getAttribute("tabindex")).toBe("0")
    expect(hit(markOf(figure, "o")).getAttribute("aria-label")).toBe("o, −0.4621, gradient 1.0758")
    expect(line(figure)).toBe("o = tanh(z) = tanh(−0.5) = −0.4621; ∂L/∂o = 1.0758.")
    key(markOf(figure, "o"), "Enter")
    expect(line(figure)).toContain("Nudged by ±0.001, it moves L to 0.290395 and 0.288243: measured slope 1.0758")
    expect(text(markOf(figure, "o"), ".datum")).toBe("−0.4611")
    key(markOf(figure, "o"), "Enter")
    expect(text(markOf(figure, "o"), ".datum")).toBe("−0.4621")
    key(markOf(figure, "o"), "ArrowDown")
    expect(markOf(figure, "y").getAttribute("class")).toContain("picked")
    key(markOf(figure, "y"), "Escape")
    expect(figure.querySelectorAll(".picked")).toHaveLength(0)
  })

  test("is an input whose value is the step, and starts where it is told", () => {
    const figure = graph(neuron().L, { step: 3 })
    let heard = 0
    figure.addEventListener("input", () => heard++)
    expect(figure.value).toBe(3)
    move(slider(figure, "Step"), 5)
    press(figure, "Back")
    expect([figure.value, heard]).toEqual([4, 2])
    expect(graph(neuron().L, { step: "forward" }).value).toBe(5)
    expect(graph(neuron().L, { step: "start" }).value).toBe(0)
  })

  test("leaves the way back out on request: no gradient anywhere", () => {
    const figure = graph(neuron().L, { backward: false })
    expect(lastStep(figure)).toBe(5)
    expect(grads(figure).join("")).toBe("")
    expect(figure.textContent).not.toContain("Gradient")
  })

  test("lists every node with its numbers as a table", () => {
    const figure = graph(neuron().L)
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    )
    expect(rows).toHaveLength(9)
    expect(rows[0]).toEqual(["w", "given", "1.0000", "−0.8460"])
    expect(rows[4]).toEqual(["z", "w × x + b", "−0.5000", "0.8460"])
  })

  test("does nothing at either end", () => {
    const figure = graph(neuron().L)
    let heard = 0
    figure.addEventListener("input", () => heard++)
    press(figure, "Forward")
    expect([figure.value, heard]).toEqual([11, 0])
    expect([...figure.querySelectorAll("[aria-disabled]")].map((button) => button.textContent)).toEqual(["Forward"])
  })

  test("shows a gradient of 0 at the end where no message arrives", () => {
    const a = leaf("a", 3)
    const deaf = apply({ name: "deaf", forward: () => 1, backward() {} }, named("u", a.mul(2)))
    const backward = () => ((deaf.grad = 1), deaf.rule!.backward(deaf, deaf.a!, deaf.a!))
    const figure = graph(Object.assign(deaf, { backward }))
    expect(line(figure)).toBe("Back: done. 2 nodes heard nothing.")
    expect(grads(figure)).toEqual(["0.0000", "0.0000", "0.0000", "1.0000"])
  })

  test("draws a single value", () => {
    const figure = graph(leaf("a", 2))
    expect(line(figure)).toBe("Back from a: ∂a/∂a = 1.0000.")
    expect(marks(figure)).toHaveLength(1)
  })
})

describe("the expression graph, given something odd", () => {
  test("says what is not finite", () => {
    const figure = graph(named("L", leaf("p", 0).log().neg()))
    expect(text(figure, ".figure-note")).toBe(
      "2 values are not finite, first ln(p) = minus infinite: what comes after it means nothing.",
    )
    expect(marks(figure).map((mark) => text(mark, ".datum"))).toEqual(["0.0000", "−∞", "∞"])
  })

  test("states the size of an expression that is too large to draw", () => {
    const sum = Array.from({ length: 400 }, (_, i) => leaf(`a${i}`, i)).reduce((a, b) => a.add(b))
    const figure = graph(sum)
    expect(figure.querySelector("svg")).toBeNull()
    expect(figure.textContent).toContain("This expression has 799 nodes. A drawing of more than 300 shows nothing")
    expect(graph(neuron().L, { limit: 8 }).querySelector("svg")).toBeNull()
    expect(graph(neuron().L, { limit: 9 }).querySelector("svg")).not.toBeNull()
  })

  test.each([
    ["a number", 3, "found 3"],
    ["nothing", undefined, "found undefined"],
    ["an array of values", [new Value(1)], "found an array of 1"],
    [
      "inputs that are no values",
      { data: 1, grad: 0, label: "", op: "add", inputs: [2] },
      "expected Values as the inputs",
    ],
  ])("refuses %s", (_, value, message) => {
    expect(() => graph(value as unknown as Expression)).toThrow(message)
  })

  test("refuses a value made from itself, a step that is not there, and a nudge of 0", () => {
    const loop: Expression = { data: 1, grad: 0, label: "a", op: "add", inputs: [] }
    Object.assign(loop, { inputs: [loop] })
    expect(() => graph(loop)).toThrow("found a value made from itself")
    expect(() => graph(neuron().L, { step: 99 })).toThrow(
      'expected a step from 0 to 11, "start", "forward" or "end", found 99',
    )
    expect(() => graph(neuron().L, { h: 0 })).toThrow("expected a nudge h above 0, found 0")
  })

  test("shows the way forward alone where backward() fails, is missing or does not end", () => {
    const failing = Object.assign(neuron().L, {
      backward() {
        throw new Error("no slope here")
      },
    })
    const figure = graph(failing)
    expect(text(figure, ".figure-note")).toBe("backward() failed, so only the way forward is shown: no slope here")
    expect(lastStep(figure)).toBe(5)
    const plain: Expression = { data: 1, grad: 0, label: "a", op: "", inputs: [] }
    expect(text(graph(plain), ".figure-note")).toContain("has no backward()")
    const { L } = neuron()
    const endless = Object.assign(L, {
      backward() {
        for (;;) L.rule!.backward(L, L.a!, L.b!)
      },
    })
    expect(text(graph(endless), ".figure-note")).toContain("its walk does not come to an end")
    expect(L.rule!.name).toBe("pow")
  })

  test("shows the gradients in one step if the engine has no rules to listen to, and does not nudge what it cannot", () => {
    const a: Expression = { data: 2, grad: 0, label: "a", op: "", inputs: [] }
    const square: Expression = { data: 4, grad: 0, label: "y", op: "square", inputs: [a], backward }
    function backward() {
      square.grad = 1
      a.grad += 4
    }
    const figure = graph(square)
    expect(line(figure)).toBe("Back: done. Not every gradient came by a rule that can be shown.")
    expect(grads(figure)).toEqual(["4.0000", "1.0000"])
    click(markOf(figure, "a"))
    key(markOf(figure, "a"), "Enter")
    expect(line(figure)).toBe("a = 2; ∂y/∂a = 4.0000.")
    expect(a.grad).toBe(0)
  })
})

const parse = (shown: string): number => Number(shown.replace("−", "-"))
const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.2
const numbers = (text: string): number[] => text.match(/[-\d.]+/g)!.map(Number)

/** Points along a curve: its start, then three pairs of numbers for each piece. */
function along([x0 = 0, y0 = 0, ...rest]: number[]): [number, number][] {
  if (rest.length === 0) return []
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0, ...others] = rest
  const piece = Array.from({ length: 51 }, (_, i): [number, number] => {
    const [t, u] = [i / 50, 1 - i / 50]
    const at = (a: number, b: number, c: number, d: number) =>
      u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
    return [at(x0, x1, x2, x3), at(y0, y1, y2, y3)]
  })
  return [...piece, ...along([x3, y3, ...others])]
}
