import { fileURLToPath } from "node:url"
import { mdxToJs, mdxToMdast, type MdastNode } from "satteri"
import { beforeAll, describe, expect, it } from "vitest"
import { parseBibliography, readBibliography } from "../../src/content/bibliography.ts"
import { citations } from "../../src/content/citations.ts"

const bibliography = fileURLToPath(new URL("../../src/content/bibliography.bib", import.meta.url))

/** The HTML that a chapter's compiled page would show, with JSX calls read back as tags. */
async function page(markdown: string): Promise<string> {
  const fileURL = new URL("src/content/chapters/sample.mdx", `file://${process.cwd()}/`)
  const { code } = await mdxToJs(markdown, {
    fileURL,
    mdastPlugins: [citations(bibliography)],
    jsxRuntime: "automatic",
    elementAttributeNameCase: "html",
  })
  const element = (type: unknown, { children, ...attributes }: Record<string, unknown>): string => {
    const inside = [children].flat(Infinity).join("")
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${String(value)}"`)
    return typeof type === "string" ? `<${type}${written.join("")}>${inside}</${type}>` : inside
  }
  const body = code.replace(/^import .*$/m, "").replace(/export default/, "return")
  const components = { Source: "Source" }
  const make = new Function("_jsx", "_jsxs", "_Fragment", body) as (...args: unknown[]) => (props: object) => string
  return make(element, element, null)({ components })
}

const failure = (markdown: string): Promise<string> =>
  page(markdown).then(
    () => "no error",
    (error: Error) => error.message,
  )

// The first reference loads the citation style, which takes a second, or several on a busy machine.
beforeAll(() => void readBibliography(bibliography).get("olah2015")!.label, 60_000)

describe("a citation", () => {
  it("is a number that links to its reference, and says which work it is", async () => {
    expect(await page("Sum the paths [@olah2015].")).toContain(
      'Sum the paths\u00a0<span class="citation">[<a href="#ref-olah2015" id="cite-olah2015-1" role="doc-biblioref" aria-label="Reference 1: Olah, 2015">1</a>]</span>.',
    )
  })

  it("keeps its number when it comes again, and gets an id of its own", async () => {
    const html = await page("One [@olah2015], two [@nielsen2015].\n\nAgain [@olah2015].")
    expect(html.match(/aria-label="Reference \d/g)).toEqual([
      'aria-label="Reference 1',
      'aria-label="Reference 2',
      'aria-label="Reference 1',
    ])
    expect(html).toContain('id="cite-olah2015-2"')
  })

  it("can name several works and a place in a work", async () => {
    const html = await page("See [@olah2015; @nielsen2015, chapter 2].")
    expect(html.replace(/<[^>]+>/g, "")).toContain("See\u00a0[1, 2, chapter 2].")
  })

  it("is left alone in code and in links", async () => {
    const html = await page("`[@olah2015]` and [a link](https://example.org)")
    expect(html).not.toContain("citation")
    expect(html).not.toContain("References")
  })

  it("works in emphasis, lists, tables and footnotes", async () => {
    const html = await page(
      "*In [@olah2015]*\n\n- In [@goh2017]\n\n| a |\n| - |\n| In [@he2015] |\n\nIn[^1]\n\n[^1]: In [@parr2018].",
    )
    expect(html.match(/class="citation"/g)).toHaveLength(4)
    expect(html.match(/<li id="ref-/g)).toHaveLength(4)
  })
})

describe("the references", () => {
  it("stand at the end, in the order of their first mention, each with a link back to every mention", async () => {
    const html = await page("A [@nielsen2015]. B [@olah2015]. C [@nielsen2015].")
    const list = html.slice(html.indexOf("<h2>References</h2>"))
    expect(list.match(/id="ref-[^"]+"/g)).toEqual(['id="ref-nielsen2015"', 'id="ref-olah2015"'])
    expect(list).toContain(
      'href="#cite-nielsen2015-1" role="doc-backlink" aria-label="Back to where Nielsen, 2015 is cited (mention 1 of 2)"',
    )
    expect(list).toContain('href="#cite-olah2015-1" role="doc-backlink" aria-label="Back to where Olah, 2015 is cited"')
  })

  it("lead somewhere: every link inside the page has its target", async () => {
    const html = await page("A [@nielsen2015]. B [@olah2015; @goh2017]. C [@nielsen2015].")
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id!}"`)
  })

  it("name authors, year, title and venue, and link the address", async () => {
    const html = await page("A [@rumelhart1986].")
    expect(html.replace(/<[^>]+>/g, "")).toContain(
      "Rumelhart, D. E., Hinton, G. E., & Williams, R. J. (1986). Learning representations by back-propagating errors. Nature, 323(6088), 533–536. doi.org/10.1038/323533a0",
    )
    expect(html).toContain('<a href="https://doi.org/10.1038/323533a0">')
  })
})

describe("a mistake in a citation", () => {
  it("names file and line, and what the bibliography has instead", async () => {
    expect(await failure("Title\n\nRead this:\nsum the paths [@olah2016].")).toMatchInlineSnapshot(`
      "src/content/chapters/sample.mdx:4:15
      There is no work "olah2016" in the bibliography
          4 | sum the paths [@olah2016].
            |               ^
      The bibliography has olah2015. Add the entry there, or correct the key."
    `)
  })

  it("is found in what is not a citation at all", async () => {
    expect(await failure("Sum [@olah2015 page 3].")).toContain("This is not a citation: @olah2015 page 3")
  })

  it("is found in a source of the list of resources", async () => {
    expect(await failure('Some words.\n\n<Source id="goh">\nGood.\n</Source>')).toContain(
      'sample.mdx:3:1\nThere is no work "goh" in the bibliography',
    )
  })
})

describe("a source", () => {
  it("gets the facts of the work", async () => {
    expect(await page('<Source id="zhang2023d2l">\nGood.\n</Source>')).toContain(
      '<Source id="zhang2023d2l" title="Dive into Deep Learning" authors="Aston Zhang, Zachary C. Lipton, Mu Li and Alexander J. Smola" year="2023" venue="Cambridge University Press" href="https://d2l.ai/">',
    )
  })
})

describe("the bibliography", () => {
  it("has authors, a title, a year, a venue and an address for every work", () => {
    const works = readBibliography(bibliography)
    expect(works.size).toBeGreaterThan(25)
    for (const { key, title, authors, year, venue, href } of works.values()) {
      expect(
        [title, authors, venue].every((fact) => fact.length > 2),
        key,
      ).toBe(true)
      expect(year, key).toMatch(/^(19|20)\d\d$/)
      expect(URL.canParse(href), key).toBe(true)
    }
  })

  it("gives no year a letter: works are told apart by their numbers", () => {
    for (const { label, reference } of readBibliography(bibliography).values())
      expect(`${label} ${reference}`).not.toMatch(/\(?\d{4}[a-z]\b/)
  }, 20_000)

  it("refuses two entries of one key, and an entry without an address", () => {
    const entry = "@book{a, author = {Doe, Jane}, title = {T}, year = {2000}, url = {https://example.org}}"
    expect(() => parseBibliography(`${entry}\n${entry}`)).toThrow("two entries a: give one of them another key")
    expect(() => parseBibliography("@book{a, author = {Doe, Jane}, title = {T}, year = {2000}}")).toThrow(
      "The entry a of the bibliography has no address",
    )
  })
})

/** Keeps the parser's promise that the plugin leans on: brackets with an at sign stay one piece of text. */
describe("the parser", () => {
  it("leaves a citation in one text", () => {
    const texts: string[] = []
    const visit = (node: MdastNode): void => {
      if (node.type === "text") texts.push(node.value)
      if ("children" in node) node.children.forEach(visit)
    }
    visit(mdxToMdast("A [@b; @c, chapter 2] d."))
    expect(texts).toEqual(["A [@b; @c, chapter 2] d."])
  })
})
