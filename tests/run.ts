/** `npm test`: unit tests, the cells of every chapter, then the built site in a browser. `npm test unit` or `site` runs one part. */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { ensureBrowser } from "./browser.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const part = process.argv[2]

function run(title: string, args: string[], env: Record<string, string> = {}): void {
  process.stdout.write(`\n${title}\n`)
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env, ASTRO_TELEMETRY_DISABLED: "1" },
  })
  if (status !== 0) process.exit(status ?? 1)
}

const astro = "node_modules/astro/bin/astro.mjs"
const vitest = "node_modules/vitest/vitest.mjs"

if (part !== "site") {
  run("Unit tests; every line of the engine must be covered", [vitest, "run", "--project", "unit", "--coverage"])
  run("Faults planted in the engine, one after another: a test must fail for each", ["tests/engine/mutate.ts"])
}
if (part !== "unit") {
  run("Build, to be served from /", [astro, "build"])
  run("Build, to be served from /some/base/", [astro, "build", "--outDir", ".cache/based"], { BASE: "/some/base" })
  run("The site in a browser", [vitest, "run", "--project", "site"], { CHROME_PATH: ensureBrowser() })
}
