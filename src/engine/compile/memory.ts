/** Runs a program for the rows that are in memory; `seed` is the gradient of the loss of each row. */
export type Run = (rows: number, seed: number) => void

/** The unit in which the memory of WebAssembly grows, in bytes. */
const page = 65_536

/**
 * The numbers that programs and JavaScript share: the data of all parameters, their gradients, the sum of the losses, then
 * the rows of the batch, each with its inputs, targets and outputs.
 */
export class Memory {
  /** The same numbers as WebAssembly sees them; undefined where there is none. */
  readonly wasm: WebAssembly.Memory | undefined
  numbers: Float64Array

  constructor() {
    this.wasm = typeof WebAssembly === "object" ? new WebAssembly.Memory({ initial: 1 }) : undefined
    this.numbers = new Float64Array(this.wasm?.buffer ?? new ArrayBuffer(0))
  }

  /** Makes room for `length` numbers. What is in it stays, but what was `numbers` before is not the memory any more. */
  reserve(length: number): Float64Array {
    const { wasm, numbers } = this
    if (numbers.length >= length) return numbers
    if (wasm) {
      wasm.grow(Math.ceil((8 * length - wasm.buffer.byteLength) / page))
      this.numbers = new Float64Array(wasm.buffer)
    } else {
      this.numbers = new Float64Array(length)
      this.numbers.set(numbers)
    }
    return this.numbers
  }
}
