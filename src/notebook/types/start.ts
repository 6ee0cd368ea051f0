import files from "virtual:type-files"
import { TypeClient } from "./client.ts"
import type { LiveCell } from "./places.ts"

/** Starts the type checker over the cells that the function gives. */
export function startTypes(cells: () => LiveCell[]): TypeClient {
  const start = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })
  return new TypeClient(start, new URL(files, location.href).href, cells)
}
