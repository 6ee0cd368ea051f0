declare module "virtual:outputs" {
  import type { BuiltCell } from "./notebook/build/chapter.ts"
  const outputs: Record<string, () => Promise<{ default: Record<string, BuiltCell> }>>
  export default outputs
}

declare module "virtual:definitions" {
  import type { ShippedCell } from "./notebook/page/index.ts"
  const definitions: Record<
    string,
    () => Promise<{ cells: ShippedCell[]; bundled: Record<string, Record<string, unknown>> }>
  >
  export default definitions
}

declare module "virtual:engine" {
  /** The files of the engine, as they are, by path from its folder. */
  const files: Record<string, string>
  export default files
}

declare module "virtual:type-files" {
  /** The address of what the type checker reads first. */
  const url: string
  export default url
}

declare module "virtual:manuscripts" {
  import type { Manuscript } from "./notebook/page/index.ts"
  const manuscripts: Record<string, () => Promise<{ default: Manuscript }>>
  export default manuscripts
}

declare module "virtual:figures" {
  /** The figures as one script: a JavaScript expression whose value is an object with a function for each. */
  const script: string
  export default script
}
