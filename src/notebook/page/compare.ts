import { diffLines } from "diff"

/** How a text differs from the original, line by line: a sign before each line, and colour besides. */
export function compare(original: string, text: string): HTMLElement {
  const box = document.createElement("pre")
  box.className = "cell-diff"
  box.tabIndex = 0
  box.setAttribute("role", "group")
  box.setAttribute("aria-label", "Changes from the article")
  for (const { value, added, removed } of diffLines(original, text)) {
    for (const line of value.replace(/\n$/, "").split("\n")) {
      const row = document.createElement(added ? "ins" : removed ? "del" : "span")
      row.textContent = `${added ? "+" : removed ? "−" : " "} ${line}`
      box.append(row)
    }
  }
  return box
}
