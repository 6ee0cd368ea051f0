import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { readFile, readdir, stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Plugin } from "vite"
import { buildChapter, type BuiltCell } from "./chapter.ts"
import { regions } from "../language/regions.ts"
import { manuscriptOf } from "./manuscript.ts"
import type { FindRegion } from "./parse.ts"
import { TypeChecker } from "./types.ts"

/** Where things are, and what cells may import. */
export interface NotebookOptions {
  /** The project's folder. */
  root: string
  /** The folder of chapters, from the root. */
  chapters: string
  /** The modules that cells may import: each name, and the file or package it stands for. */
  libraries: Record<string, string>
  /** The folder whose regions a chapter may show and a reader may edit. */
  engine: string
  /** The folders whose code the cells run: a change there builds every chapter again. */
  watch: string[]
  /** Writes the site's own marks in prose, citations for example, as Markdown. */
  plain(prose: string): string
}

/**
 * Gives the site its chapters' cells, as modules:
 * - `virtual:outputs`: `{ [chapter]: () => cells }`, for the pages that are built;
 * - `virtual:engine`: the engine's files, for a reader who changes one;
 * - `virtual:manuscripts`: `{ [chapter]: () => manuscript }`, for a reader who takes a chapter along;
 * - `virtual:definitions`: `{ [chapter]: () => definitions }`, plain JavaScript, for the page that is read.
 */
export function notebook({ root, chapters, libraries, engine, watch, plain }: NotebookOptions): Plugin {
  const types = new TypeChecker(root)
  const folder = join(root, chapters)
  const built = new Map<string, { key: string; cells: Promise<BuiltCell[]> }>()

  async function build(chapter: string): Promise<BuiltCell[]> {
    const file = join(folder, `${chapter}.mdx`)
    const key = createHash("sha256")
      .update(await readFile(file))
      .update(await stamp(root, watch))
      .digest("hex")
    const known = built.get(chapter)
    if (known?.key === key) return known.cells
    const cells = buildChapter(file, {
      libraries: librariesForNode(root, libraries),
      types,
      findRegion: regionFinder(join(root, engine)),
    })
    built.set(chapter, { key, cells })
    return cells
  }

  let isServing = false

  const map = async (kind: string): Promise<string> => {
    // While somebody writes, only the chapter that is looked at is built.
    if (isServing && kind === "outputs")
      return `export default new Proxy({}, { get: (_, name) => () => import(/* @vite-ignore */ "/@id/__x00__virtual:outputs/" + name) })`
    const names = (await readdir(folder)).filter((name) => name.endsWith(".mdx")).map((name) => basename(name, ".mdx"))
    return `export default {${names.map((name) => `${JSON.stringify(name)}: () => import("virtual:${kind}/${name}")`).join(",")}}`
  }

  return {
    name: "seven-knobs:notebook",
    enforce: "pre",
    configResolved({ command }) {
      isServing = command === "serve"
    },
    resolveId: (id) => (/^virtual:(outputs|definitions|manuscripts|engine)(\/|$)/.test(id) ? `\0${id}` : null),
    async load(id) {
      if (id === "\0virtual:engine") return engineModule(join(root, engine))
      const [, kind, chapter] = /^\0virtual:(outputs|definitions|manuscripts)(?:\/(.+))?$/.exec(id) ?? []
      if (!kind) return null
      if (!chapter) return map(kind)
      const file = join(folder, `${chapter}.mdx`)
      this.addWatchFile(file)
      if (kind === "manuscripts")
        return `export default ${JSON.stringify(manuscriptOf(await readFile(file, "utf8"), plain))}`
      for (const path of await files(root, watch)) this.addWatchFile(path)
      const cells = await build(chapter)
      return kind === "outputs"
        ? outputsModule(cells)
        : definitionsModule(cells, (module, name) => homeOf(join(root, libraries[module]!), name))
    },
  }
}

/** The file in which a name that an index re-exports is defined. */
function homeOf(index: string, name: string): string {
  for (const [, names = "", path = ""] of readFileSync(index, "utf8").matchAll(/export \{([^}]*)\} from "([^"]+)"/g)) {
    if (names.split(",").some((part) => part.trim() === name)) return join(dirname(index), path)
  }
  return index
}

/** The engine's files as they are, for a reader who changes one. */
async function engineModule(folder: string): Promise<string> {
  const entries = await Promise.all(
    filesOf(folder).map(async (path) => [path, await readFile(join(folder, path), "utf8")]),
  )
  return `export default ${JSON.stringify(Object.fromEntries(entries))}`
}

/** The paths of the TypeScript files in a folder and in those inside it, always with "/". */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
}

/** Where Node finds what cells may import. */
export function librariesForNode(root: string, libraries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(libraries).map(([name, path]) => [
      name,
      path.startsWith(".") ? pathToFileURL(join(root, path)).href : path,
    ]),
  )
}

/** Reads regions from the files of a folder. */
export function regionFinder(folder: string): FindRegion {
  return (path, name) => {
    const files = filesOf(folder)
    if (!files.includes(path)) return { known: files }
    const found = regions(readFileSync(join(folder, path), "utf8"))
    return found.find((region) => region.name === name) ?? { known: found.map((region) => `${path}#${region.name}`) }
  }
}

function outputsModule(cells: BuiltCell[]): string {
  return `export default ${JSON.stringify(Object.fromEntries(cells.map((cell) => [cell.name, cell])))}`
}

/**
 * The cells as plain JavaScript, with the names that they import and no others. Each name is imported from the file that
 * it is at home in, so that a chapter gets the figures that it shows and no others.
 */
function definitionsModule(cells: BuiltCell[], home: (module: string, name: string) => string): string {
  const live = cells.flatMap(({ name, kind, definition }) => (definition ? [{ name, kind, definition }] : []))
  const needed = new Map<string, Set<string>>()
  for (const { definition } of live) {
    for (const [module, names] of Object.entries(definition.imports)) {
      for (const name of names) needed.set(module, (needed.get(module) ?? new Set()).add(name))
    }
  }
  const imports: string[] = []
  const bundled: string[] = []
  for (const [module, names] of needed) {
    if (names.has("*")) continue
    const locals = [...names].map((name, i) => ({ name, local: `m${bundled.length}_${i}` }))
    for (const { name, local } of locals)
      imports.push(`import { ${name} as ${local} } from ${JSON.stringify(home(module, name))}`)
    bundled.push(`${JSON.stringify(module)}: { ${locals.map(({ name, local }) => `${name}: ${local}`).join(", ")} }`)
  }
  const list = live.map(({ name, kind, definition: { inputs, outputs, imports, autodisplay, body } }) => {
    const data = JSON.stringify({ name, kind, inputs, outputs, imports, autodisplay })
    return `{ ...${data}, body: ${body} }`
  })
  return `${imports.join("\n")}\nexport const bundled = { ${bundled.join(", ")} }\nexport const cells = [\n${list.join(",\n")}\n]\n`
}

async function files(root: string, folders: string[]): Promise<string[]> {
  const lists = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })))
  return lists
    .flatMap((names, i) => names.filter((name) => name.endsWith(".ts")).map((name) => join(root, folders[i]!, name)))
    .sort()
}

async function stamp(root: string, folders: string[]): Promise<string> {
  const times = await Promise.all(
    (await files(root, folders)).map(async (path) => `${path} ${(await stat(path)).mtimeMs}`),
  )
  return times.join("\n")
}
