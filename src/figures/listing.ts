import type { Meaning } from "./controls.ts"
import { html } from "./dom.ts"
import { wrong } from "./expected.ts"
import { figure } from "./frame.ts"

export interface ListingOptions {
  /** What a name of the program stands for: it gives the name its colour. Default: no name has one. */
  meanings?: Readonly<Record<string, Meaning>>
  /** What the listing is called for those who hear it. Default "Program". */
  label?: string
}

/**
 * A program as it was written, line by line.
 * @throws TypeError if `text` is not a text
 */
export function listing(text: string, { meanings = {}, label = "Program" }: ListingOptions = {}): HTMLElement {
  if (typeof text !== "string") throw wrong("listing", "a text", text, "a program's `source` is one.")
  // Every second piece is a name, with nothing but signs and numbers between them.
  const pieces = text.trimEnd().split(/(?<![\w$])([A-Za-z_$][\w$]*)/)
  const code = pieces.map((piece, i) =>
    i % 2 === 1 && Object.hasOwn(meanings, piece) ? html("span", { class: meanings[piece]! }, piece) : piece,
  )
  const view = html("pre", { tabindex: 0, role: "group", "aria-label": "Text" }, html("code", {}, ...code))
  return figure("listing", label, view)
}
