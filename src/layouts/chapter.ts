/** The address of a chapter, or of another file of the site, under whatever base path it is served. */
export function addressOf(id: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/*$/, "/")
  if (id === "" || id === "introduction") return base
  return /\.\w+$/.test(id) ? base + id : `${base}${id}/`
}

/** How long a chapter takes: its words at 220 a minute, and twenty seconds to predict and look at each cell. */
export function readingMinutes(body: string): number {
  const cells = body.match(/^```ts cell/gm)?.length ?? 0
  const prose = body.replace(/^---[^]*?^---/m, "").replace(/```[^]*?```/g, "")
  return Math.max(1, Math.round(prose.split(/\s+/).length / 220 + cells / 3))
}
