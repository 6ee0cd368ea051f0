import { createHash } from "node:crypto"

/** The address of a chapter, or of another file of the site, under whatever base path it is served. */
export function addressOf(id: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/*$/, "/")
  if (id === "" || id === "introduction") return base
  return /\.\w+$/.test(id) ? base + id : `${base}${id}/`
}

/** What every page runs before it is drawn: the theme that its reader chose. */
export const themeScript = `const { dataset } = document.documentElement
try {
  const theme = localStorage.getItem("theme")
  if (theme === "light" || theme === "dark") dataset.theme = theme
} catch {}`

/** How long a chapter takes: its words at 220 a minute, and twenty seconds to predict and look at each cell. */
export function readingMinutes(body: string): number {
  const cells = body.match(/^```ts cell/gm)?.length ?? 0
  const prose = body.replace(/^---[^]*?^---/m, "").replace(/```[^]*?```/g, "")
  return Math.max(1, Math.round(prose.split(/\s+/).length / 220 + cells / 3))
}

/**
 * What a page may load and run: its own files, and what its reader writes (`unsafe-eval`; `blob:` for a changed engine).
 * Nothing can be sent to another origin, whatever a shared link holds.
 *
 * @param inline the one script that stands in the page itself
 */
export function contentPolicy(inline: string): string {
  const hash = createHash("sha256").update(inline).digest("base64")
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-eval' blob: 'sha256-${hash}'`,
    // Observable's inputs set their handlers by way of an attribute.
    "script-src-attr 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ")
}

/** Which faces a chapter begins with besides those of every page: they are asked for before the first line is laid out. */
export function facesOf(body: string): { italic: boolean; mono: boolean; formulas: boolean } {
  const start = body.slice(0, 5000)
  return { italic: /^> |(?<![*\w])\*[^\s*]/m.test(start), mono: start.includes("`"), formulas: start.includes("$") }
}
