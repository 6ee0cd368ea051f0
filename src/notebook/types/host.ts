import type ts from "typescript"

/** Files in memory: each path, from "/", and its text. A path keeps its version until its text changes. */
export class Files {
  readonly #texts = new Map<string, string>()
  readonly #versions = new Map<string, number>()
  readonly #folders = new Map<string, Set<string>>()

  constructor(texts: Record<string, string>) {
    for (const [path, text] of Object.entries(texts)) this.write(path, text)
  }

  write(path: string, text: string): void {
    if (this.#texts.get(path) === text) return
    this.#texts.set(path, text)
    this.#versions.set(path, this.version(path) + 1)
    for (let at = path; at !== "/"; at = folderOf(at)) {
      const inside = this.#folders.get(folderOf(at)) ?? new Set()
      this.#folders.set(folderOf(at), inside.add(at))
    }
  }

  /** Takes a file away; its version is kept, so that the path never means two texts under one version. */
  remove(path: string): void {
    this.#texts.delete(path)
    this.#folders.get(folderOf(path))?.delete(path)
  }

  read(path: string): string | undefined {
    return this.#texts.get(path)
  }

  version(path: string): number {
    return this.#versions.get(path) ?? 0
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path === "/" ? path : path.replace(/\/$/, ""))
  }

  /** What stands right inside a folder, as paths. */
  inside(path: string): string[] {
    return [...(this.#folders.get(path === "/" ? path : path.replace(/\/$/, "")) ?? [])]
  }
}

/** What TypeScript's language service asks of its surroundings, answered from files in memory. */
export function hostOf(
  typescript: typeof ts,
  files: Files,
  options: ts.CompilerOptions,
  roots: () => string[],
): ts.LanguageServiceHost {
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: roots,
    getScriptVersion: (path) => String(files.version(path)),
    getScriptSnapshot(path) {
      const text = files.read(path)
      return text === undefined ? undefined : typescript.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "/lib/lib.d.ts",
    useCaseSensitiveFileNames: () => true,
    fileExists: (path) => files.read(path) !== undefined,
    readFile: (path) => files.read(path),
    directoryExists: (path) => files.isFolder(path),
    getDirectories: (path) =>
      files
        .inside(path)
        .filter((at) => files.isFolder(at))
        .map((at) => at.slice(at.lastIndexOf("/") + 1)),
    readDirectory: (path) => files.inside(path).filter((at) => !files.isFolder(at)),
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/"
}
