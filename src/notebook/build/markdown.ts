import { readFileSync } from "node:fs"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { mdxToMdast, type MdastNode, type MdastPluginDefinition, type PluginFactoryContext } from "satteri"
import { ChapterError } from "./error.ts"
import { renderMath } from "./math.ts"
import { features, isComment, parseFence } from "./parse.ts"

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
export function mathPlugin({ fileURL }: PluginFactoryContext): MdastPluginDefinition {
  const set = ({ value }: { value: string }, displayMode: boolean, mark = ""): never => {
    try {
      return {
        raw: renderMath(value + (mark && `\\mathclose{\\text{${mark}}}`), displayMode),
        mdxExpressions: false,
      } as never
    } catch (error) {
      throw mathError(fileURLToPath(fileURL!), value, (error as Error).message)
    }
  }
  return {
    name: "math",
    math: (node) => set(node, true),
    // A comma after a formula is set with it: a browser may start a line between the two.
    inlineMath(node, context) {
      const next = context.parent(node).children[context.indexOf(node)! + 1]
      const mark = next?.type === "text" ? /^[.,;:!?)]*/.exec(next.value)![0] : ""
      if (next?.type === "text" && mark) context.setProperty(next, "value", next.value.slice(mark.length))
      return set(node, false, mark)
    },
  }
}

/** The pipeline that renders a page knows no positions, so the formula is looked up in its file. */
function mathError(file: string, tex: string, message: string): ChapterError {
  const source = readFileSync(file, "utf8")
  const { line, column } = findNode(
    mdxToMdast(source, { features }),
    (node) => /^(inlineM|m)ath$/.test(node.type) && "value" in node && node.value === tex,
  )
  return new ChapterError({
    file,
    line,
    column,
    message: message.replace(/^KaTeX parse error: /, "KaTeX: "),
    hint: `The formula is: ${tex}`,
    source,
  })
}

function findNode(node: MdastNode, isIt: (node: MdastNode) => boolean): { line: number; column: number } {
  if (isIt(node)) return node.position!.start
  for (const child of "children" in node ? node.children : []) {
    const found = findNode(child, isIt)
    if (found.line > 0) return found
  }
  return { line: 0, column: 0 }
}

function attribute(name: string, value: string): object {
  return { type: "mdxJsxAttribute", name, value }
}
