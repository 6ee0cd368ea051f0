import type { AstroIntegration } from "astro"
import { createHash } from "node:crypto"
import { globSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { bundle } from "./bundle.ts"

/** Writes `offline.js`, the service worker that keeps the site on the device of a reader who asks for it. */
export function offlineWorker(): AstroIntegration {
  let base = "/"
  return {
    name: "seven-knobs:offline",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base.replace(/\/*$/, "/")
      },
      "astro:build:done": async ({ dir }) => {
        const folder = fileURLToPath(dir)
        const worker = fileURLToPath(new URL("offline-worker.ts", import.meta.url))
        const define = { FILES: filesToKeep(folder, base), "process.env.NODE_ENV": "production" }
        writeFileSync(join(folder, "offline.js"), await bundle(worker, define))
      },
    },
  }
}

/** What the chapters need without a network: the address of each file, and a digest unless its name has one. */
export function filesToKeep(folder: string, base: string): { url: string; revision: string | null }[] {
  return globSync(["**/index.html", "_astro/**/*.*", "favicon.svg"], { cwd: folder })
    .map((path) => path.replaceAll("\\", "/"))
    .toSorted()
    .map((path) => ({
      url: base + path.replace(/index\.html$/, ""),
      revision: path.startsWith("_astro/") ? null : digest(readFileSync(join(folder, path))),
    }))
}

function digest(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16)
}
