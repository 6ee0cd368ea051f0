import { Graph, layout as arrange } from "@dagrejs/dagre"
import type { Point } from "../path.ts"
import { edgesOf, type ExprEdge, type ExprNode } from "./expression.ts"
import { signOf } from "./words.ts"

/** Where a node stands: its middle and its size, in screen pixels at full size. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The way of an edge, from the right side of a node to the left side of the one that uses it. */
export interface Route extends ExprEdge {
  readonly points: readonly Point[]
  /** The middle of the room that is kept free for the sum on the edge. */
  readonly label: Point
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly places: readonly Place[]
  readonly routes: readonly Route[]
}

/** How much room to keep: lines of text in a node, and a box for the sum on each edge. */
export interface Room {
  readonly lines: number
  readonly sum: { readonly width: number; readonly height: number }
  /** How far below the middle of nodes and boxes the wires run: between the terms of a sum and its result. */
  readonly wire: number
  /** Between a node and the box of a sum. */
  readonly gap: number
  /** How far a wire runs level through the box of its sum. */
  readonly level: number
}

/** The height of a line of text, and the room between the text of a node and its outline. */
export const LINE = 17
export const PAD = { x: 8, y: 5 }
/** Room for the focus ring around the outermost nodes. */
const MARGIN = 5
/** Two edges that end in one node end this far from each other. */
const PORT = 14

/** Lay an expression out from left to right with dagre, which keeps every node and every sum clear of the others. */
export function layOut(nodes: readonly ExprNode[], { lines, sum, wire, gap, level }: Room): Layout {
  const graph = new Graph({ multigraph: true })
  graph.setGraph({ rankdir: "LR", nodesep: 14, edgesep: 8, ranksep: gap, marginx: MARGIN, marginy: MARGIN })
  nodes.forEach((node, i) => graph.setNode(String(i), size(node, lines)))
  const edges = edgesOf(nodes)
  for (const { from, to, position } of edges) {
    graph.setEdge(String(from), String(to), { ...sum, labelpos: "c" }, String(position))
  }
  arrange(graph)

  const places = nodes.map((_, i) => graph.node(String(i)) as Place)
  const shapes = edges.map((edge): Shape => {
    const { x, y, points } = graph.edge(String(edge.from), String(edge.to), String(edge.position)) as Arranged
    return { edge, x, y, bends: points.slice(1, -1) }
  })
  const routes = uncrossed(shapes, places).map(({ edge, x, y, bends }, _, all): Route => {
    const [start, end] = [places[edge.from]!, places[edge.to]!]
    const rivals = all.filter((other) => other.edge.to === edge.to)
    const twins = rivals.filter((other) => other.edge.from === edge.from)
    const port = (among: Shape[]) =>
      wire + PORT * (among.filter((other) => other.y < y).length - (among.length - 1) / 2)
    const points: Point[] = [
      [start.x + start.width / 2, start.y + port(twins)],
      // Level through the box of the sum: the terms stand above the wire, the result below.
      ...bends.flatMap((bend) =>
        (bend.x === x && level > 0 ? [-level / 2, level / 2] : [0]).map((by): Point => [bend.x + by, bend.y + wire]),
      ),
      [end.x - end.width / 2, end.y + port(rivals)],
    ]
    return { ...edge, label: [x, y], points }
  })
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return { width, height, places, routes }
}

/** A card wide enough for its name, the sign of its op and a number of four decimals; a constant has only numbers. */
function size({ value, inputs }: ExprNode, lines: number): { width: number; height: number } {
  const titled = value.label !== "" || inputs.length > 0
  const title = value.label.length * 8 + signOf(value).length * 7.5 + (value.label && value.op ? 10 : 0)
  return { width: Math.max(48, title) + 2 * PAD.x, height: (titled ? lines : lines - 1) * LINE + 2 * PAD.y }
}

/**
 * dagre lets short wires from one node cross, and does not know the first input from the second: the boxes of such wires
 * are dealt out again, in the order of the nodes that they lead to.
 */
function uncrossed(shapes: readonly Shape[], places: readonly Place[]): Shape[] {
  return shapes.map((shape) => {
    if (shape.bends.length !== 1) return shape
    const rivals = shapes.filter(({ edge, bends }) => edge.from === shape.edge.from && bends.length === 1)
    const wanted = rivals.toSorted((p, q) => places[p.edge.to]!.y - places[q.edge.to]!.y).indexOf(shape)
    return { ...rivals.toSorted((p, q) => p.y - q.y)[wanted]!, edge: shape.edge }
  })
}

interface Shape {
  readonly edge: ExprEdge
  /** The middle of the box of its sum. */
  readonly x: number
  readonly y: number
  readonly bends: Arranged["points"]
}

/** What dagre makes of an edge. */
interface Arranged {
  readonly x: number
  readonly y: number
  readonly points: readonly { readonly x: number; readonly y: number }[]
}
