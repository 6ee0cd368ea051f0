import { availableParallelism } from "node:os"
import { Worker } from "node:worker_threads"
import { digitsOf, fulfils, write, type Definition } from "../language/index.ts"
import type { SourceCell } from "./parse.ts"

/** A cell that was compiled and can run. */
export interface RunnableCell {
  name: string
  kind: SourceCell["kind"]
  definition: Definition
  /** Where its source begins in its file. */
  line: number
  indent: number
}

/** What the worker is handed. */
export interface Job {
  cells: RunnableCell[]
  /** The modules that cells may import, and where each is. */
  libraries: Record<string, string>
  file: string
}

/** What the worker says while it runs. */
export type Report =
  | { type: "running"; cell: string }
  | { type: "log"; cell: string; text: string }
  | { type: "done"; cell: string; html: string }
  | { type: "failed"; cell: string; message: string; hint: string; line: number; column: number }
  | { type: "assert"; cell: string; index: number; value: unknown }

/** A cell that did not do what its author promised. */
export interface RunMistake {
  cell: string
  message: string
  hint: string
  line: number
  column: number
}

/** After this many milliseconds in which no cell had anything to say, those that are not done fail. */
const patience = 60_000

/** As many chapters run at once as the machine can bear. */
const places = Math.max(1, availableParallelism() - 1)
let running = 0
const waiting: (() => void)[] = []

/** Runs a chapter's cells until each has shown what it shows. */
export async function run(job: Job): ReturnType<typeof runNow> {
  if (running >= places) await new Promise<void>((resolve) => waiting.push(resolve))
  running++
  try {
    return await runNow(job)
  } finally {
    running--
    waiting.shift()?.()
  }
}

function runNow(job: Job): Promise<{ outputs: Map<string, string>; mistakes: RunMistake[] }> {
  const outputs = new Map<string, string>()
  const failed = new Map<string, RunMistake>()
  const broken = new Map<string, RunMistake>()
  const byName = new Map(job.cells.map((cell) => [cell.name, cell]))
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData: job, stdout: false })
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      clearTimeout(timer)
      void worker.terminate()
      resolve({ outputs, mistakes: [...failed.values(), ...broken.values()] })
    }
    const giveUp = (): void => {
      for (const { name, line, indent } of job.cells) {
        if (outputs.has(name) || failed.has(name)) continue
        const hint =
          "A loop may never end, or a promise may never settle: a cell must show something when the site is built."
        failed.set(name, {
          cell: name,
          message: `The cell did nothing for ${patience / 1000} s, and is not done`,
          hint,
          line,
          column: indent + 1,
        })
      }
      settle()
    }
    let timer = setTimeout(giveUp, patience)
    worker.on("error", (error) => {
      clearTimeout(timer)
      reject(error)
    })
    worker.on("message", (report: Report) => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, patience)
      const { cell } = report
      if (report.type === "done") {
        outputs.set(cell, report.html)
        failed.delete(cell)
      } else if (report.type === "failed") {
        const { message, hint, line, column } = report
        failed.set(cell, { cell, message, hint, line, column })
      } else if (report.type === "assert") {
        const { definition, line, indent } = byName.get(cell)!
        const { expected, line: at } = definition.assertions[report.index]!
        if (fulfils(report.value, expected)) return
        const found = write(report.value, digitsOf(expected))
        const message = `The comment promises ${expected}, but the line gives ${found}${String(report.value) === found ? "" : ` (${String(report.value)})`}`
        broken.set(`${cell} ${report.index}`, {
          cell,
          message,
          hint: "Correct the comment, or the code.",
          line: line + at - 1,
          column: indent + 1,
        })
      }
      if (report.type !== "running" && outputs.size + failed.size >= job.cells.length) settle()
    })
    if (job.cells.length === 0) settle()
  })
}
