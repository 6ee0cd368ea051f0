import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^seven-knobs\/figures$/, replacement: at("src/figures/index.ts") },
      { find: /^seven-knobs\/records$/, replacement: at("src/content/records.ts") },
      { find: /^seven-knobs$/, replacement: at("src/engine/index.ts") },
    ],
  },
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/**/*.test.ts"], exclude: ["tests/site/**"] } },
      {
        extends: true,
        test: {
          name: "site",
          include: ["tests/site/**/*.test.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 20_000 } },
          retry: { count: 2, condition: /The browser stopped drawing the page/ },
          fileParallelism: false,
        },
      },
    ],
    coverage: { provider: "v8", include: ["src/engine/**"], reporter: ["text-summary"], thresholds: { lines: 100 } },
  },
})
