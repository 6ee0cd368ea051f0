import type ts from "typescript"
import { checkOptions } from "../language/modules.ts"

/** The libraries of the language and of the browser that cells are checked against, by the names of their files. */
export const libraryFiles = ["lib.es2024.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"]

/** What cells are checked under, at build and in the page: `paths` says where the modules stand that have no package. */
export function compilerOptions(
  { ModuleKind, ModuleResolutionKind, ScriptTarget }: typeof ts,
  paths: Record<string, string[]>,
): ts.CompilerOptions {
  return {
    ...checkOptions,
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    lib: libraryFiles,
    paths,
    resolveJsonModule: true,
  }
}
