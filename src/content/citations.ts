import { fileURLToPath } from "node:url"
import type { MdastContent, MdastPluginDefinition, PluginFactoryContext } from "satteri"
import { ChapterError } from "../notebook/build/error.ts"
import { readBibliography, type Work } from "./bibliography.ts"

/** A citation in prose: `[@olah2015]`, `[@olah2015; @nielsen2015]`, `[@nielsen2015, chapter 2]`. */
const citation = /\[(@[^\]]+)\]/g
const item = /^@([\w:.-]+)(?:,\s*(.+))?$/

/**
 * Citations of a BibTeX file in a chapter's prose. Each `[@key]` becomes a number that links to the reference; the
 * references that the chapter cites stand in a list at its end, in the order of their first mention, each with links back.
 * `<Source id="key">` gets the facts of the work as attributes. A key that the file lacks stops the build.
 * @param bibliography the path of the BibTeX file
 */
export function citations(bibliography: string): (context: PluginFactoryContext) => MdastPluginDefinition {
  return ({ fileURL, source }) => {
    const works = readBibliography(bibliography)
    const cited = new Map<Work, { number: number; mentions: number }>()
    const file = fileURL ? fileURLToPath(fileURL) : ""

    const find = (key: string, line: number, column: number): Work => {
      const work = works.get(key)
      if (work) return work
      const hint = `The bibliography has ${near(key, [...works.keys()])}. Add the entry there, or correct the key.`
      throw new ChapterError({
        file,
        line,
        column,
        message: `There is no work "${key}" in the bibliography`,
        hint,
        source,
      })
    }
    const mention = (written: string, line: number, column: number): MdastContent[] => {
      const [, key, locator] = item.exec(written.trim()) ?? []
      if (!key) {
        const hint = "Write [@key], [@key; @other] or [@key, chapter 2]."
        throw new ChapterError({ file, line, column, message: `This is not a citation: ${written}`, hint, source })
      }
      const work = find(key, line, column)
      const place = cited.get(work) ?? { number: cited.size + 1, mentions: 0 }
      cited.set(work, { ...place, mentions: place.mentions + 1 })
      const id = `cite-${key}-${place.mentions + 1}`
      const hProperties = { id, role: "doc-biblioref", ariaLabel: `Reference ${place.number}: ${work.label}` }
      const link = {
        type: "link",
        url: `#ref-${key}`,
        children: [text(String(place.number))],
        data: { hProperties },
      } as MdastContent
      return locator ? [link, text(`, ${locator}`)] : [link]
    }

    return {
      name: "citations",
      options: { position: true },
      text(node, context) {
        const pieces: MdastContent[] = []
        let end = 0
        for (const match of node.value.matchAll(citation)) {
          const before = node.value.slice(0, match.index).split("\n")
          const start = node.position?.start ?? { line: 1, column: 1 }
          const line = start.line + before.length - 1
          const column = before.length > 1 ? before.at(-1)!.length + 1 : start.column + match.index
          const links = match[1]!
            .split(";")
            .flatMap((written, i) => [...(i > 0 ? [text(", ")] : []), ...mention(written, line, column)])
          // A citation stays with the word before it.
          pieces.push(text(node.value.slice(end, match.index).replace(/\s$/, "\u00a0")), {
            type: "citation",
            children: [text("["), ...links, text("]")] as never,
            data: { hName: "span", hProperties: { className: ["citation"] } },
          })
          end = match.index + match[0].length
        }
        if (end > 0) context.replaceNode(node, [...pieces, text(node.value.slice(end))])
      },
      mdxJsxFlowElement(node, context) {
        if (node.name !== "Source") return
        const written = node.attributes.find(
          (attribute) => attribute.type === "mdxJsxAttribute" && attribute.name === "id",
        )
        const { line, column } = node.position?.start ?? { line: 1, column: 1 }
        const { key, title, authors, year, venue, href } = find(
          typeof written?.value === "string" ? written.value : "",
          line,
          column,
        )
        const facts = Object.entries({ id: key, title, authors, year, venue, href })
        context.replaceNode(node, {
          ...node,
          attributes: facts.map(([name, value]) => ({ type: "mdxJsxAttribute", name, value })),
        })
      },
      after(root, context) {
        if (cited.size === 0) return
        const list = [...cited].map(([work, { mentions }]) => reference(work, mentions)).join("\n")
        context.appendChild(root, [
          { type: "heading", depth: 2, children: [text("References") as never] },
          { raw: `<ol class="references">\n${list}\n</ol>`, mdxExpressions: false },
        ])
      },
    }
  }
}

/** Writes the citations of a prose as links: `[@olah2015]` as `([Olah, 2015](https://…))`. */
export function plainCitations(bibliography: string): (prose: string) => string {
  return (prose) =>
    prose.replace(citation, (_, written: string) => {
      const links = written.split(";").map((one) => {
        const [, key = "", locator] = item.exec(one.trim()) ?? []
        const { label, href } = readBibliography(bibliography).get(key)!
        return `[${label}](${href})${locator ? `, ${locator}` : ""}`
      })
      return `(${links.join("; ")})`
    })
}

function reference({ key, label, reference }: Work, mentions: number): string {
  const back = Array.from({ length: mentions }, (_, i) => {
    const which = mentions > 1 ? ` (mention ${i + 1} of ${mentions})` : ""
    return `<a class="back" href="#cite-${key}-${i + 1}" role="doc-backlink" aria-label="Back to where ${label} is cited${which}">↩${mentions > 1 ? `<sup>${i + 1}</sup>` : ""}</a>`
  })
  return `<li id="ref-${key}">${reference} ${back.join(" ")}</li>`
}

function text(value: string): MdastContent {
  return { type: "text", value }
}

/** The keys that begin as the one that was not found, or all of them. */
function near(key: string, keys: string[]): string {
  const stem = key.toLowerCase().slice(0, 4)
  const alike = keys.filter((known) => stem !== "" && known.toLowerCase().startsWith(stem))
  return (alike.length > 0 ? alike : keys).join(", ")
}
