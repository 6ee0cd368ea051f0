import { build, type Plugin } from "vite"

/**
 * Gives a module and all that it imports as the text of one script: `import script from ID`. The text is an expression
 * whose value is an object with the module's exports.
 * @param id the name by which it is imported
 * @param entry the module's file
 */
export function scriptPlugin(id: string, entry: string): Plugin {
  return {
    name: `seven-knobs:script ${id}`,
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    async load(asked) {
      if (asked !== `\0${id}`) return null
      const result = await build({
        configFile: false,
        logLevel: "error",
        build: { write: false, minify: true, lib: { entry, formats: ["iife"], name: "exported" } },
      })
      const [bundle] = [result].flat()
      if (!bundle || !("output" in bundle)) throw new Error(`${entry} could not be bundled`)
      const [{ code }] = bundle.output
      return `export default ${JSON.stringify(`(() => {\n${code.trim()}\nreturn exported\n})()`)}`
    },
  }
}
