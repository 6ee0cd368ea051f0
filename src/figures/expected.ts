/**
 * The error for a wrong argument, in one sentence for the person who wrote the call: what was expected, what was found,
 * what to do.
 */
export function wrong(figure: string, expected: string, found: unknown, remedy: string): TypeError {
  return new TypeError(`${figure}: expected ${expected}, found ${describe(found)}; ${remedy}`)
}

/** What a thrown thing has to say. */
export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function describe(found: unknown): string {
  if (Array.isArray(found)) return `an array of ${found.length}`
  if (typeof found === "string") return JSON.stringify(found)
  if (typeof found === "function") return "a function"
  if (typeof found === "object" && found !== null)
    return `an object with ${Object.keys(found).join(", ") || "no fields"}`
  return String(found)
}
