import type ts from "typescript"

/** What TypeScript says of a mistake, with modules by their names instead of the paths of their files. */
export function messageOf({ flattenDiagnosticMessageText }: typeof ts, { messageText }: ts.Diagnostic): string {
  return flattenDiagnosticMessageText(messageText, "\n").replace(
    /import\("([^"]*)"\)/g,
    (_, path: string) => `import("${moduleOf(path)}")`,
  )
}

function moduleOf(path: string): string {
  const [, name] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? []
  return name ?? path.replace(/^.*\/(?=src\/)/, "")
}
