import type { Description, Piece, Signature } from "../answers.ts"

/** What a name is, to be read: its signature, its doc comment, and the cell that it comes from. */
export function noteOf({ signature, documentation, cell }: Description): HTMLElement {
  const where = cell ? [element("p", "type-where", `From the cell ${cell}`)] : []
  return element("div", "type-note", code(signature), ...prose(documentation), ...where)
}

/** A call with its parameters, the one that is being typed marked, and what is documented of both. */
export function callOf({ head, separator, tail, parameters, active, documentation }: Signature): HTMLElement {
  const list = parameters.flatMap(({ pieces }, i) => [
    ...(i > 0 ? coloured(separator) : []),
    i === active ? element("strong", "type-active", ...coloured(pieces)) : element("span", "", ...coloured(pieces)),
  ])
  const call = element("code", "type-signature", ...coloured(head), ...list, ...coloured(tail))
  const parameter = parameters[active]?.documentation ?? ""
  return element("div", "type-note", call, ...prose(parameter), ...prose(documentation))
}

/** Pieces of code as plain text, for those who listen. */
export function textOf(pieces: Piece[]): string {
  return pieces.map(({ text }) => text).join("")
}

function code(pieces: Piece[]): HTMLElement {
  return element("code", "type-signature", ...coloured(pieces))
}

function coloured(pieces: Piece[]): (Node | string)[] {
  return pieces.map(({ text, colour }) => (colour ? element("span", `code-${colour}`, text) : text))
}

/** The paragraphs of a doc comment, which is written in a little Markdown: `code`, *stress*, **names**, lists, fenced code. */
function prose(documentation: string): HTMLElement[] {
  return documentation.split(/```\w*\n?([^]*?)```/).flatMap((text, i) =>
    i % 2 === 1
      ? [element("pre", "", text.trimEnd())]
      : text
          .split(/\n\s*\n/)
          .map((paragraph) => paragraph.replace(/^\[\d+\]: .*$/gm, "").trim())
          .filter(Boolean)
          .map((paragraph) => element("p", "", ...inline(paragraph.replace(/\n(?!\s*[-*] )/g, " ")))),
  )
}

function inline(text: string): (Node | string)[] {
  return text
    .replace(/\[([^\]]+)\](?:\[\d+\]|\([^)]*\))/g, "$1")
    .split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
    .map((piece, i) => {
      if (i % 2 === 0) return piece
      if (piece.startsWith("`")) return element("code", "", piece.slice(1, -1))
      return piece.startsWith("**") ? element("b", "", piece.slice(2, -2)) : element("em", "", piece.slice(1, -1))
    })
}

function element(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag)
  if (className) made.className = className
  made.append(...children)
  return made
}
