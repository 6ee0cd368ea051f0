import type { Plugin } from "vite"
import { bundle } from "./bundle.ts"

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
      return `export default ${JSON.stringify(`(() => {\n${await bundle(entry)}\nreturn exported\n})()`)}`
    },
  }
}
