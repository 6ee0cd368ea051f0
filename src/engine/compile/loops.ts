import type { Arithmetic } from "./expr.ts"

/** The numbers of one formula for several rows. */
export type Column = Float64Array

/** out[i] ← a[i] ∘ b[i] for the first `n` rows. Operations on one number ignore `b`. */
export type Loop = (out: Column, a: Column, b: Column, n: number) => void

/** A loop of its own for each operation, because a loop that calls a function for each number is several times slower. */
export const loops: Readonly<Record<Arithmetic, Loop>> = {
  "+"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!
  },
  "-"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!
  },
  "*"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!
  },
  "/"(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!
  },
  neg(out, a, _, n) {
    for (let i = 0; i < n; i++) out[i] = -a[i]!
  },
  max(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!)
  },
  share(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! > b[i]! ? 1 : a[i]! < b[i]! ? 0 : 0.5
  },
  gate(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! > 0 ? b[i]! : 0
  },
  pow(out, a, b, n) {
    for (let i = 0; i < n; i++) out[i] = a[i]! ** b[i]!
  },
  exp(out, a, _, n) {
    for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]!)
  },
  log(out, a, _, n) {
    for (let i = 0; i < n; i++) out[i] = Math.log(a[i]!)
  },
  tanh(out, a, _, n) {
    for (let i = 0; i < n; i++) out[i] = Math.tanh(a[i]!)
  },
}
