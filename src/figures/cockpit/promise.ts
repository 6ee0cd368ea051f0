import { set, svg } from "../dom.ts"
import { number } from "../format.ts"
import { drawing } from "../frame.ts"
import type { Moment } from "./record.ts"

const [width, height] = [440, 100]
const [left, right, zero] = [10, 424, 130]

/** The drop of the loss that the slopes promise for the next step, and below it the drop that comes: a rise goes left. */
export function promiseView() {
  const bars = ["promised", "real"].map((name, i) => ({
    name,
    bar: svg("rect", { class: i === 0 ? "promise gradient" : "delivery loss", y: 10 + i * 46, height: 12 }),
    text: svg("text", { class: `${i === 0 ? "gradient" : "loss"} halo`, x: zero, y: 10 + i * 46 + 14, dy: "1em" }),
  }))
  const drawn = drawing(
    width,
    height,
    "",
    svg("line", { class: "cursor", x1: zero, x2: zero, y1: 4, y2: height - 4 }),
    ...bars.flatMap(({ bar, text }) => [bar, text]),
  )

  const draw = ({ promised, real }: Partial<Moment>) => {
    const drops = [promised, real].map((drop) => (Number.isFinite(drop) ? drop! : 0))
    // One scale for both bars, as large as the room on either side allows.
    const scale = Math.min(
      (right - zero) / Math.max(0, ...drops),
      (zero - left) / Math.max(0, ...drops.map((drop) => -drop)),
    )
    bars.forEach(({ name, bar, text }, i) => {
      const long = Number.isFinite(scale) ? drops[i]! * scale : 0
      set(bar, { x: Math.min(zero, zero + long), width: Math.abs(long) })
      set(text, { x: zero + 8 })
      text.textContent = `${name} ${way([promised, real][i])}`
    })
    set(drawn, { "aria-label": `The next step: promised ${way(promised)}, real ${way(real)}.` })
  }
  return { drawn, draw }
}

/** A drop in words: it may be a rise, or not known. */
export function way(drop: number | undefined): string {
  if (drop === undefined) return "drop: no next step"
  if (Number.isNaN(drop)) return "drop: not a number"
  return drop < 0 ? `rise ${number(-drop)}` : `drop ${number(drop)}`
}
