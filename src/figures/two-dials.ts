import { button, controls } from "./controls.ts"
import { dial } from "./dial.ts"
import { announce, html, type Valued } from "./dom.ts"
import { wrong } from "./expected.ts"
import { brief, number } from "./format.ts"
import { figure, picture, textLine } from "./frame.ts"
import { type Range, snap } from "./scale.ts"
import { type Loss, lossMap, type Pair } from "./two-dials/map.ts"

export interface TwoDialsOptions {
  /** Where the two knobs stand at first; [1, 1]. */
  start?: Pair
  /** Their names; "w" and "b". */
  names?: readonly [string, string]
  /** Both slopes at (w, b); measured with a centred nudge when left out. */
  slopes?: (w: number, b: number) => Pair
  /** A step turns a knob by −rate × its slope; 0.5. */
  rate?: number
  /** How far both knobs turn; −4 to 3. */
  domain?: Range
}

/**
 * Do knobs affect each other? Two knobs share one loss: while one is turned the other stands still and its needle swings.
 * The step that ends at the bottom for each knob alone can overshoot for both. An input: its value is `[w, b]`.
 * @param loss the loss of two knobs, such as `(w, b) => (w + b + 1) ** 2`
 * @throws TypeError if `loss` is not a function or the start is not two numbers
 */
export function twoDials(loss: Loss, options: TwoDialsOptions = {}): Valued<HTMLElement, number[]> {
  const { start = [1, 1], names = ["w", "b"], rate = 0.5, domain = [-4, 3] } = options
  const slopes = options.slopes ?? ((w, b) => measured(loss, w, b))
  check(loss, start)
  let at: Pair = [start[0], start[1]]

  const turnTo = (to: Pair, words: string, from: Pair = to) => {
    at = to
    draw(words, from)
    root.value = [...at]
    announce(root)
  }
  const stands = (still: 0 | 1, [w, b]: Pair) =>
    `${names[still]} stands still at ${number([w, b][still]!)}, and its slope is ${number(slopes(w, b)[still])}.`
  const map = lossMap(loss, {
    domain,
    names,
    drag: ([w, b]) => turnTo([snap(w, 0.05), snap(b, 0.05)], ""),
  })
  const line = textLine()
  const made = names.map((name, i) =>
    dial({
      name,
      value: start[i]!,
      range: domain,
      half: 3,
      turn: (x) => {
        const to: Pair = i === 0 ? [x, at[1]] : [at[0], x]
        turnTo(to, stands(i === 0 ? 1 : 0, to))
      },
    }),
  )
  const ends = (): [alone: Pair, other: Pair, both: Pair] => {
    const [w, b] = at
    const [dw, db] = slopes(w, b)
    return [
      [w - rate * dw, b],
      [w, b - rate * db],
      [w - rate * dw, b - rate * db],
    ]
  }
  const step = (which: 0 | 1 | 2, who: string) => {
    const [from, to] = [at, ends()[which]]
    const [before, after] = [loss(...from), loss(...to)]
    // A hair of rounding is no change.
    const change = after < before - 1e-9 ? "lower" : after > before + 1e-9 ? "higher" : "no better"
    turnTo(
      to,
      `${who} turned by −${brief(rate)} × slope: the loss went from ${number(before)} to ${number(after)}, ${change}.`,
      from,
    )
  }

  const root = Object.assign(
    figure(
      "two-dials",
      `Two knobs, ${names.join(" and ")}, that share one loss`,
      html(
        "div",
        { class: "row" },
        picture(map.drawn),
        html(
          "div",
          { class: "side" },
          html("fieldset", { class: "panel pair" }, html("legend", {}, "Knobs"), ...made.map(({ root }) => root)),
          line.root,
        ),
      ),
      controls(
        button(`Step ${names[0]} alone`, () => step(0, `${names[0]} alone was`)),
        button(`Step ${names[1]} alone`, () => step(1, `${names[1]} alone was`)),
        button("Step both", () => step(2, "Both were"), true),
        button("Reset", () => turnTo([start[0], start[1]], "")),
      ),
    ),
    { value: [...at] },
  )

  function draw(words: string, from: Pair) {
    const slope = slopes(...at)
    made.forEach((dial, i) => dial.set(at[i]!, slope[i]!))
    map.draw(at, from, ends())
    const now = loss(...at)
    const lost = Number.isFinite(now) ? "" : " There is nothing to draw here: Reset brings the knobs back."
    line.say(
      `${words} Now ${names[0]} = ${number(at[0])}, ${names[1]} = ${number(at[1])}, loss ${number(now)}.${lost}`.trim(),
    )
  }
  draw("", at)
  return root
}

/** Both slopes by a centred nudge, one knob at a time, in the nine digits that such a nudge can tell. */
function measured(loss: Loss, w: number, b: number): Pair {
  const h = 1e-5
  const slope = (up: number, down: number) => Number(((up - down) / (2 * h)).toPrecision(9))
  return [slope(loss(w + h, b), loss(w - h, b)), slope(loss(w, b + h), loss(w, b - h))]
}

function check(loss: unknown, start: readonly unknown[]) {
  if (typeof loss !== "function")
    throw wrong("twoDials", "a function of two numbers", loss, "pass e.g. (w, b) => (w + b + 1) ** 2")
  if (start.length !== 2 || !start.every(Number.isFinite))
    throw wrong("twoDials", "a start of two numbers", start, "pass e.g. start: [1, 1]")
}
