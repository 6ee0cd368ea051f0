/** Observable Inputs has no types of its own: these are of what a cell may use. */
declare module "@observablehq/inputs" {
  type Input<T> = HTMLElement & { value: T }
  interface RangeOptions {
    label?: string | Node
    step?: number
    value?: number
    format?: (value: number) => unknown
    transform?: (value: number) => number
    invert?: (value: number) => number
    width?: number
    disabled?: boolean
  }
  interface ChoiceOptions<T> {
    label?: string | Node
    value?: T
    format?: (value: T) => unknown
    keyof?: (value: T) => unknown
    disabled?: boolean
  }
  export function range(extent?: readonly [number, number], options?: RangeOptions): Input<number>
  export function number(extent?: readonly [number, number], options?: RangeOptions): Input<number>
  export function toggle(options?: { label?: string; value?: boolean; disabled?: boolean }): Input<boolean>
  export function select<T>(choices: Iterable<T>, options?: ChoiceOptions<T>): Input<T>
  export function radio<T>(choices: Iterable<T>, options?: ChoiceOptions<T>): Input<T>
  export function checkbox<T>(
    choices: Iterable<T>,
    options?: Omit<ChoiceOptions<T>, "value"> & { value?: T[] },
  ): Input<T[]>
  export function button(
    content?: string | Node,
    options?: { label?: string; value?: number; reduce?: (value: number) => number },
  ): Input<number>
  export function text(options?: { label?: string; value?: string; placeholder?: string }): Input<string>
}
