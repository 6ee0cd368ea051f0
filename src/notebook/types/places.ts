import type ts from "typescript"
import { cellFolder, cellModules, outline, type TypedCell } from "../language/modules.ts"
import { placeRegions } from "./engine.ts"
import type { Files } from "./host.ts"
import { roughOutline } from "./rough.ts"

/** A cell as it stands in the page: of the chapter, or a region of the engine, whose name is like `ops.ts#mul`. */
export interface LiveCell extends TypedCell {
  kind: "cell" | "engine"
}

/** Where a cell is: the file that it is in, and where in the file its source begins. */
export interface Place {
  kind: LiveCell["kind"]
  path: string
  start: number
  source: string
  /** It is a region of the engine that differs from the engine's. */
  isChanged: boolean
}

/** The files of a page's cells: a module for each cell, and the engine's own with its regions as they stand in the page. */
export class Places {
  readonly #typescript: typeof ts
  readonly #files: Files
  readonly #engine: string
  readonly #originals = new Map<string, string>()
  readonly #places = new Map<string, Place>()

  /** @param engine the folder of the engine */
  constructor(typescript: typeof ts, files: Files, engine: string) {
    this.#typescript = typescript
    this.#files = files
    this.#engine = engine
  }

  get(cell: string): Place | undefined {
    return this.#places.get(cell)
  }

  /** The cells of the chapter, without the engine's regions. */
  cells(): [name: string, place: Place][] {
    return [...this.#places].filter(([, { kind }]) => kind === "cell")
  }

  /** The files that hold cells. */
  paths(): string[] {
    return [...new Set([...this.#places.values()].map(({ path }) => path))]
  }

  /** Whether a position of a file is in a cell, or at one of its ends. */
  isTaken(path: string, position: number): boolean {
    return [...this.#places.values()].some((place) => isIn(place, path, position))
  }

  /** Takes the place of all cells that it knew. */
  update(cells: LiveCell[]): void {
    const old = new Set(this.cells().map(([, { path }]) => path))
    this.#places.clear()
    this.#placeEngine(cells.filter(({ kind }) => kind === "engine"))
    const own = cells.filter(({ kind }) => kind === "cell")
    const modules = cellModules(own, (source) => outline(source) ?? roughOutline(this.#typescript, source))
    for (const { name, source } of own) {
      const { file, text, start } = modules.get(name)!
      const path = `/${cellFolder}/${file}`
      this.#files.write(path, text)
      this.#places.set(name, { kind: "cell", path, start, source, isChanged: false })
      old.delete(path)
    }
    for (const path of old) this.#files.remove(path)
  }

  #placeEngine(regions: LiveCell[]): void {
    for (const [file, group] of Map.groupBy(regions, ({ name }) => name.split("#")[0]!)) {
      const path = `${this.#engine}/${file}`
      const original = this.#originals.get(path) ?? this.#files.read(path) ?? ""
      this.#originals.set(path, original)
      const regionOf = (name: string): string => name.slice(file.length + 1)
      const placed = placeRegions(original, new Map(group.map(({ name, source }) => [regionOf(name), source])))
      this.#files.write(path, placed.text)
      for (const { name, source } of group) {
        const place = placed.places.get(regionOf(name))
        if (place) this.#places.set(name, { kind: "engine", path, source, ...place })
      }
    }
  }
}

/** Whether a position of a file is in a cell, or at one of its ends. */
export function isIn({ path, start, source }: Place, file: string, position: number): boolean {
  return file === path && position >= start && position <= start + source.length
}
