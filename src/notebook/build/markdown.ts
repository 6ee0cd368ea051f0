import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import type { MdastPluginDefinition, PluginFactoryContext } from "satteri"
import { ChapterError } from "./error.ts"
import { renderMath } from "./math.ts"
import { isComment, parseFence } from "./parse.ts"

/** Puts the components `Cell` and `Inline` where a chapter has cells and inline cells. */
export function cellsPlugin({ fileURL }: PluginFactoryContext): MdastPluginDefinition | null {
  if (!fileURL) return null
  const chapter = basename(fileURLToPath(fileURL), ".mdx")
  let inlines = 0
  const element = (name: string): object => ({
    attributes: [attribute("chapter", chapter), attribute("name", name)],
    children: [],
  })
  const inline = (node: { value: string }): object | undefined => {
    if (isComment(node.value)) return undefined
    return { type: "mdxJsxTextElement", name: "Inline", ...element(`inline-${++inlines}`) }
  }
  return {
    name: "cells",
    code(node) {
      const fence = node.lang?.startsWith("ts") ? parseFence(node.meta) : null
      return fence
        ? ({
            type: "mdxJsxFlowElement",
            name: fence.kind === "cell" ? "Cell" : "EngineCell",
            ...element(fence.name ?? ""),
          } as never)
        : undefined
    },
    mdxTextExpression: (node) => inline(node) as never,
    mdxFlowExpression: (node) => inline(node) as never,
  }
}

/** Sets every formula at build time. */
export function mathPlugin({ fileURL, source }: PluginFactoryContext): MdastPluginDefinition {
  const set = (
    node: { value: string; position?: { start: { line: number; column: number } } | undefined },
    displayMode: boolean,
  ): never => {
    try {
      return { raw: renderMath(node.value, displayMode), mdxExpressions: false } as never
    } catch (error) {
      const { line, column } = node.position?.start ?? { line: 1, column: 1 }
      const message = (error as Error).message.replace(/^KaTeX parse error: /, "KaTeX: ")
      throw new ChapterError({
        file: fileURL ? fileURLToPath(fileURL) : "",
        line,
        column,
        message,
        hint: `The formula is: ${node.value}`,
        source,
      })
    }
  }
  return { name: "math", math: (node) => set(node, true), inlineMath: (node) => set(node, false) }
}

function attribute(name: string, value: string): object {
  return { type: "mdxJsxAttribute", name, value }
}
