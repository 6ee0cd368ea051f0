import { mdxToMdast, type MdastNode } from "satteri"
import type { Manuscript, Part } from "../export/book.ts"
import { withoutMeanings } from "./math.ts"
import { features, isComment, parseFence } from "./parse.ts"

type Piece = Extract<Part, { prose: unknown }>["prose"][number]

/**
 * A chapter's prose and the places of its cells, in order, for when a reader takes the chapter along.
 * @param source a chapter that was built without a mistake
 * @param plain writes the site's own marks in prose, citations for example, as Markdown
 */
export function manuscriptOf(source: string, plain: (prose: string) => string): Manuscript {
  const parts: Part[] = []
  let pieces: Piece[] = []
  let inlines = 0
  let at = 0
  /** Takes the prose before a node, and passes over the node. */
  const upTo = ({ position }: MdastNode): void => {
    const prose = plain(source.slice(at, position!.start.offset))
    if (prose) pieces.push(prose)
    at = position!.end.offset!
  }
  const endProse = (): void => {
    if (pieces.some((piece) => typeof piece !== "string" || piece.trim())) parts.push({ prose: pieces })
    pieces = []
  }
  const visit = (node: MdastNode): void => {
    if (node.type === "yaml") at = node.position!.end.offset!
    else if (node.type === "code") {
      const fence = node.lang?.startsWith("ts") ? parseFence(node.meta) : null
      if (!fence) return
      upTo(node)
      endProse()
      parts.push({ cell: fence.name! })
    } else if (node.type === "mdxTextExpression" || node.type === "mdxFlowExpression") {
      upTo(node)
      if (!isComment(node.value)) pieces.push({ name: `inline-${++inlines}`, source: node.value })
    } else if (node.type === "math" || node.type === "inlineMath") {
      upTo(node)
      pieces.push({ tex: withoutMeanings(node.value), isBlock: node.type === "math" })
    }
    if ("children" in node) for (const child of node.children) visit(child)
  }
  visit(mdxToMdast(source, { features }))
  const rest = plain(source.slice(at))
  if (rest) pieces.push(rest)
  endProse()
  return parts
}
