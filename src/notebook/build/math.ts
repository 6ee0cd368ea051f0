import katex from "katex"

/** One meaning per colour, in formulas too: `\knob{w}`, `\loss{L}`. */
const meanings = ["data", "gradient", "knob", "target", "loss"]
const macros = Object.fromEntries(meanings.map((meaning) => [`\\${meaning}`, `\\htmlClass{${meaning}}{#1}`]))

/** A formula for where the site's colours mean nothing: `\knob{w}` is `w` there, `\loss{L'}` is `{L'}`. */
export function withoutMeanings(tex: string): string {
  const one = meanings.join("|")
  return tex
    .replace(new RegExp(`(?<![A-Za-z])\\\\(?:${one})\\{(\\w)\\}`, "g"), "$1")
    .replace(new RegExp(`\\\\(?:${one})(?=\\{)`, "g"), "")
}

/** A formula of so few signs stays on one line: `x = -1` is not torn apart. */
const SHORT = 14

/** A formula as HTML with MathML inside. Throws KaTeX's own error on a mistake. */
export function renderMath(tex: string, displayMode: boolean): string {
  const signs = tex.replace(/\\[a-z]+|[{}\s]/gi, "").length
  const html = katex.renderToString(tex, {
    displayMode,
    output: "htmlAndMathml",
    throwOnError: true,
    strict: (code: string) => (code === "htmlExtension" ? "ignore" : "error"),
    trust: ({ command }) => command === "\\htmlClass",
    macros: { ...macros },
  })
  return !displayMode && signs <= SHORT ? html.replace('class="katex"', 'class="katex short"') : html
}
