import type ts from "typescript"
import { ambient } from "../language/modules.ts"
import type { Completion, CompletionKind } from "./answers.ts"

const kinds: Record<string, CompletionKind> = {
  accessor: "property",
  class: "class",
  directory: "namespace",
  "external module name": "namespace",
  function: "function",
  getter: "property",
  interface: "interface",
  keyword: "keyword",
  "local function": "function",
  method: "method",
  module: "namespace",
  "primitive type": "type",
  property: "property",
  script: "namespace",
  setter: "property",
  string: "text",
  type: "type",
  "type parameter": "type",
}

const everyCell = new Set([...ambient.matchAll(/^ {2}(?:function|const) (\w+)/gm)].map(([, name]) => name))

/** One of TypeScript's completions, in the words of the page. */
export function completion({ name, kind, sortText }: ts.CompletionEntry): Completion {
  const isFar = sortText >= "15" && !everyCell.has(name)
  return { name, kind: kinds[kind] ?? "variable", isFar }
}
