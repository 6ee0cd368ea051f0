import { html, set, svg } from "./dom.ts"
import { number, signed, symbol } from "./format.ts"
import { arc, onCircle, path, type Point } from "./path.ts"
import { clamp, type Range, snap } from "./scale.ts"

export interface DialOptions {
  name: string
  value: number
  /** From the stop on the left to the stop on the right; −5 to 5. */
  range?: Range
  /** What an arrow key turns it by; 0.05. */
  step?: number
  /** The slope at which the needle has leaned half its way; 2/3. */
  half?: number
  /** Called when the reader turns it; left out, the dial only shows. */
  turn?: (value: number) => void
}

export interface Dial {
  root: HTMLElement
  /** Show a setting and, with it, the slope of the loss for this knob. */
  set: (value: number, slope: number) => void
}

const [width, height] = [96, 128]
const pivot: Point = [48, 46]
const middle: Point = [48, 90]
const sweep = 270
const lean = 60

/**
 * A knob of the machine: a dial that shows its setting, and above it a needle that shows its slope. The needle leans to
 * the right if turning the knob up raises the loss, to the left if that lowers it, and further the more it matters.
 */
export function dial({ name, value, range = [-5, 5], step = 0.05, half = 2 / 3, turn }: DialOptions): Dial {
  const angle = (x: number) => ((clamp(x, range) - range[0]) / (range[1] - range[0]) - 0.5) * sweep
  const setting = svg("path", { class: "dial-setting knob" })
  const pointer = svg("line", { class: "dial-pointer knob" })
  const needle = svg("path", { class: "needle gradient" })
  const face = svg("circle", { class: "dial-face", cx: middle[0], cy: middle[1], r: 25 })
  const grip = svg("circle", { class: turn ? "dial-grip" : "dial-still", cx: middle[0], cy: middle[1], r: 40 })
  const drawn = svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true", style: `--w:${width}` },
    svg("path", { class: "dial-track", d: arc(pivot, 38, -lean, lean) }),
    svg("line", { class: "dial-track", x1: pivot[0], x2: pivot[0], y1: pivot[1] - 42, y2: pivot[1] - 34 }),
    needle,
    svg("circle", { class: "needle-pivot gradient", cx: pivot[0], cy: pivot[1], r: 3 }),
    svg("path", { class: "dial-track", d: arc(middle, 33, -sweep / 2, sweep / 2) }),
    setting,
    face,
    pointer,
    grip,
  )
  const [shown, slopeShown] = [html("span", {}), html("span", { class: "dial-slope gradient" })]
  const input = html("input", {
    type: "range",
    min: range[0],
    max: range[1],
    step,
    value,
    "aria-label": name,
    class: "knob",
    oninput: (event: Event) => {
      event.stopPropagation()
      turn?.(Number(input.value))
    },
  })
  const root = html(
    "div",
    { class: "dial" },
    html("div", { class: "picture" }, drawn),
    html("span", { class: "dial-name" }, html("b", { class: "knob" }, symbol(name)), shown),
    slopeShown,
    turn ? input : null,
  )
  if (turn)
    rotate(
      grip,
      () => Number(input.value),
      (x) => turn(clamp(snap(x, step), range)),
    )

  const show = (x: number, slope: number) => {
    shown.textContent = ` ${number(x, 2)}`
    slopeShown.textContent = Number.isFinite(slope) ? signed(slope) : "–"
    const [from, to] = [angle(0), angle(x)]
    const there = Number.isFinite(x)
    set(setting, { d: there && from !== to ? arc(middle, 33, from, to) : "" })
    const [[x1, y1], [x2, y2]] = [onCircle(middle, 11, to), onCircle(middle, 23, to)]
    set(pointer, { x1, y1, x2, y2, visibility: there ? null : "hidden" })
    set(needle, { d: Number.isFinite(slope) ? arrow(tilt(slope, half)) : "" })
    input.value = String(x)
    set(input, { "aria-valuetext": `${number(x)}, slope ${Number.isFinite(slope) ? number(slope) : "unknown"}` })
  }
  return { root, set: show }

  function rotate(grip: SVGElement, now: () => number, turned: (x: number) => void) {
    let [last, x] = [0, 0]
    const at = (event: PointerEvent) => {
      const box = grip.getBoundingClientRect()
      const [dx, dy] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2]
      return (Math.atan2(dx, -dy) * 180) / Math.PI
    }
    set(grip, {
      onpointerdown: (event: PointerEvent) => {
        event.preventDefault()
        grip.setPointerCapture(event.pointerId)
        input.focus({ preventScroll: true })
        ;[last, x] = [at(event), now()]
      },
      onpointermove: (event: PointerEvent) => {
        if (!grip.hasPointerCapture(event.pointerId)) return
        const here = at(event)
        // The shorter way around: passing below the dial is a small turn, not a whole one back.
        const moved = ((here - last + 540) % 360) - 180
        last = here
        x = clamp(x + (moved / sweep) * (range[1] - range[0]), range)
        turned(x)
      },
    })
  }
}

/** How far a needle leans for a slope, in degrees: never past the end of its arc, and half way at the slope `half`. */
export const tilt = (slope: number, half = 2 / 3): number => (Math.atan(slope / half) / (Math.PI / 2)) * lean

/** A needle that leans by `degrees`: a thin shaft with a head. */
function arrow(degrees: number): string {
  const [tip, neck] = [onCircle(pivot, 38, degrees), onCircle(pivot, 29, degrees)]
  const across = (side: number) => onCircle(neck, 4.5, degrees + side * 90)
  return `${path([pivot, tip])}${path([across(-1), tip, across(1)])}`
}
