import { parseHTML } from "linkedom"

/** A page for figures to stand in, as at the build: linkedom's document and events as globals. */
export function openPage(): Document {
  const { document, Event } = parseHTML("<!doctype html><html><body></body></html>")
  Object.assign(globalThis, { document, Event })
  return document
}

/** Do as a reader who moves a slider (or its arrow keys) to `value`. */
export function move(input: Element, value: number): void {
  ;(input as HTMLInputElement).value = String(value)
  input.dispatchEvent(new Event("input", { bubbles: true }))
}

/** Press the button that bears this label. */
export function press(root: Element, label: string): void {
  const found = [...root.querySelectorAll("button")].find((button) => button.textContent === label)
  if (!found) throw new Error(`no button "${label}"`)
  found.dispatchEvent(new Event("click", { bubbles: true }))
}

/** The range input with this label. */
export function slider(root: Element, label: string): HTMLInputElement {
  const found = [...root.querySelectorAll("input")].find((input) => input.getAttribute("aria-label") === label)
  if (!found) throw new Error(`no slider "${label}"`)
  return found
}

/** What the figure's text line says. */
export const line = (root: Element): string => root.querySelector(".figure-line")?.textContent ?? ""
