/** A chapter's prose and the places of its cells, as its author wrote them; the build makes it. */
export type Manuscript = Part[]

/** A stretch of Markdown between two cells, in pieces; or a cell's place, by its name. */
export type Part = { prose: (string | Formula | { name: string; source: string })[] } | { cell: string }

/** A formula in TeX, inside a sentence or on lines of its own. */
export interface Formula {
  tex: string
  isBlock: boolean
}

/** A chapter as it stands on the page, with its reader's changes, ready to leave the site. */
export interface Book {
  title: string
  subtitle: string
  /** Where the chapter is read: relative links lead from here. */
  address: string
  blocks: Block[]
  /** What cells may import, in a form that can go along. */
  libraries: Record<string, Portable>
}

export type Block = ProseBlock | CellBlock | EngineBlock

export interface ProseBlock {
  kind: "prose"
  pieces: (string | Formula | InlineCell)[]
}

/** A live value inside a sentence: its source, and what it shows. */
export interface InlineCell {
  source: string
  shows: string
}

export interface CellBlock {
  kind: "cell"
  name: string
  source: string
  /** What it reads and declares; null where its source has a mistake. */
  definition: { inputs: string[]; outputs: string[]; autodisplay: boolean } | null
  /** Where its inputs stand, by the name that `view` gives a value to; values that are not plain data are left out. */
  stands: Record<string, unknown>
  /** Whether its code is folded away. */
  isFolded: boolean
  /** What it shows, as Markdown. */
  shows: string
}

/** A region of the engine that the chapter shows. */
export interface EngineBlock {
  kind: "engine"
  name: string
  source: string
}

/** How a library that cells import leaves the site. */
export type Portable =
  /** TypeScript modules that import each other; they are written into the file. */
  | { as: "modules"; files: Record<string, string>; entry: string; title: string }
  /** Plain data: what the cells import of it is written into the file. */
  | { as: "data"; values: Record<string, unknown> }
  /** Functions that draw. Where there is a DOM `script` defines them in an object; elsewhere a line says what was drawn. */
  | { as: "drawings"; script?: string; style?: string; inText: Record<string, string> }
