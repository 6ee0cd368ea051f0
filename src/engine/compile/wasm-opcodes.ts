// Numbers of the binary format: https://webassembly.github.io/spec/core/binary/instructions.html

/** Types: whole numbers of 32 bits, floats of 64 bits, and none, for a block that leaves nothing on the stack. */
export const i32 = 0x7f
export const f64 = 0x7c
export const nothing = 0x40

export const loop = 0x03
export const if_ = 0x04
export const end = 0x0b
/** Jumps if the number on the stack is not 0; out of a loop's block, that is back to its beginning. */
export const branchIf = 0x0d
export const call = 0x10
/** Of three numbers on the stack keeps the first if the third is not 0, else the second. */
export const select = 0x1b

export const getLocal = 0x20
export const setLocal = 0x21
/** Sets a local variable and leaves its number on the stack. */
export const teeLocal = 0x22

/** With the second byte of each: the address is a multiple of 2³ bytes. */
export const loadF64 = 0x32b
export const storeF64 = 0x339
export const constI32 = 0x41
export const constF64 = 0x44

export const lessI32 = 0x49
export const addI32 = 0x6a
export const lessF64 = 0x63
export const greaterF64 = 0x64
export const addF64 = 0xa0

/** Operations on the numbers on the stack, by the names of `Arithmetic`; the others are calls, or more than one instruction. */
export const arithmetic: Readonly<Partial<Record<string, number>>> = {
  neg: 0x9a,
  "+": addF64,
  "-": 0xa1,
  "*": 0xa2,
  "/": 0xa3,
  max: 0xa5,
}
