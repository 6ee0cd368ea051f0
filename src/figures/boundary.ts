import { axisX, axisY } from "./axes.ts"
import { area, contour, grid } from "./contour.ts"
import { svg } from "./dom.ts"
import { wrong } from "./expected.ts"
import { number } from "./format.ts"
import { drawing, figure, picture, textLine } from "./frame.ts"
import { path, type Point } from "./path.ts"
import { lostOf } from "./points.ts"
import { clamp, extent, linear, type Range, ticks } from "./scale.ts"

/** A score: a number, a Value, or the outputs of a network with the score first. */
type Score = number | { readonly data: number } | readonly { readonly data: number }[]

export interface BoundaryOptions {
  /** What part of the plane to draw; the points with some air around them. */
  domain?: { x: Range; y: Range }
  /** Squares along each side of the grid that asks `predict`; 40. */
  resolution?: number
  /** Draw the lines where the score is +1 and −1 too: the margin of the hinge loss. */
  margin?: boolean
  /** What the map is of, where several stand side by side: "Stopped in time". */
  name?: string
  /** Names of the two inputs. */
  labels?: { x: string; y: string }
}

/**
 * Where a classifier of two inputs changes its mind: the side with a score above 0 is tinted. Points with a target above 0
 * are discs, the others are rings; those on the wrong side are crossed out.
 * @param predict the score of (x, y)
 * @param points `inputs` of two numbers each and a `target` for each, above or below 0
 * @throws TypeError if `predict` is not a function or inputs and targets do not match
 */
export function boundary(
  predict: (x: number, y: number) => Score,
  points: { readonly inputs: readonly (readonly number[])[]; readonly targets: readonly number[] },
  options: BoundaryOptions = {},
): HTMLElement {
  check(predict, points)
  const { resolution = 40, margin = false, labels, name } = options
  const score = (x: number, y: number) => scoreOf(predict(x, y))
  // A point without a place or a target is neither drawn nor judged: a classifier may refuse to be asked about it.
  const known = points.inputs
    .map(([x = Number.NaN, y = Number.NaN], i) => ({ x, y, target: points.targets[i]! }))
    .filter(({ x, y, target }) => Number.isFinite(x + y + target))
  const domain = options.domain ?? {
    x: extent(
      known.map(({ x }) => x),
      0.12,
    ),
    y: extent(
      known.map(({ y }) => y),
      0.12,
    ),
  }
  // One unit is as long to the right as upwards, unless the drawing would become a strip.
  const width = 600
  const ratio = (domain.y[1] - domain.y[0]) / (domain.x[1] - domain.x[0])
  const plot = { left: 52, right: 588, top: 24, bottom: 24 + clamp(ratio, [0.4, 1]) * 536 }
  const x = linear(domain.x, [plot.left, plot.right])
  const y = linear(domain.y, [plot.bottom, plot.top])

  const lines = grid(score, domain.x, domain.y, resolution)
  const draw = (points: readonly Point[]) => path(points.map(([px, py]) => [x(px), y(py)]))
  const line = (level: number, name: string) =>
    svg("path", { class: name, d: contour(lines, level).map(draw).join("") })
  const wrongly = (point: (typeof known)[number]) => !(score(point.x, point.y) > 0 === point.target > 0)
  const mistakes = known.filter(wrongly).length

  const drawn = drawing(
    width,
    plot.bottom + 34,
    "",
    svg("path", {
      class: "side-above data",
      d: area(lines, 0)
        .map((polygon) => `${draw(polygon)}z`)
        .join(""),
    }),
    line(0, "curve data"),
    margin ? line(1, "thin dashed data") : null,
    margin ? line(-1, "thin dashed data") : null,
    axisX(x, { at: plot.bottom, ticks: ticks(domain.x, 6), ...(labels && { label: labels.x }) }),
    axisY(y, { at: plot.left, ticks: ticks(domain.y, 5), ...(labels && { label: labels.y }) }),
    ...known.flatMap((point) => [
      svg("circle", {
        class: point.target > 0 ? "dot target" : "dot hollow target",
        r: 4.5,
        cx: x(point.x),
        cy: y(point.y),
      }),
      wrongly(point) ? svg("path", { class: "wrong loss", d: cross(x(point.x), y(point.y)) }) : null,
    ]),
  )
  const text = textLine()
  const blind = lines.values.flat().filter((value) => !Number.isFinite(value)).length
  text.say(
    words(known.length, mistakes, name) +
      lostOf(points.inputs.length - known.length, points.inputs.length) +
      (blind > 0 ? ` At ${blind} places the score is no finite number: nothing is drawn there.` : ""),
  )
  drawn.setAttribute("aria-label", `The boundary of the classifier and its points. ${text.root.textContent}`)
  return figure("boundary", name ? `Decision boundary: ${name}` : "Decision boundary", picture(drawn), text.root)
}

function words(all: number, mistakes: number, name?: string): string {
  const lead = (letter: string) => (name ? `${name}: ${letter.toLowerCase()}` : letter)
  if (all === 0) return `${lead("N")}o points to draw: only what the classifier says.`
  const share = number((100 * (all - mistakes)) / all, Number.isInteger((100 * mistakes) / all) ? 0 : 1)
  const wrong =
    mistakes === 0
      ? ""
      : ` The ${mistakes === 1 ? "one crossed out is" : `${mistakes} crossed out are`} on the wrong side.`
  return `${lead("R")}ight on ${all - mistakes} of ${all} points (${share}\u00a0%): discs belong on the tinted side, rings on the other.${wrong}`
}

function scoreOf(score: Score): number {
  if (typeof score === "number") return score
  const first = Array.isArray(score) ? (score as readonly { data: number }[])[0] : (score as { data: number })
  return first?.data ?? Number.NaN
}

const cross = (x: number, y: number): string => `M${+(x - 10).toFixed(2)},${+(y - 10).toFixed(2)}l20,20m0,-20l-20,20`

function check(predict: unknown, points: { inputs?: unknown; targets?: unknown } | undefined) {
  if (typeof predict !== "function")
    throw wrong("boundary", "a function of x and y", predict, "pass e.g. (x, y) => net.forward([x, y])")
  const { inputs, targets } = points ?? {}
  if (!Array.isArray(inputs) || !Array.isArray(targets) || inputs.length !== targets.length)
    throw wrong("boundary", "inputs and as many targets", points, "pass { inputs: [[x, y], …], targets: [1, −1, …] }")
}
