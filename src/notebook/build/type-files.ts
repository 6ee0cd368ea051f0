import { existsSync } from "node:fs"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { basename, dirname, join, relative } from "node:path"
import ts from "typescript"
import type { Plugin } from "vite"
import type { TypeFiles } from "../types/service.ts"
import { compilerOptions } from "../types/options.ts"
import { ownModules } from "./types.ts"

/** Where things are that the page's type checker is given. */
export interface TypeFilesOptions {
  /** The project's folder. */
  root: string
  /** The folder whose sources are given whole, from the root; what else cells import is given as declarations. */
  engine: string
}

/** `virtual:type-files`: the address of a JSON file with all that the page's type checker reads (`TypeFiles`). */
export function typeFilesPlugin(options: TypeFilesOptions): Plugin {
  const id = "virtual:type-files"
  return {
    name: "seven-knobs:type-files",
    // Found only when an author first edits a page, it would make that page load anew.
    config: () => ({ optimizeDeps: { include: ["typescript"] } }),
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    async load(asked) {
      if (asked !== `\0${id}`) return null
      const file = join(options.root, ".cache/type-files.json")
      const gathered = await typeFiles(options)
      for (const path of Object.keys(gathered.files)) {
        const source = join(options.root, path.replace(/\.d\.ts$/, ".ts"))
        if (path.startsWith("/src/") && existsSync(source)) this.addWatchFile(source)
      }
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, JSON.stringify(gathered))
      return `export { default } from ${JSON.stringify(`${file}?url`)}`
    },
  }
}

/** Gathers what the cells of a chapter are checked against, in the page as at build. */
export async function typeFiles({ root, engine }: TypeFilesOptions): Promise<TypeFiles> {
  const modules = Object.values(ownModules(root)).flat()
  const inputs = join(root, "src/notebook/inputs.d.ts")
  const plot = join(root, "node_modules/@observablehq/plot/src/index.d.ts")
  const options = { ...compilerOptions(ts, ownModules(root)), noEmit: false, declaration: true }
  const program = ts.createProgram([...modules, inputs, plot], { ...options, emitDeclarationOnly: true })
  const libraries = dirname(ts.getDefaultLibFilePath(options))

  const files: Record<string, string> = {}
  const packages = new Map<string, Record<string, string>>()
  for (const source of program.getSourceFiles()) {
    const { fileName, text, isDeclarationFile } = source
    const [folder, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)(?=\/)/.exec(fileName) ?? []
    if (dirname(fileName) === libraries) files[`/lib/${basename(fileName)}`] = text
    else if (folder && name) {
      const manifest = join(folder, "package.json")
      const known = packages.get(name) ?? { [inside(root, manifest)]: await readFile(manifest, "utf8") }
      packages.set(name, { ...known, [inside(root, fileName)]: text })
    } else if (isDeclarationFile || fileName.startsWith(join(root, engine, "/"))) files[inside(root, fileName)] = text
    else if (!fileName.endsWith(".json"))
      program.emit(source, (path, declarations) => void (files[inside(root, path)] = declarations))
  }
  addPackages(files, packages, ["@observablehq/plot"])
  return { files, paths: ownModules("/"), roots: [inside(root, inputs)], engine: `/${engine}` }
}

/** Adds the packages that are named and those that the files import: not those that only the code behind a declaration needs. */
function addPackages(
  files: Record<string, string>,
  packages: Map<string, Record<string, string>>,
  names: string[],
): void {
  const imports = (text: string): string[] => ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName)
  const isDeclaration = (path: string): boolean => path.endsWith(".d.ts") && !path.startsWith("/lib/")
  const wanted = [
    ...names,
    ...Object.entries(files).flatMap(([path, text]) => (isDeclaration(path) ? imports(text) : [])),
  ]
  for (const name of wanted) {
    const found = packages.get(name)
    packages.delete(name)
    for (const [path, text] of Object.entries(found ?? {})) {
      files[path] = text
      if (isDeclaration(path)) wanted.push(...imports(text))
    }
  }
}

/** The path of a file of the project, with the project's folder as "/". */
function inside(root: string, path: string): string {
  return `/${relative(root, path)}`
}
