import js from "@eslint/js"
import astro from "eslint-plugin-astro"
import { defineConfig } from "eslint/config"
import globals from "globals"
import ts from "typescript-eslint"

/** A room of `src` and what it may not import (the map of the rooms is in README.md). */
const room = (name, ...forbidden) => ({
  files: [`src/${name}/**/*.{ts,astro}`],
  rules: { "no-restricted-imports": ["error", { patterns: forbidden }] },
})
const not = (message, ...group) => ({ group, message })
const site = ["**/components/**", "**/content/**", "**/pages/**", "**/layouts/**", "**/styles/**"]

export default defineConfig(
  { ignores: ["dist", "coverage", ".astro", ".cache", "node_modules"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...astro.configs.recommended,
  { rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }],
      "@typescript-eslint/unified-signatures": "off",
    },
  },
  // Its own files only: "./value.ts", "./compile/lower.ts", and "../value.ts" from within compile.
  room("engine", {
    regex: "^(?!\\./([\\w-]+/)?[\\w-]+\\.ts$|\\.\\./[\\w-]+\\.ts$)",
    message: "The engine knows nothing but itself.",
  }),
  room("figures", not("A figure knows the engine and d3 or Plot only.", "**/notebook/**", ...site)),
  room(
    "notebook",
    not(
      "The notebook knows no chapter, no figure, and the engine only as a module it is handed.",
      "**/engine/**",
      "**/figures/**",
      "seven-knobs",
      "seven-knobs/*",
      ...site,
    ),
  ),
)
