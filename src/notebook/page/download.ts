import { CellError, compile } from "../language/index.ts"
import { regions, replaceRegion } from "../language/regions.ts"
import { formats, shownAsMarkdown, type Block, type Book, type FormatName } from "../export/index.ts"
import type { Cell, Chapter } from "./chapter.ts"

/**
 * Downloads a chapter as it stands on the page, with its reader's changes.
 *
 * @throws CellError where a change of the engine keeps it from being written
 */
export async function download(chapter: Chapter, format: FormatName): Promise<void> {
  const { extension, mime, write } = formats[format]
  const name = chapter.setup.chapter + extension
  const text = write(await bookOf(chapter), name)
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: mime }))
  link.download = name
  link.click()
  // The browser reads the address after this task.
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, 60_000)
}

async function bookOf(chapter: Chapter): Promise<Book> {
  const { setup } = chapter
  const [manuscript, files] = await Promise.all([setup.manuscript(), setup.engine.files()])
  const libraries = await setup.portables(withEdits(files, chapter))
  const known = Object.keys(libraries)
  const blocks = await Promise.all(
    manuscript.map(async (part): Promise<Block> => {
      if ("cell" in part) return blockOf(chapter, chapter.cells.get(part.cell)!, known)
      const pieces = part.prose.map((piece) =>
        typeof piece !== "string" && "name" in piece
          ? { source: piece.source, shows: shownBy(chapter, piece.name) }
          : piece,
      )
      return { kind: "prose", pieces }
    }),
  )
  const words = (selector: string): string => document.querySelector(selector)!.textContent.trim()
  const address = location.origin + location.pathname
  return { title: words("h1"), subtitle: words(".subtitle"), address, blocks, libraries }
}

function shownBy({ setup }: Chapter, inline: string): string {
  return setup.article.querySelector(`[data-cell="${inline}"]`)!.textContent
}

async function blockOf(chapter: Chapter, { kind, frame, text }: Cell, modules: string[]): Promise<Block> {
  const { name, root, output } = frame
  if (kind === "engine") return { kind, name, source: text }
  const definition = definitionOf(text, modules)
  const hasInputs = /\bview\s*\(/.test(text)
  const stands = await Promise.all(
    (hasInputs ? (definition?.outputs ?? []) : []).map(
      async (output) => [output, await standOf(chapter, output)] as const,
    ),
  )
  const isFolded = root.classList.contains("cell-folded")
  const shows = shownAsMarkdown(output)
  return { kind, name, source: text, definition, stands: Object.fromEntries(stands), isFolded, shows }
}

function definitionOf(source: string, modules: string[]): (Block & { kind: "cell" })["definition"] {
  try {
    const { inputs, outputs, autodisplay, imports } = compile(source)
    return Object.keys(imports).every((module) => modules.includes(module)) ? { inputs, outputs, autodisplay } : null
  } catch (error) {
    if (error instanceof CellError) return null
    throw error
  }
}

/** What a name stands for now, if it is plain data and there already. */
async function standOf({ notebook }: Chapter, name: string): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, 500))
  try {
    const value = await Promise.race([notebook.value(name), late])
    return typeof value === "function" ? undefined : (JSON.parse(JSON.stringify(value)) as unknown)
  } catch {
    return undefined
  }
}

/** The engine's files with the regions that the reader changed. */
function withEdits(files: Record<string, string>, { cells }: Chapter): Record<string, string> {
  const changed = { ...files }
  for (const { kind, frame, text } of cells.values()) {
    if (kind !== "engine" || text === frame.original) continue
    const [path = "", name] = frame.name.split("#")
    const region = regions(changed[path]!).find((one) => one.name === name)!
    changed[path] = replaceRegion(changed[path]!, region, text)
  }
  return changed
}
