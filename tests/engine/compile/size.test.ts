import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { expect, test } from "vitest"

test("the compiler is at most 8 KB of gzip, beside the engine that it works on", async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL("../../../src/engine/compile/compile.ts", import.meta.url))],
    bundle: true,
    minify: true,
    format: "esm",
    plugins: [
      {
        name: "without the engine",
        setup(build) {
          build.onResolve({ filter: /^\.\.\// }, ({ path }) => ({ path, external: true }))
        },
      },
    ],
    write: false,
    metafile: true,
  })
  const files = Object.keys(metafile.inputs)
  expect(files.filter((file) => !file.startsWith("src/engine/compile/"))).toEqual([])
  expect(files.length).toBeGreaterThan(20)
  expect(gzipSync(outputFiles[0]!.text).length).toBeLessThanOrEqual(8 * 1024)
})

test("who does not use it does not load it", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: 'import { Value } from "./src/engine/index.ts"; console.log(new Value(1))',
      resolveDir: fileURLToPath(new URL("../../..", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    write: false,
  })
  expect(outputFiles[0]!.text).toContain("// src/engine/value.ts")
  expect(outputFiles[0]!.text).not.toContain("// src/engine/compile/")
})
