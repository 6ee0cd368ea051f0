import { compile } from "../../../src/notebook/language/index.ts"
import type { Block, Book, CellBlock, Portable } from "../../../src/notebook/export/book.ts"

/** A cell as the page hands it over. */
export function cell(name: string, source: string, more: Partial<CellBlock> = {}): CellBlock {
  const { inputs, outputs, autodisplay } = compile(source)
  const definition = { inputs, outputs, autodisplay }
  return { kind: "cell", name, source, definition, stands: {}, isFolded: false, shows: "", ...more }
}

export function prose(...pieces: Extract<Block, { kind: "prose" }>["pieces"]): Block {
  return { kind: "prose", pieces }
}

/** Two modules that have a private name in common and name each other's types. */
export const engine: Portable = {
  as: "modules",
  title: "A small engine",
  entry: "index.ts",
  files: {
    "index.ts": `export { Value, double } from "./value.ts"\nexport type { Op } from "./op.ts"\nexport { unused } from "./unused.ts"\n`,
    "value.ts": `import type { Op } from "./op.ts"
import * as ops from "./ops.ts"
import { half as halved, type Size } from "./ops.ts"

const secret = 2
// #region value
/** A number. */
export class Value {
  readonly data: Size
  constructor(data: number) {
    this.data = data
  }
}
// #endregion
export function double(v: Value, op: Op = ops.times): Value {
  return new Value(op(halved(v.data), secret * 2))
}
`,
    "op.ts": `import type { Value } from "./value.ts"

/** How two numbers make one; \`of\` is for drawings. */
export interface Op {
  (a: number, b: number): number
  of?: Value
}
`,
    "ops.ts": `const secret = 0.5
export type Size = number
export const times = (a: number, b: number): number => a * b
export const half = (a: number): number => a * secret
`,
    "unused.ts": `export const unused = 1\n`,
  },
}

export function book(blocks: Block[], libraries: Record<string, Portable> = {}): Book {
  return {
    title: "Nudges & <tags>",
    subtitle: "A chapter.",
    address: "https://example.org/some/base/nudges/",
    blocks,
    libraries,
  }
}
