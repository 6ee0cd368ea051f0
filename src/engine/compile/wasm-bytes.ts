/** Bytes to append to, the way WebAssembly writes them: whole numbers in LEB128, floats in IEEE 754, little end first. */
export class Bytes {
  #bytes = new Uint8Array(1 << 12)
  length = 0

  /** What has been written. */
  get view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length)
  }

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.length++] = value
  }

  bytes(...values: readonly number[]): void {
    for (const value of values) this.byte(value)
  }

  /** A whole number from 0 to 2³² − 1: seven bits a byte, the lowest first; the eighth bit says that more follow. */
  unsigned(value: number): void {
    for (; value > 127; value >>>= 7) this.byte((value & 127) | 128)
    this.byte(value)
  }

  /** A whole number from 0 to 2³¹ − 1 where a negative one could stand: the last byte keeps its seventh bit for the sign. */
  signed(value: number): void {
    for (; value > 63; value >>>= 7) this.byte((value & 127) | 128)
    this.byte(value)
  }

  float64(value: number): void {
    if (this.length + 8 > this.#bytes.length) this.#grow(8)
    new DataView(this.#bytes.buffer).setFloat64(this.length, value, true)
    this.length += 8
  }

  /** A name in ASCII, its length first. */
  name(value: string): void {
    this.unsigned(value.length)
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i))
  }

  append(other: Bytes): void {
    if (this.length + other.length > this.#bytes.length) this.#grow(other.length)
    this.#bytes.set(other.view, this.length)
    this.length += other.length
  }

  #grow(by: number): void {
    const larger = new Uint8Array(2 * this.#bytes.length + by)
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}
