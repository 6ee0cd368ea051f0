import { Cite, type CSL } from "@citation-js/core"
import "@citation-js/plugin-bibtex"
import "@citation-js/plugin-csl"
import { readFileSync, statSync } from "node:fs"

/** A work of the bibliography, in the pieces that a page needs. */
export interface Work {
  key: string
  title: string
  /** The authors in full: "Aston Zhang, Mu Li and Alexander J. Smola". */
  authors: string
  year: string
  /** The journal, publisher or site; empty if the entry has none. */
  venue: string
  /** Where a reader can read it. */
  href: string
  /** Authors and year in short, as one says them: "Zhang et al., 2023". */
  readonly label: string
  /** The whole reference in APA style, as HTML, its address a link. */
  readonly reference: string
}

/** The works of a BibTeX file, by their keys; read once for each change of the file. */
export function readBibliography(file: string): Map<string, Work> {
  const { mtimeMs } = statSync(file)
  const known = read.get(file)
  if (known?.mtimeMs === mtimeMs) return known.works
  const works = parseBibliography(readFileSync(file, "utf8"))
  read.set(file, { mtimeMs, works })
  return works
}

const read = new Map<string, { mtimeMs: number; works: Map<string, Work> }>()

/** The works of a BibTeX text, by their keys. Throws on a syntax error, on two entries of one key, on one without an address. */
export function parseBibliography(bibtex: string): Map<string, Work> {
  const works = new Map<string, Work>()
  for (const entry of new Cite(bibtex).data) {
    const work = workOf(entry)
    if (works.has(work.key))
      throw new Error(`The bibliography has two entries ${work.key}: give one of them another key.`)
    if (work.href === "")
      throw new Error(`The entry ${work.key} of the bibliography has no address: give it a url or a doi.`)
    works.set(work.key, work)
  }
  return works
}

function workOf(entry: CSL): Work {
  const id = String(entry.id)
  // Alone, so that no year gets a letter; and only when it is cited, for the formatting takes a while.
  const cite = (): Cite => new Cite([entry])
  let label: string | undefined
  let reference: string | undefined
  return {
    key: id,
    title: plain(entry.title ?? ""),
    authors: list(
      (entry.author ?? []).map(({ given, family, literal }) => literal ?? [given, family].filter(Boolean).join(" ")),
    ),
    year: String(entry.issued?.["date-parts"]?.[0]?.[0] ?? ""),
    venue: plain(entry["container-title"] ?? entry.publisher ?? ""),
    href: entry.URL ?? (entry.DOI ? `https://doi.org/${entry.DOI}` : ""),
    get label() {
      label ??= short(cite().format("citation", { style: "apa", entry: id, citationsPre: [], citationsPost: [] }))
      return label
    },
    get reference() {
      reference ??= linked(cite().format("bibliography", { format: "html", style: "apa" }))
      return reference
    },
  }
}

/** An author and a year without their brackets. */
const short = (citation: string): string => citation.replace(/^\(|\)$/g, "")

/** The one reference of a bibliography, the address at its end a link, shown without what every address has. */
function linked(bibliography: string): string {
  const reference = /<div data-csl-entry-id[^>]*>([^]*?)<\/div>/.exec(bibliography)![1]!
  return reference.replace(
    /https?:\/\/\S+$/,
    (href) => `<a href="${href}">${href.replace(/^https?:\/\/(www\.)?|\/$/g, "")}</a>`,
  )
}

/** Without the marks that protect the case of a word. */
const plain = (text: string): string => text.replace(/<[^>]+>/g, "")

function list(names: string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`
}
