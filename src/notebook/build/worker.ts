import vm from "node:vm"
import { parentPort, workerData } from "node:worker_threads"
import type { Position } from "../language/index.ts"
import { installDocument } from "./document.ts"
import type { Job, Report } from "./run.ts"

/** Runs the cells of one chapter in a document of its own, and reports what each shows. */
const { cells, libraries, file } = workerData as Job
const document = installDocument()

// Read only now: the inspector and the charts look for a document when they load.
const { Notebook } = await import("../runtime/notebook.ts")
const { Output } = await import("../runtime/output.ts")

const load = (url: string) => (): Promise<unknown> => import(url)
const modules = Object.fromEntries(Object.entries(libraries).map(([name, url]) => [name, load(url)]))
const notebook = new Notebook({
  libraries: modules,
  builtins: { Inputs: modules["@observablehq/inputs"], Plot: modules["@observablehq/plot"], width: 680, now: 0 },
})
const send = (report: Report): void => parentPort!.postMessage(report)

for (const { name, kind, definition, line, indent } of cells) {
  const output = new Output(document.createElement(kind === "inline" ? "span" : "div"), { inline: kind === "inline" })
  // Line 1 of a body is its head; the source begins on line 2.
  const script = new vm.Script(`"use strict";(${definition.body})`, { filename: `${file}#${name}`, lineOffset: -1 })
  notebook.define({
    name,
    definition,
    body: script.runInThisContext(),
    output,
    limit: 20_000,
    locate: (error) => thrownAt(error, name),
    onAssert: (index, value) => {
      send({ type: "assert", cell: name, index, value: portable(value) })
    },
    onLog: (values) => {
      send({ type: "log", cell: name, text: values.map(String).join(" ") })
    },
    onState: (state) => {
      if (state.is === "running") send({ type: "running", cell: name })
      else if (state.is === "done") send({ type: "done", cell: name, html: still(output.root) })
      else if (state.is === "failed") {
        const { message, hint, position } = state.error
        send({
          type: "failed",
          cell: name,
          message,
          hint,
          line: line + (position?.line ?? 1) - 1,
          column: indent + (position?.column ?? 1),
        })
      }
    },
  })
}

/** What a root holds, as HTML. A button's `onclick="::3"` is a mark of htl's for a listener, which linkedom makes it overlook. */
function still(root: Element): string {
  return root.innerHTML.replaceAll(/ on\w+="::\d+"/g, "")
}

function thrownAt(error: unknown, name: string): Position | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : ""
  const at = stack.split(`${file}#${name}:`)[1]
  const [, line, column] = /^(\d+):(\d+)/.exec(at ?? "") ?? []
  return line ? { line: Number(line), column: Number(column) } : undefined
}

/** Only what can cross to the builder: a Value or a function is sent as its text. */
function portable(value: unknown): unknown {
  try {
    return structuredClone(value)
  } catch {
    return String(value)
  }
}
