import { CellError, compile, positionAt, type Position } from "../language/index.ts"
import { link } from "../language/link.ts"
import { regions, replaceRegion, type Region } from "../language/regions.ts"
import type { Clock } from "../runtime/clock.ts"
import { Stopped } from "../runtime/clock.ts"

/** A change to a region of the engine: `ops.ts#mul`, and its new text. */
export interface EngineEdit {
  name: string
  text: string
}

/** A mistake in a region of the engine. */
export class EngineError extends CellError {
  override name = "EngineError"
  readonly region: string

  constructor(region: string, { message, hint }: CellError, position?: Position) {
    super(message, hint, position)
    this.region = region
  }
}

const guardKey = "seven-knobs.engine"

/**
 * The engine with some of its regions changed: its modules, evaluated anew.
 *
 * @throws EngineError that names the region with the mistake
 */
export async function evaluateEngine(
  files: Record<string, string>,
  entry: string,
  edits: EngineEdit[],
  clock: Clock,
): Promise<unknown> {
  const changed = { ...files }
  for (const { name, text } of edits) {
    const [path = "", region = ""] = name.split("#")
    const found = regions(changed[path] ?? "").find((r) => r.name === region)
    if (!found) throw new EngineError(name, new CellError(`The engine has no region ${name}`, "Reset this cell."))
    changed[path] = replaceRegion(changed[path]!, found, text)
  }
  installGuard(clock)
  const addresses: string[] = []
  const guarded = new Set(edits.map(({ name }) => name.split("#")[0]!))
  try {
    const address = link({
      files: changed,
      entry,
      guarded,
      guard: `globalThis[Symbol.for(${JSON.stringify(guardKey)})]`,
      addressOf(javascript) {
        const url = URL.createObjectURL(new Blob([javascript], { type: "text/javascript" }))
        addresses.push(url)
        return url
      },
    })
    return await import(/* @vite-ignore */ address)
  } catch (error) {
    throw blame(error, changed, edits)
  } finally {
    for (const address of addresses) URL.revokeObjectURL(address)
  }
}

/** A million-node sweep is honest work; a loop without end is not. */
const longest = 5000

function installGuard(clock: Clock): void {
  let calls = 0
  Object.assign(globalThis, {
    [Symbol.for(guardKey)]: {
      check(line: number) {
        if ((++calls & 1023) === 0 && clock.elapsed() > longest) throw new Stopped(line, "blocked")
      },
      late: () => false,
      breathe: () => Promise.resolve(),
    },
  })
}

/** Finds the region that a mistake belongs to, and the place in it. */
function blame(error: unknown, changed: Record<string, string>, edits: EngineEdit[]): EngineError {
  for (const { name } of edits) {
    const [path = "", region = ""] = name.split("#")
    const source = changed[path]!
    try {
      compile(withoutExports(source))
    } catch (mistake) {
      if (!(mistake instanceof CellError)) continue
      const found = regions(source).find((r) => r.name === region)!
      if (mistake.position && !isInside(mistake.position, found, source)) continue
      return new EngineError(
        name,
        mistake,
        mistake.position && { ...mistake.position, line: mistake.position.line - found.line + 1 },
      )
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const cause =
    error instanceof CellError
      ? error
      : new CellError(`The engine cannot start: ${message}`, "Look at your change; Reset brings the engine back.")
  return new EngineError(edits.at(-1)!.name, cause)
}

function withoutExports(source: string): string {
  return source
    .replace(/^export (?=const|let|function|class|interface|type|abstract)/gm, "       ")
    .replace(/^(import|export) .*$/gm, (line) => " ".repeat(line.length))
}

function isInside({ line }: Position, { start, end }: Region, source: string): boolean {
  return line >= positionAt(source, start).line && line <= positionAt(source, end).line
}
