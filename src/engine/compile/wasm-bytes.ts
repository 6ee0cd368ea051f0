/** Bytes to append to, the way WebAssembly writes them: whole numbers in LEB128, floats in IEEE 754, little end first. */
export class Bytes {
  private room = new Uint8Array(1 << 15)
  private view = new DataView(this.room.buffer)
  length = 0

  /** What has been written. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.room.subarray(0, this.length)
  }

  byte(value: number): void {
    if (this.length === this.room.length) this.grow(1)
    this.room[this.length++] = value
  }

  bytes(...values: readonly number[]): void {
    for (const value of values) this.byte(value)
  }

  /** A whole number: seven bits a byte, the lowest first; the eighth bit says that more follow. */
  unsigned(value: number): void {
    this.instruction(0, value, 0)
  }

  /** An instruction of `length` bytes, of which the lowest comes first, and its operand, a whole number. */
  instruction(bytes: number, operand: number, length = 1): void {
    if (this.length + 10 > this.room.length) this.grow(10)
    const { room } = this
    let at = this.length
    for (; length > 0; length--, bytes >>>= 8) room[at++] = bytes
    for (; operand > 127; operand >>>= 7) room[at++] = (operand & 127) | 128
    room[at++] = operand
    this.length = at
  }

  float64(value: number): void {
    if (this.length + 8 > this.room.length) this.grow(8)
    this.view.setFloat64(this.length, value, true)
    this.length += 8
  }

  /** A name in ASCII, its length first. */
  name(value: string): void {
    this.unsigned(value.length)
    for (let i = 0; i < value.length; i++) this.byte(value.charCodeAt(i))
  }

  append(other: Bytes): void {
    if (this.length + other.length > this.room.length) this.grow(other.length)
    this.room.set(other.written, this.length)
    this.length += other.length
  }

  private grow(by: number): void {
    const larger = new Uint8Array(2 * this.room.length + by)
    larger.set(this.room)
    this.room = larger
    this.view = new DataView(larger.buffer)
  }
}
