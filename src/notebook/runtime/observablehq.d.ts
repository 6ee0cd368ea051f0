/** The parts of Observable's untyped packages that the notebook uses. */
declare module "@observablehq/runtime" {
  export interface Observer {
    pending?(): void
    fulfilled?(value: unknown, name: string | null): void
    rejected?(error: unknown, name: string | null): void
    /** The element whose visibility `visibility()` waits for. */
    _node?: Element
  }
  export interface Variable {
    define(name: string | null, inputs: string[], definition: (...inputs: never[]) => unknown): Variable
    delete(): void
  }
  export interface Module {
    variable(observer?: Observer | true): Variable
    value(name: string): Promise<unknown>
  }
  export class Runtime {
    constructor(builtins?: Record<string, unknown>)
    module(): Module
    dispose(): void
  }
  export class RuntimeError extends Error {
    readonly input?: string
  }
}

declare module "@observablehq/inspector" {
  export class Inspector {
    constructor(node: Element)
    fulfilled(value: unknown, name?: string): void
  }
}
