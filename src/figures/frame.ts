import { html, svg } from "./dom.ts"

/** What a figure draws on: `width` by `height` units, whatever its size on the screen; `label` is its text equivalent. */
export function drawing(width: number, height: number, label: string, ...children: (Node | null)[]): SVGSVGElement {
  // --w lets the style sheet keep text and strokes at one size on the screen, however narrow the drawing gets.
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, style: `--w:${width}` },
    ...children,
  )
}

/** A frame for a drawing: the style sheet measures it, so the drawing fits any column. */
export const picture = (drawn: SVGSVGElement): HTMLElement => html("div", { class: "picture" }, drawn)

/** A whole figure: a named group of pictures, controls and one text line. */
export function figure(name: string, label: string, ...children: (Node | null)[]): HTMLElement {
  return html("div", { class: `figure figure-${name}`, role: "group", "aria-label": label }, ...children)
}

/** The line that says the current numbers in words: the one part of a figure that speaks when it changes. */
export function textLine(): { root: HTMLElement; say: (text: string) => void; quiet: (on: boolean) => void } {
  const root = html("p", { class: "figure-line", "aria-live": "polite" })
  return {
    root,
    say: (text) => {
      if (root.textContent !== text) root.textContent = text
    },
    /** Silent while an animation runs; what it says at the end is heard. */
    quiet: (on) => {
      root.setAttribute("aria-live", on ? "off" : "polite")
    },
  }
}
