import { axisX, axisY } from "./axes.ts"
import { fill, set, svg } from "./dom.ts"
import { brief, number, power } from "./format.ts"
import { drawing } from "./frame.ts"
import { path, type Point } from "./path.ts"
import { clamp, linear, log, powers, type Range, ticks } from "./scale.ts"

/** One run: the loss before step 0, 1, 2 and so on. */
export interface Run {
  losses: readonly number[]
  label?: string
  /** A run to compare with: a pale band under the others. */
  reference?: boolean
}

export interface LossViewOptions {
  scale: "log" | "linear"
  width?: number
  height?: number
}

/** How the lines of several runs are told apart besides by their labels. */
const dashes = ["none", "7 5", "2 4", "10 4 2 4"]

/** A drawing of loss against step that can be drawn anew: `step` marks where the reader stands. */
export function lossView({ scale, width = 560, height = 270 }: LossViewOptions) {
  const drawn = drawing(width, height, "")

  const draw = (runs: readonly Run[], step?: number) => {
    const longest = Math.max(1, ...runs.map(({ losses }) => losses.length - 1))
    const letters = Math.max(0, ...runs.map(({ label }) => label?.length ?? 0))
    const plot = { left: 62, right: width - Math.min(150, 18 + 11 * letters), top: 30, bottom: height - 34 }
    const x = linear([0, longest], [plot.left, plot.right])
    const drawable = runs.flatMap(({ losses }) => losses.slice(0, end(losses)))
    const domain = scale === "log" ? decades(drawable) : ([0, ceiling(drawable, 3) * 1.05] as const)
    const y = (scale === "log" ? log : linear)(domain, [plot.bottom, plot.top])
    // A loss of 0 is drawn on the floor; one above the ceiling is not drawn.
    const place = (i: number, loss: number): Point => [x(i), loss > domain[1] ? Number.NaN : y(clamp(loss, domain))]
    const placed = runs.map((run) => ({
      run,
      points: run.losses.slice(0, end(run.losses)).map((loss, i) => place(i, loss)),
    }))

    const own = runs.filter(({ reference }) => !reference)
    const lines = placed.map(({ run, points }) => {
      const dash = dashes[own.indexOf(run) % dashes.length]
      const stroke = run.reference ? { class: "band" } : { class: "curve loss", "stroke-dasharray": dash }
      return svg("path", { ...stroke, d: path(points) })
    })
    const marks = placed.flatMap(({ run, points }) => {
      const last = points.findLast(([, y]) => Number.isFinite(y))
      if (!last) return []
      const at = run.reference ? undefined : points.length === 1 ? 0 : step
      const here = at === undefined ? undefined : points[at]
      return [
        // The run goes on where this drawing ends.
        points.length < run.losses.length || last !== points.at(-1)
          ? svg("path", { class: "curve loss", d: cross(last) })
          : null,
        here && Number.isFinite(here[1]) ? svg("circle", { class: "dot loss", r: 5, cx: here[0], cy: here[1] }) : null,
      ]
    })
    const cursor =
      step === undefined
        ? null
        : svg("line", { class: "cursor", x1: x(step), x2: x(step), y1: plot.top, y2: plot.bottom })
    fill(
      drawn,
      axisX(x, {
        at: plot.bottom,
        ticks: ticks(x.domain, 6).filter(Number.isInteger),
        format: (i) => (i === 0 ? "step 0" : brief(i)),
      }),
      axisY(y, {
        at: plot.left,
        ticks: scale === "log" ? powers(domain, stride(domain)) : ticks(domain, 4),
        label: "loss",
        format: scale === "log" ? short : brief,
      }),
      cursor,
      ...lines,
      ...labels(placed, [plot.top, plot.bottom]),
      ...marks,
    )
    set(drawn, { "aria-label": `Loss against step. ${told(runs)}` })
  }
  return { drawn, draw }
}

/** What each run comes to, in words. */
export function told(runs: readonly Run[]): string {
  return runs
    .map(({ losses, label }) => {
      const name = label ? `${label}: ` : ""
      if (losses.length === 0) return `${name}${label ? "n" : "N"}o steps.`
      const start = `${name}${label ? "l" : "L"}oss ${number(losses[0]!)} at step 0`
      const stop = end(losses)
      if (stop < losses.length)
        return `${name}${label ? "d" : "D"}iverged: the loss is ${number(losses[stop]!)} at step ${stop}${stop > 0 ? `, after ${number(losses[stop - 1]!)}` : ""}.`
      return losses.length === 1 ? `${start}.` : `${start}, ${number(losses.at(-1)!)} at step ${losses.length - 1}.`
    })
    .join(" ")
}

/** The number of losses before the first that is not finite. */
export function end(losses: readonly number[]): number {
  const lost = losses.findIndex((loss) => !Number.isFinite(loss))
  return lost < 0 ? losses.length : lost
}

/** Whole decades around the positive losses: at most 16, and none far above the start. */
function decades(losses: readonly number[]): Range {
  const positive = losses.filter((loss) => loss > 0)
  if (positive.length === 0) return [0.1, 1]
  const high = Math.ceil(Math.log10(ceiling(losses, 1e4)) - 1e-9)
  const low = Math.max(high - 16, Math.floor(Math.log10(Math.min(...positive))))
  return [10 ** Math.min(low, high - 1), 10 ** high]
}

/** The highest loss to draw: a run that climbs to more than `times` its start has left. */
function ceiling(losses: readonly number[], times: number): number {
  const start = losses[0] ?? 1
  return Math.max(1e-9, Math.min(Math.max(...losses), (start > 0 ? start : 1) * times))
}

const stride = ([low, high]: Range): number => Math.max(1, Math.ceil(Math.log10(high / low) / 5))
const short = (x: number): string =>
  x >= 0.001 && x <= 1000 ? String(Number(x.toPrecision(6))) : power(Math.round(Math.log10(x)))
const cross = ([x, y]: Point): string => `M${+(x - 5).toFixed(2)},${+(y - 5).toFixed(2)}l10,10m0,-10l-10,10`

/** The names of the runs where their lines end, moved apart where they would lie on each other. */
function labels(placed: readonly { run: Run; points: readonly Point[] }[], [top, bottom]: Range) {
  const room = 24
  const ends = placed
    .flatMap(({ run, points }) => {
      const last = points.findLast(([, y]) => Number.isFinite(y))
      return run.label && last ? [{ run, x: last[0], y: last[1] }] : []
    })
    .sort((a, b) => a.y - b.y)
  ends.forEach((one, i) => (one.y = Math.max(one.y, (ends[i - 1]?.y ?? top - room) + room)))
  // What was pushed below the plot moves up again, and pushes those above it.
  ends.toReversed().forEach((one, i, list) => (one.y = Math.min(one.y, (list[i - 1]?.y ?? bottom + room) - room)))
  return ends.map(({ run, x, y }) =>
    svg("text", { class: run.reference ? "note halo" : "loss halo", x: x + 10, y, dy: "0.35em" }, run.label!),
  )
}
