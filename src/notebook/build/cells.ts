/** `npm run cells [-- chapter …]`: builds the cells of chapters and prints what each shows. */
import { readdir } from "node:fs/promises"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { libraries } from "../../../libraries.ts"
import { buildChapter } from "./chapter.ts"
import { ChapterError } from "./error.ts"
import { librariesForNode, regionFinder } from "./plugin.ts"
import { print } from "./print.ts"
import { TypeChecker } from "./types.ts"

const root = fileURLToPath(new URL("../../../", import.meta.url))
const folder = join(root, "src/content/chapters")
const wanted = process.argv.slice(2)
const names =
  wanted.length > 0
    ? wanted.map((name) => `${name}.mdx`)
    : (await readdir(folder)).filter((name) => name.endsWith(".mdx"))
const options = {
  libraries: librariesForNode(root, libraries),
  types: new TypeChecker(root),
  findRegion: regionFinder(join(root, "src/engine")),
}
for (const name of names) {
  try {
    const file = join(folder, name)
    process.stdout.write(print(file, await buildChapter(file, options)))
  } catch (error) {
    if (!(error instanceof ChapterError)) throw error
    process.stderr.write(`${basename(name)} is not right:\n${error.message}\n`)
    process.exitCode = 1
  }
}
