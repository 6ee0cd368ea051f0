import { parseHTML } from "linkedom"
import { describe, expect, it } from "vitest"
import { shownAsMarkdown } from "../../../src/notebook/export/shown.ts"

const shown = (html: string): string =>
  shownAsMarkdown(parseHTML(`<main><div class="cell-output">${html}</div></main>`).document.querySelector("div")!)

describe("what an output shows, as Markdown", () => {
  it.each([
    ["a value", '<div class="observablehq">6.01</div>', "```\n6.01\n```"],
    ["nothing", "", ""],
    [
      "a table",
      '<div class="figure figure-table"><table><tr><th>h</th><th>a|b</th></tr><tr><td>1</td><td>7</td></tr></table></div>',
      "| h | a\\|b |\n| --- | --- |\n| 1 | 7 |",
    ],
    [
      "a figure",
      '<div class="figure"><svg></svg><p class="figure-line">Loss 1.06 at *G*.</p></div>',
      "*Loss 1.06 at \\*G\\*.*",
    ],
    ["a chart", '<figure><svg aria-label="The error"></svg></figure>', "*The error*"],
    ["an input", '<form><label>step</label><input value="99"></form>', "*step 99*"],
    ["two values", "<div>1</div><div>2</div>", "```\n1\n```\n\n```\n2\n```"],
  ])("is told of %s", (_, html, expected) => {
    expect(shown(html)).toBe(expected)
  })
})
