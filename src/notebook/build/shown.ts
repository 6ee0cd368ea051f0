/** `npm run shown`: which lines of the engine no chapter shows. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { positionAt } from "../language/error.ts"
import { regions } from "../language/regions.ts"
import { parseFence } from "./parse.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const engine = join(root, "src/engine")
const chapters = join(root, "src/content/chapters")
const shown = new Set(
  readdirSync(chapters).flatMap((name) => {
    const fences = readFileSync(join(chapters, name), "utf8").matchAll(/^\s*```ts (engine=.*)$/gm)
    return [...fences].map(([, meta]) => parseFence(meta)?.name)
  }),
)

for (const path of readdirSync(engine, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()) {
  const source = readFileSync(join(engine, path), "utf8")
  const lines = source
    .split("\n")
    .map((text) => ({ text, isShown: text.trim() === "" || /^\s*\/\/ #(end)?region/.test(text) }))
  for (const { name, start, end } of regions(source)) {
    if (!shown.has(`${path}#${name}`)) continue
    for (let line = positionAt(source, start).line; line < positionAt(source, end).line; line++)
      lines[line - 1]!.isShown = true
  }
  const hidden = lines.flatMap(({ isShown }, index) => (isShown ? [] : [index + 1]))
  process.stdout.write(
    `${path}: ${hidden.length === 0 ? "every line is shown" : `${hidden.length} of ${lines.length} lines are not shown: ${ranges(hidden)}`}\n`,
  )
}

/** 1, 2, 3, 7 as "1–3, 7". */
function ranges(numbers: number[]): string {
  const runs: [number, number][] = []
  for (const n of numbers) {
    const last = runs.at(-1)
    if (last?.[1] === n - 1) last[1] = n
    else runs.push([n, n])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(", ")
}
