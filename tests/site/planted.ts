import { spawn, type ChildProcess } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll } from "vitest"

const root = fileURLToPath(new URL("../../", import.meta.url))
const parts = ["src", "tests/fixtures", "public", "astro.config.mjs", "libraries.ts", "package.json", "tsconfig.json"]
const head =
  "---\ntitle: A chapter\nshort: A chapter\nsubtitle: With a mistake\ndescription: A mistake\norder: 0\n---\n\n"

/** The site with one chapter in place of its own, for tests that plant mistakes in it. */
export function usePlantedSite(): {
  /** Writes the chapter; its body begins on line 9. */
  write(body: string): void
  /** Runs Astro there, without colours. */
  astro(...args: string[]): ChildProcess
} {
  const site = mkdtempSync(join(tmpdir(), "seven-knobs-"))
  beforeAll(() => {
    for (const part of parts)
      cpSync(join(root, part), join(site, part), { recursive: true, filter: (path) => !path.endsWith(".mdx") })
    symlinkSync(join(root, "node_modules"), join(site, "node_modules"))
    mkdirSync(join(site, "src/content/chapters"), { recursive: true })
  })
  afterAll(() => {
    rmSync(site, { recursive: true, force: true })
  })
  return {
    write(body) {
      writeFileSync(join(site, "src/content/chapters/introduction.mdx"), head + body)
    },
    astro: (...args) =>
      spawn(process.execPath, ["node_modules/astro/bin/astro.mjs", ...args], {
        cwd: site,
        // As an author's terminal has it, not as the test runner does.
        env: { ...process.env, NODE_ENV: undefined, VITEST: undefined, ASTRO_TELEMETRY_DISABLED: "1", NO_COLOR: "1" },
      }),
  }
}

/** A cell as it stands in a chapter. */
export function cell(name: string, ...lines: string[]): string {
  return [`\`\`\`ts cell name=${name}`, ...lines, "```", ""].join("\n")
}
