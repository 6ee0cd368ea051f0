import type { LiveCell } from "./places.ts"
import type { TypeService } from "./service.ts"

/** What can be asked about a cell. */
export type Asking = "diagnostics" | "hover" | "complete" | "describe" | "signature"

/** A question, about the cells as they were in one version. */
export interface Question<A extends Asking = Asking> {
  type: "question"
  id: number
  version: number
  ask: A
  args: Parameters<TypeService[A]>
}

/** What the page says to the worker; `files` is the address of what the worker reads first. */
export type ToWorker =
  { type: "start"; files: string } | { type: "update"; version: number; cells: LiveCell[] } | Question

/** What the worker says to the page. */
export type FromWorker =
  { type: "ready" } | { type: "failed"; message: string } | { type: "answer"; id: number; answer: unknown }
