import { build } from "vite"

/**
 * A module and all that it imports, as the text of one script. If the module exports anything, the script sets `exported`.
 * @param entry the module's file
 * @param define names that stand for values which are known now
 */
export async function bundle(entry: string, define: Record<string, unknown> = {}): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
    build: { write: false, minify: true, lib: { entry, formats: ["iife"], name: "exported" } },
  })
  const [output] = [result].flat()
  if (!output || !("output" in output)) throw new Error(`${entry} could not be bundled`)
  return output.output[0].code.trim()
}
