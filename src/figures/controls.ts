import { html } from "./dom.ts"
import { brief } from "./format.ts"

/** What a number, curve or control stands for: the one colour it has on the whole site. */
export type Meaning = "data" | "gradient" | "knob" | "target" | "loss"

export interface SliderOptions {
  label: string
  min: number
  max: number
  /** The step of an arrow key; 0.01 when left out. */
  step?: number
  value: number
  meaning?: Meaning
  /** The value as a reader sees and hears it; up to 4 decimals when left out. */
  show?: (value: number) => string
  /** Called when the reader moves it, not when `set` does. */
  input: (value: number) => void
}

export interface Slider {
  root: HTMLElement
  input: HTMLInputElement
  set: (value: number) => void
}

/** A labelled range input with its value beside it. Its own `input` event stops here: the figure announces its whole value. */
export function slider({ label, min, max, step = 0.01, value, meaning, show = brief, input }: SliderOptions): Slider {
  const shown = html("span", { class: "slider-value", "aria-hidden": "true" })
  const range = html("input", { type: "range", min, max, step, value, "aria-label": label })
  const say = (x: number) => {
    shown.textContent = show(x)
    range.setAttribute("aria-valuetext", show(x))
  }
  range.addEventListener("input", (event) => {
    event.stopPropagation()
    const x = Number(range.value)
    say(x)
    input(x)
  })
  say(value)
  const root = html(
    "label",
    { class: meaning ? `slider ${meaning}` : "slider" },
    html("span", { class: "slider-label" }, label),
    range,
    shown,
  )
  const set = (x: number) => {
    range.value = String(x)
    say(x)
  }
  return { root, input: range, set }
}

/** A plain button; `main` marks the one action that a figure is about. */
export function button(label: string, press: () => void, main = false): HTMLButtonElement {
  return html("button", { type: "button", class: main ? "main" : null, onclick: press }, label)
}

/** A labelled check box. */
export function toggle(
  label: string,
  change: (on: boolean) => void,
  on = false,
): { root: HTMLElement; input: HTMLInputElement } {
  const input = html("input", { type: "checkbox", checked: on })
  input.addEventListener("input", (event) => {
    event.stopPropagation()
    change(input.checked)
  })
  return { root: html("label", { class: "toggle" }, input, html("span", {}, label)), input }
}

/** A row of controls. */
export const controls = (...children: (Node | null)[]): HTMLElement => html("div", { class: "controls" }, ...children)
