import { Runtime, type Module, type Variable } from "@observablehq/runtime"
import { CellError, type Position } from "../language/error.ts"
import type { Definition } from "../language/index.ts"
import { checkpoints, type Checkpoints } from "./checkpoints.ts"
import { breath, Clock, Stopped } from "./clock.ts"
import { explain } from "./errors.ts"
import { follow, paced } from "./generators.ts"
import type { Output } from "./output.ts"

/** What a cell is doing, as its reader sees it. */
export type CellState =
  { is: "waiting" } | { is: "running" } | { is: "done" } | { is: "failed"; error: CellError; canExtend: boolean }

/** A module that cells may import: loaded when first needed, with at least the names that a cell asks for (`*`: all). */
export type Library = (names: string[]) => Promise<unknown>

/** The body of a definition, evaluated. */
export type Body = (cell: CellScope, ...inputs: unknown[]) => unknown

/** What a cell's body sees of the notebook, as `__cell`. */
export interface CellScope extends Checkpoints {
  display<T>(value: T): T
  view<T>(input: { value: T } & EventTarget): unknown
  console: Pick<Console, "log" | "info" | "warn" | "error" | "debug">
  module(name: string): unknown
  later(name: string): Promise<unknown>
  assert<T>(index: number, value: T): T
}

/** One cell, ready to live. */
export interface LiveCell {
  name: string
  definition: Definition
  body: Body
  output: Output
  /** Where in the source an error was thrown, if its stack tells. */
  locate?(error: unknown): Position | undefined
  onState?(state: CellState): void
  onLog?(values: unknown[], level: string): void
  onAssert?(index: number, value: unknown): void
  /** Resolves when a generator of the cell may give its next value: when somebody can see it, for example. */
  mayAdvance?(): Promise<void>
  /**
   * Resolves when somebody comes near who might want the cell alive. Until then a run may wait that would show what is there
   * already, if that is so for all that read the cell as well.
   */
  mayBegin?(): Promise<unknown>
  /** How long the cell may block the page, in milliseconds; 2,000 if not said. */
  limit?: number
}

interface Entry {
  cell: LiveCell
  variables: Variable[]
  run: number
  stop: (() => void) | null
  /** Rejects when the last run is over for good: another one begins, or another cell stands in its place. */
  over: Promise<never>
  end: () => void
}

const limit = 2000

/** Cells that feed one another: each runs when what it reads has changed, on Observable's runtime. */
export class Notebook {
  readonly #runtime: Runtime
  readonly #module: Module
  readonly #libraries: Record<string, Library>
  readonly #modules = new Map<string, { variable: Variable; module: string; names: string[] }>()
  readonly #entries = new Map<string, Entry>()
  readonly #builtins: string[]
  /** Resolves when something stands here that the build did not put there: from then on no run waits to be wanted. */
  readonly #changed = Promise.withResolvers<unknown>()
  readonly #changing: Variable
  /** How long the page has been blocked, for whoever runs code in it. */
  readonly clock = new Clock()

  constructor({
    libraries,
    builtins = {},
  }: {
    libraries: Record<string, Library>
    builtins?: Record<string, unknown>
  }) {
    this.#libraries = { ...libraries }
    this.#builtins = Object.keys(builtins)
    this.#runtime = new Runtime(builtins)
    this.#module = this.#runtime.module()
    this.#changing = this.#module.variable(true)
  }

  /** The names that cells and the notebook define now. */
  get names(): string[] {
    return [...this.#builtins, ...[...this.#entries.values()].flatMap(({ cell }) => cell.definition.outputs)]
  }

  /**
   * Adds a cell, or puts it in the place of the one with its name: it runs again, and so does what depends on it.
   *
   * @throws CellError where it imports a module that is not here or declares another cell's name; nothing changes then
   */
  define(cell: LiveCell): void {
    const { definition } = cell
    const { outputs } = definition
    this.#refuse(cell)
    const old = this.#entries.get(cell.name)
    old?.stop?.()
    old?.end()
    const entry: Entry = { cell, variables: [], run: (old?.run ?? 0) + 1, stop: null, ...ending() }
    this.#entries.set(cell.name, entry)
    if (!cell.output.isBuilt) this.#change()

    const isSame = old !== undefined && old.cell.definition.outputs.join() === outputs.join()
    if (old && !isSame) for (const variable of old.variables.slice(1)) variable.delete()
    const modules = Object.entries(definition.imports).map(([module, names]) => this.#library(module, names))
    const variable = old?.variables[0] ?? this.#module.variable(this.#observe(cell.name))
    const name = outputs.length > 0 ? `cell ${cell.name}` : null
    entry.variables.push(
      variable.define(name, [...definition.inputs, ...modules], (...values: never[]) => this.#run(entry, values)),
    )
    for (const [index, output] of outputs.entries()) {
      const known = isSame ? old.variables[index + 1] : undefined
      entry.variables.push(
        (known ?? this.#module.variable(true)).define(output, [name!], (exports: Record<string, unknown>) =>
          paced(unless(entry.over, exports[output]), cell.mayAdvance),
        ),
      )
    }
  }

  #refuse({ name, definition }: LiveCell): void {
    const unknown = Object.keys(definition.imports).find((module) => !(module in this.#libraries))
    if (unknown !== undefined) {
      const known = Object.keys(this.#libraries).map((module) => `"${module}"`)
      throw new CellError(`There is no module "${unknown}" here`, `A cell can import ${known.join(", ")}.`)
    }
    for (const { cell } of this.#entries.values()) {
      const twice =
        cell.name === name ? undefined : definition.outputs.find((output) => cell.definition.outputs.includes(output))
      if (twice !== undefined)
        throw new CellError(`${twice} is defined already, in the cell ${cell.name}`, "Choose another name for it here.")
    }
  }

  /** Ends a cell's run; it and what depends on it wait until it runs again. */
  stop(name: string): void {
    this.#entries.get(name)?.stop?.()
  }

  /** The value that a name has, as soon as it has one. */
  value(name: string): Promise<unknown> {
    return this.#module.value(name)
  }

  /** Puts another module in the place of one that cells import; every cell that imports it runs again. */
  replaceLibrary(name: string, library: Library): void {
    this.#libraries[name] = library
    this.#change()
    for (const [key, { variable, module, names }] of this.#modules)
      if (module === name) variable.define(key, [], () => library(names))
  }

  /** Waits until the runtime has ended every run that a change makes stale: none must begin with what it read before. */
  #change(): void {
    this.#changing.define(null, [], () => {
      this.#changed.resolve(undefined)
    })
  }

  dispose(): void {
    for (const entry of this.#entries.values()) entry.stop?.()
    this.#runtime.dispose()
    this.clock.dispose()
  }

  /** The variable that holds a module with these names. */
  #library(module: string, names: string[]): string {
    const key = `module ${module} ${names.toSorted().join()}`
    if (!this.#modules.has(key)) {
      const variable = this.#module.variable().define(key, [], () => this.#libraries[module]!(names))
      this.#modules.set(key, { variable, module, names })
    }
    return key
  }

  #observe(name: string): {
    pending(): void
    fulfilled(value: unknown): void
    rejected(error: unknown): void
    _node: Element
  } {
    const current = (): Entry => this.#entries.get(name)!
    return {
      _node: current().cell.output.root,
      pending: () => {
        // Observable's runtime waits until the run before is done; one that never ends must not hold up the next.
        current().stop?.()
        current().cell.onState?.({ is: "waiting" })
      },
      fulfilled: (value) => {
        const { cell } = current()
        if (cell.definition.autodisplay) {
          cell.output.clear()
          cell.output.display(value)
        }
        cell.output.settle()
        cell.onState?.({ is: "done" })
      },
      rejected: (error) => {
        this.#fail(current(), error)
      },
    }
  }

  #fail({ cell }: Entry, error: unknown): void {
    const position = cell.locate?.(error)
    const canExtend = error instanceof Stopped && error.reason === "blocked"
    cell.onState?.({ is: "failed", error: explain(error, { names: this.names, position }), canExtend })
  }

  #run(entry: Entry, values: unknown[]): unknown {
    const { cell } = entry
    const { inputs, imports } = cell.definition
    const run = ++entry.run
    entry.end()
    Object.assign(entry, ending())
    const modules = new Map(Object.keys(imports).map((name, index) => [name, values[inputs.length + index]]))
    const scope = this.#scope(entry, run, modules)
    let stop: (() => void) | undefined
    const stopped = new Promise<never>((_, reject) => {
      stop = () => {
        entry.stop = null
        entry.run++
        reject(new Stopped(1, "asked"))
      }
    })
    stopped.catch(() => undefined)
    entry.stop = stop!
    const begin = (): unknown => {
      cell.onState?.({ is: "running" })
      this.clock.begin()
      return cell.body(scope, ...values.slice(0, inputs.length))
    }
    const chance = this.#chance(cell)
    const result = chance ? this.#later(entry, run, chance, begin) : begin()
    if (!(result instanceof Promise)) {
      entry.stop = null
      this.#clearIfSilent(entry, run)
      return paced(result, cell.mayAdvance)
    }
    return Promise.race([result, stopped]).finally(() => {
      if (entry.stop === stop) entry.stop = null
      this.#clearIfSilent(entry, run)
    })
  }

  /**
   * What a run waits for where the cell shows already what it will show: the page comes alive in short tasks instead of one,
   * and what is far from the window not at all, unless something near reads it.
   */
  #chance(cell: LiveCell): Promise<void> | undefined {
    if (!cell.output.isBuilt) return undefined
    const concerned = [...this.#withReaders(cell)]
    if (concerned.every(({ output, mayBegin }) => output.isBuilt && mayBegin)) {
      const chances = concerned.map(({ mayBegin }) => mayBegin!())
      return Promise.race([...chances, this.#changed.promise]).then(() => this.clock.nextTask())
    }
    return this.clock.whole() > breath ? this.clock.nextTask() : undefined
  }

  /** A cell, those that read it, those that read these, and so on. */
  #withReaders(cell: LiveCell): Set<LiveCell> {
    const found = new Set([cell])
    for (const { definition } of found)
      for (const { cell } of this.#entries.values())
        if (cell.definition.inputs.some((input) => definition.outputs.includes(input))) found.add(cell)
    return found
  }

  async #later(entry: Entry, run: number, chance: Promise<void>, begin: () => unknown): Promise<unknown> {
    await chance
    if (entry.run !== run) throw new Stopped(1, "asked")
    return paced(await begin(), entry.cell.mayAdvance)
  }

  /** A run that displayed nothing leaves nothing of the run before it. */
  #clearIfSilent({ cell, run }: Entry, ran: number): void {
    if (run === ran && !cell.definition.autodisplay && this.#shown.get(cell.output) !== ran) cell.output.clear()
  }

  /** Which run of a cell showed the first of what its output holds now. */
  readonly #shown = new WeakMap<Output, number>()

  #scope(entry: Entry, run: number, modules: Map<string, unknown>): CellScope {
    const { cell } = entry
    const isReplaced = (): boolean => this.#entries.get(cell.name) !== entry
    const isStale = (): boolean => entry.run !== run || isReplaced()
    // What a cell left behind, a timer for example, fails where nobody waits for it.
    const onBlocked = (stopped: Stopped): void => {
      if (!isStale() && entry.stop === null) this.#fail(entry, stopped)
    }
    const display = <T>(value: T): T => {
      if (isStale()) throw new Stopped(1, "asked")
      if (this.#shown.get(cell.output) !== run) cell.output.clear()
      this.#shown.set(cell.output, run)
      cell.output.display(value)
      return value
    }
    const log =
      (level: string) =>
      (...values: unknown[]): void => {
        if (!isStale()) cell.onLog?.(values, level)
      }
    return {
      display,
      view: (input) => follow(display(input)),
      console: { log: log("log"), info: log("info"), warn: log("warn"), error: log("error"), debug: log("debug") },
      module: (name) => modules.get(name),
      later: (name) => Promise.resolve(modules.get(name)),
      ...checkpoints(this.clock, { isStale, isReplaced, onBlocked, longest: cell.limit ?? limit }),
      assert: (index, value) => {
        cell.onAssert?.(index, value)
        return value
      },
    }
  }
}

function ending(): Pick<Entry, "over" | "end"> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  over.catch(() => undefined)
  return {
    over,
    end: () => {
      reject(new Stopped(1, "asked"))
    },
  }
}

/** A promise that is given up when a run is over, so that nobody waits for what never settles. */
function unless(over: Promise<never>, value: unknown): unknown {
  return value instanceof Promise ? Promise.race([value, over]) : value
}
