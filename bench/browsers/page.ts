import { compiling } from "./compiling.ts"
import { parity } from "./parity.ts"
import { training } from "./training.ts"

/** What a page of the bench can be asked to do, in a fresh browser each. */
const tasks = { parity, training, compiling }
export type Tasks = typeof tasks

// The address says what: /?["compiling",16,true]. The answer is posted back.
const [name, ...args] = JSON.parse(decodeURIComponent(location.search.slice(1))) as [keyof Tasks, ...never[]]
let answer: { found: unknown } | { error: string }
try {
  answer = { found: await (tasks[name] as (...args: never[]) => unknown)(...args) }
} catch (error) {
  answer = { error: error instanceof Error ? `${error}\n${error.stack}` : String(error) }
}
await fetch("/", { method: "POST", body: JSON.stringify(answer) })
export {}
