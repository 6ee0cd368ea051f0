import { mdxToMdast, type MdastNode } from "satteri"
import { ChapterError } from "./error.ts"

/** One cell of a chapter, as its author wrote it. */
export interface SourceCell {
  /** A live block, an expression inside a sentence, or a region of the engine's own source. */
  kind: "cell" | "inline" | "engine"
  /** Unique in the chapter: the author's name, `inline-3` for the third inline cell, `ops.ts#mul` for a region. */
  name: string
  source: string
  /** Where the source begins in the file: the line (from 1), and how many characters stand before it on its lines. */
  line: number
  indent: number
  /** Whether the code is folded away under its output. */
  isFolded: boolean
}

/** The Markdown that chapters are written in. */
export const features = { math: true, frontmatter: true } as const

/** Finds a region of the engine: its text, or the names of the regions that there are. */
export type FindRegion = (file: string, region: string) => { text: string; line: number } | { known: string[] }

/** What stands behind the three backticks: `ts cell name=nudge fold` or `ts engine=ops.ts#mul`. */
export interface Fence {
  kind: "cell" | "engine"
  name: string | undefined
  isFolded: boolean
  unknown: string[]
}

export function parseFence(meta: string | null | undefined): Fence | null {
  const [first = "", ...words] = (meta ?? "").trim().split(/\s+/)
  const rest = words.filter((word) => word !== "fold" && !word.startsWith("name="))
  const isFolded = words.includes("fold")
  if (first.startsWith("engine="))
    return { kind: "engine", name: first.slice("engine=".length), isFolded, unknown: rest }
  if (first !== "cell") return null
  return {
    kind: "cell",
    name: words.find((word) => word.startsWith("name="))?.slice("name=".length),
    isFolded,
    unknown: rest,
  }
}

/** Whether an expression in braces is only a comment. */
export function isComment(expression: string): boolean {
  return expression.replace(/\/\*[^]*?\*\/|\/\/.*/g, "").trim() === ""
}

/** Finds the cells of a chapter, in order. Throws a `ChapterError` on a fence that is not well written. */
export function parseChapter(source: string, file: string, findRegion: FindRegion): SourceCell[] {
  const cells: SourceCell[] = []
  const fail = (node: MdastNode, message: string, hint: string): never => {
    throw new ChapterError({
      file,
      line: node.position!.start.line,
      column: node.position!.start.column,
      message,
      hint,
      source,
    })
  }
  const engineCell = (node: MdastNode & { value: string }, name: string, isFolded: boolean): SourceCell => {
    const [path = "", region = ""] = name.split("#")
    if (node.value.trim()) return fail(node, "A region of the engine is taken from its file", "Leave the block empty.")
    if (cells.some((cell) => cell.name === name))
      return fail(
        node,
        `The region ${name} is in this chapter already`,
        "Show it once: its edits are kept by its name.",
      )
    const found = findRegion(path, region)
    if ("known" in found) return fail(node, `The engine has no region ${name}`, `There are: ${found.known.join(", ")}.`)
    return {
      kind: "engine",
      name,
      source: found.text,
      line: node.position!.start.line,
      indent: node.position!.start.column - 1,
      isFolded,
    }
  }
  let inlines = 0
  const visit = (node: MdastNode): void => {
    if (node.type === "code" && node.lang?.startsWith("ts") === true) {
      const fence = parseFence(node.meta)
      if (fence) {
        const { name, isFolded, unknown } = fence
        if (unknown.length > 0)
          return fail(node, `This cell has an unknown option: ${unknown.join(", ")}`, "A cell knows name=… and fold.")
        if (fence.kind === "engine") {
          cells.push(engineCell(node, name ?? "", isFolded))
          return
        }
        if (!name) return fail(node, "This cell has no name", "Give it one: ```ts cell name=nudge")
        if (!/^[a-z][a-z0-9-]*$/.test(name) || name.startsWith("inline-"))
          return fail(
            node,
            `The name "${name}" cannot be a cell's`,
            "Use lower-case letters, digits and hyphens, and begin with a letter; inline-… is taken.",
          )
        if (cells.some((cell) => cell.name === name))
          return fail(
            node,
            `Two cells have the name "${name}"`,
            "Give one of them another name: links, edits and errors are kept by it.",
          )
        cells.push({
          kind: "cell",
          name,
          source: node.value,
          line: node.position!.start.line + 1,
          indent: node.position!.start.column - 1,
          isFolded,
        })
      }
    } else if ((node.type === "mdxTextExpression" || node.type === "mdxFlowExpression") && !isComment(node.value)) {
      cells.push({
        kind: "inline",
        name: `inline-${++inlines}`,
        source: node.value,
        line: node.position!.start.line,
        indent: node.position!.start.column,
        isFolded: false,
      })
    }
    if ("children" in node) for (const child of node.children) visit(child)
  }
  visit(parse(source, file))
  return cells
}

function parse(source: string, file: string): MdastNode {
  try {
    return mdxToMdast(source, { features })
  } catch (error) {
    const { message } = error as Error
    const [, line, column] = /(\d+):(\d+)/.exec(message) ?? [null, "1", "1"]
    throw new ChapterError({
      file,
      line: Number(line),
      column: Number(column),
      message,
      hint: "The chapter is not well-formed MDX here. A brace or an angle bracket in prose is written \\{ or &lt;.",
      source,
    })
  }
}
