import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/site/**"],
    coverage: {
      provider: "v8",
      include: ["src/engine/**"],
      reporter: ["text", "json-summary"],
      thresholds: { lines: 100 },
    },
  },
})
