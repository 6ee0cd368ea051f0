import { installDocument } from "../../src/notebook/build/document.ts"
import type { Body, CellState, LiveCell, Notebook as NotebookType } from "../../src/notebook/runtime/notebook.ts"

const document = installDocument()
// Read only now: both systems look for a document when they load.
const { compile } = await import("../../src/notebook/language/index.ts")
const { Notebook } = await import("../../src/notebook/runtime/notebook.ts")
const { Output } = await import("../../src/notebook/runtime/output.ts")
const { transpile } = await import("@observablehq/notebook-kit")
const { NotebookRuntime, observe } = await import("@observablehq/notebook-kit/runtime")

/** A notebook under test: ours or Observable's own, with the same cells and the same ways to look at it. */
export interface Book {
  /** What the cells said, in order: `say(…)` is a name that every cell sees. */
  said: string[]
  /** Puts cells in, each in the place of the one with its name. */
  define(cells: Record<string, string>): void
  /** What a cell shows, as text: the pieces that it displayed, separated by spaces. */
  shows(cell: string): string
  /** Why a cell failed, in the runtime's own words, or null. */
  failure(cell: string): string | null
  /** The element of a kind that a cell shows. */
  find<T extends Element = HTMLInputElement>(cell: string, selector: string): T
  /** Settles what the cells wait for with `gate(name)`. */
  open(gate: string, value?: unknown): void
  refuse(gate: string, error: unknown): void
  dispose(): void
}

/** What the cells of both systems can use. */
class Surroundings {
  readonly said: string[] = []
  readonly #gates = new Map<string, PromiseWithResolvers<unknown>>()

  get builtins(): Record<string, () => unknown> {
    return {
      say: () => (text: unknown) => void this.said.push(String(text)),
      gate: () => (name: string) => this.gate(name).promise,
    }
  }

  gate(name: string): PromiseWithResolvers<unknown> {
    const known = this.#gates.get(name) ?? Promise.withResolvers<unknown>()
    this.#gates.set(name, known)
    return known
  }
}

/** What a cell of ours has beyond what Observable has; `built`: whether it shows already what the build put there. */
type Options = Partial<LiveCell> & { built?: boolean }

/** Our notebook. The options of its cells may be given for all, or for each by its name. */
export function ours(
  options: Options | ((name: string) => Options) = {},
  libraries: ConstructorParameters<typeof Notebook>[0]["libraries"] = {},
): Book & { notebook: NotebookType; states: Record<string, CellState[]> } {
  const around = new Surroundings()
  const notebook = new Notebook({ libraries, builtins: around.builtins })
  const roots = new Map<string, Element>()
  const outputs = new Map<string, InstanceType<typeof Output>>()
  const states: Record<string, CellState[]> = {}
  const failure = (cell: string): string | null => {
    const state = states[cell]?.findLast(({ is }) => is !== "waiting" && is !== "running")
    if (state?.is !== "failed") return null
    const { cause } = state.error
    return cause === undefined ? state.error.message : cause instanceof Error ? cause.message : String(cause)
  }
  return {
    notebook,
    states,
    said: around.said,
    define(cells) {
      for (const [name, source] of Object.entries(cells)) {
        const { built = false, ...rest } = typeof options === "function" ? options(name) : options
        const definition = compile(source, { assertions: rest.onAssert !== undefined })
        const root = roots.get(name) ?? document.createElement("div")
        const output = outputs.get(name) ?? new Output(root, { built })
        roots.set(name, root)
        outputs.set(name, output)
        const body = (0, eval)(`"use strict";(${definition.body})`) as Body
        const onState = (state: CellState): void => void (states[name] ??= []).push(state)
        notebook.define({ name, definition, body, output, onState, ...rest })
      }
    },
    shows: (cell) => textOf(roots.get(cell)!),
    failure,
    find: (cell, selector) => roots.get(cell)!.querySelector(selector)!,
    open: (gate, value) => {
      around.gate(gate).resolve(value)
    },
    refuse: (gate, error) => {
      around.gate(gate).reject(error)
    },
    dispose: () => {
      notebook.dispose()
    },
  }
}

/** Observable's: the compiler, the runtime and the display of Notebook Kit, as its own pages use them. */
export function theirs(): Book {
  const around = new Surroundings()
  const runtime = new NotebookRuntime(around.builtins)
  const states = new Map<string, Parameters<typeof runtime.define>[0]>()
  const failures = new Map<string, string | null>()
  const ids = new Map<string, number>()
  return {
    said: around.said,
    define(cells) {
      for (const [name, source] of Object.entries(cells)) {
        const { body, ...rest } = transpile(source, "ts")
        const state = states.get(name) ?? { root: document.createElement("div"), expanded: [], variables: [] }
        for (const variable of state.variables.splice(0)) variable.delete()
        states.set(name, state)
        ids.set(name, ids.get(name) ?? ids.size + 1)
        const definition = { id: ids.get(name)!, body: (0, eval)(`"use strict";(${body})`) as never, ...rest }
        runtime.define(state, definition, (...args) => {
          const { _error, _node, ...shown } = observe(...args)
          return {
            ...shown,
            _error,
            _node,
            fulfilled(value) {
              failures.set(name, null)
              shown.fulfilled.call(this, value)
            },
            // Not what Observable's own does, which writes to the console: a test that expects an error is quiet.
            rejected(error) {
              this._error = true
              failures.set(name, error instanceof Error ? error.message : String(error))
            },
          }
        })
      }
    },
    shows: (cell) => textOf(states.get(cell)!.root),
    failure: (cell) => failures.get(cell) ?? null,
    find: (cell, selector) => states.get(cell)!.root.querySelector(selector)!,
    open: (gate, value) => {
      around.gate(gate).resolve(value)
    },
    refuse: (gate, error) => {
      around.gate(gate).reject(error)
    },
    dispose: () => {
      runtime.runtime.dispose()
    },
  }
}

function textOf(root: Element): string {
  return [...root.childNodes].map((node) => node.textContent).join(" ")
}

/** Resolves when nothing is left to do that needs no one from outside: no timer is involved, only turns of the event loop. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** Resolves when a condition holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}
