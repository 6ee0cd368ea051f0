/** A named part of a source file, between `// #region name` and its `// #endregion`. */
export interface Region {
  name: string
  /** The lines between the marks, the marks of regions inside left out. */
  text: string
  /** The file's line on which the text begins, from 1. */
  line: number
  /** The offsets in the file of what lies between the marks. */
  start: number
  end: number
}

/** Every region of a file, in order. Throws if a mark has no partner or a name comes twice. */
export function regions(source: string): Region[] {
  const found: Region[] = []
  const open: { name: string; line: number; start: number }[] = []
  let offset = 0
  for (const [index, line] of source.split("\n").entries()) {
    const name = opening.exec(line)?.[1]
    if (name !== undefined) {
      if (found.some((region) => region.name === name))
        throw new Error(`The region ${name} is there twice (line ${index + 1})`)
      open.push({ name, line: index + 2, start: offset + line.length + 1 })
    } else if (closing.test(line)) {
      const region = open.pop()
      if (!region) throw new Error(`Line ${index + 1} closes a region that was not opened`)
      found.push({ ...region, end: offset, text: withoutMarks(source.slice(region.start, offset)) })
    }
    offset += line.length + 1
  }
  if (open.length > 0) throw new Error(`The region ${open[0]!.name} is not closed`)
  return found.sort((a, b) => a.start - b.start)
}

/** The file with other text in the place of a region. */
export function replaceRegion(source: string, { start, end }: Pick<Region, "start" | "end">, text: string): string {
  return `${source.slice(0, start)}${text.replace(/\n?$/, "\n")}${source.slice(end)}`
}

const opening = /^\s*\/\/ #region (\S+)\s*$/
const closing = /^\s*\/\/ #endregion\b/

/** The text as a reader should see it: no marks of inner regions, no common indent, no blank line at either end. */
function withoutMarks(text: string): string {
  const lines = text.split("\n").filter((line) => !opening.test(line) && !closing.test(line))
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length))
  return lines
    .map((line) => line.slice(Number.isFinite(indent) ? indent : 0))
    .join("\n")
    .replace(/^(?:[ \t]*\n)+|\s+$/g, "")
}
