import { readFileSync } from "node:fs"
import { mdxToMdast, type MdastNode } from "satteri"
import { describe, expect, it } from "vitest"

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")
const page = mdxToMdast(read("src/content/chapters/notes.mdx"), { features: { math: true, frontmatter: true } })

type Element = MdastNode & { name: string; attributes: { name?: string; value?: unknown }[]; children: MdastNode[] }

/** Every element of that name, in reading order. */
function elements(name: string, node: MdastNode = page): Element[] {
  const own = "name" in node && node.name === name ? [node as Element] : []
  return [...own, ...("children" in node ? node.children.flatMap((child) => elements(name, child)) : [])]
}

const attribute = (element: Element, name: string): unknown =>
  element.attributes.find((attribute) => attribute.name === name)?.value

/** The author's own words in a node: all but remarks and filled blanks. */
function words(node: MdastNode): string {
  if ("name" in node && ["Remark", "Filled"].includes(node.name ?? "")) return ""
  if ("children" in node) return node.children.map(words).join("")
  return "value" in node ? node.value : ""
}

/** The author's lines in a passage: a paragraph or heading each, and "- " before an item of a list. */
function lines(node: MdastNode): string[] {
  if (node.type === "paragraph" || node.type === "heading") return [words(node)]
  if (node.type === "listItem") return node.children.flatMap(lines).map((line) => `- ${line}`)
  if ("name" in node && node.name === "Remark") return []
  return "children" in node ? node.children.flatMap(lines) : []
}

const plain = (line: string): string =>
  line
    .replace(/\s+/g, " ")
    .replace(/ ([,.])/g, "$1")
    .trim()

describe("the page of the notes", () => {
  it("has every line of the notes, word for word, in their order, and no other", () => {
    const original = read("tests/fixtures/notes.txt")
      .split("\n")
      .filter((line) => line.trim())
    expect(elements("Passage").flatMap(lines).map(plain)).toEqual(original.map(plain))
  })

  it("fills in the six formulas that the notes left blank", () => {
    const filled = elements("Passage").flatMap((passage) => elements("Filled", passage))
    const formulas = filled.map((blank) =>
      blank.children.map((child) => ("value" in child ? child.value : "")).join(""),
    )
    expect(formulas.map((tex) => tex.replace(/\\(gradient|data|knob)\{/g, "{"))).toMatchInlineSnapshot(`
      [
        "{f'}({x}) = \\displaystyle\\lim_{h \\to 0} \\frac{f({x} + h) - f({x})}{h}",
        "{\\mathbf a} = \\sigma({W}{\\mathbf x} + {\\mathbf b})",
        "\\sigma",
        "{W}",
        "{\\mathbf x}",
        "{\\mathbf b}",
      ]
    `)
  })

  it("has one remark for each claim, in the same order, so that their numbers agree", () => {
    const claims = elements("Claim").map((claim) => attribute(claim, "id"))
    const remarks = elements("Remark").flatMap((remark) => attribute(remark, "id") ?? [])
    expect(new Set(claims).size).toBe(claims.length)
    expect(remarks).toEqual(claims)
  })

  it("links every remark to the place that covers it", () => {
    const links = (node: MdastNode): string[] =>
      node.type === "link" ? [node.url] : "children" in node ? node.children.flatMap(links) : []
    for (const remark of elements("Remark")) {
      expect(links(remark).length, words({ ...remark, name: "div" } as Element)).toBeGreaterThan(0)
      for (const url of links(remark)) expect(url).toMatch(/^\.\.\//)
    }
  })
})
