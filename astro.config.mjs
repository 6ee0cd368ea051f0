import { satteri } from "@astrojs/markdown-satteri"
import mdx from "@astrojs/mdx"
import sitemap from "@astrojs/sitemap"
import { defineConfig, fontProviders } from "astro/config"
import { fileURLToPath } from "node:url"
import { checkLinks } from "./src/content/links.ts"
import { libraries } from "./libraries.ts"
import { citations, plainCitations } from "./src/content/citations.ts"
import { offlineWorker } from "./src/layouts/offline-files.ts"
import { scriptPlugin } from "./src/layouts/script-plugin.ts"
import { cellsPlugin, features, mathPlugin, notebook, typeFilesPlugin } from "./src/notebook/build/index.ts"

const root = fileURLToPath(new URL(".", import.meta.url))

/** A font from its package, served by the site itself. */
const font = (name, cssVariable, fallbacks, files) => ({
  provider: fontProviders.local(),
  name,
  cssVariable,
  display: "optional",
  fallbacks,
  options: {
    variants: Object.entries(files).map(([style, [file, weight]]) => ({
      src: [`@fontsource${file}`],
      weight,
      style,
    })),
  },
})

const drawing = /src\/figures\/(axes|controls|dom|drag|expected|format|frame|play|scale|table)\.ts$/

export default defineConfig({
  // Where the site will stand: SITE=https://someone.github.io BASE=/seven-knobs npm run build
  site: process.env.SITE ?? "http://localhost:4321",
  base: process.env.BASE ?? "/",
  trailingSlash: "always",
  integrations: [mdx(), sitemap(), checkLinks(), offlineWorker()],
  markdown: {
    processor: satteri({
      features,
      mdastPlugins: [citations(`${root}src/content/bibliography.bib`), cellsPlugin, mathPlugin],
    }),
    syntaxHighlight: false,
  },
  fonts: [
    font("Newsreader", "--font-serif", ["Georgia", "serif"], {
      normal: ["-variable/newsreader/files/newsreader-latin-wght-normal.woff2", "200 800"],
      italic: ["/newsreader/files/newsreader-latin-400-italic.woff2", "400"],
    }),
    font("Instrument Sans", "--font-sans", ["Arial", "sans-serif"], {
      normal: ["-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2", "400 700"],
    }),
    font("JetBrains Mono", "--font-mono", ["Courier New", "monospace"], {
      normal: ["/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2", "400"],
    }),
  ],
  build: { inlineStylesheets: "always" },
  devToolbar: { enabled: false },
  vite: {
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              // What nearly every figure draws with: in one file it weighs less than in ten.
              codeSplitting: { groups: [{ name: "drawing", test: drawing }] },
            },
          },
        },
      },
    },
    plugins: [
      notebook({
        root,
        chapters: "src/content/chapters",
        engine: "src/engine",
        libraries,
        watch: ["src/engine", "src/figures"],
        plain: plainCitations(`${root}src/content/bibliography.bib`),
      }),
      typeFilesPlugin({ root, engine: "src/engine" }),
      scriptPlugin("virtual:figures", `${root}src/figures/index.ts`),
    ],
    resolve: {
      alias: [
        { find: /^seven-knobs\/figures$/, replacement: `${root}src/figures/index.ts` },
        { find: /^seven-knobs\/records$/, replacement: `${root}src/content/records.ts` },
        { find: /^seven-knobs$/, replacement: `${root}src/engine/index.ts` },
      ],
    },
    build: { assetsInlineLimit: 0 },
  },
})
