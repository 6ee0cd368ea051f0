/** What a cell logs, as one line: texts as they are, other values as they are written, to a small depth. */
export function logLine(values: unknown[], level: string): string {
  return `${level === "log" ? "" : `${level}: `}${values.map((value) => (typeof value === "string" ? value : shown(value))).join(" ")}`
}

/** A console must not fail, whatever it is given: an object may throw when it is looked at. */
function shown(value: unknown, depth = 2): string {
  try {
    return written(value, depth)
  } catch {
    return "(a value that cannot be shown)"
  }
}

function written(value: unknown, depth: number): string {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "function") return `function ${value.name}`
  if (typeof value !== "object" || value === null) return String(value)
  if (value instanceof Error) return String(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = Array.prototype.slice.call(value, 0, 20)
    const more = (value as unknown[]).length > 20 ? ", …" : ""
    return depth === 0 ? "[…]" : `[${list.map((part) => shown(part, depth - 1)).join(", ")}${more}]`
  }
  const { constructor } = value
  const name = typeof constructor !== "function" || constructor === Object ? "" : `${constructor.name} `
  if (depth === 0) return `${name}{…}`
  const entries = Object.entries(value).slice(0, 20)
  return `${name}{${entries.map(([key, part]) => `${key}: ${shown(part, depth - 1)}`).join(", ")}}`
}
