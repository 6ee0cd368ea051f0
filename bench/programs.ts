/** One way to train micrograd's moons demo. */
export interface Program {
  /** Its file in `programs/`: a `.ts` that exports `train(): number[]`, the losses (or a promise of them), or a `.py`. */
  name: string
  title: string
  language?: "python"
  /** How far its losses may be from the recorded ones, relative: a program that computes something else is no baseline. */
  tolerance: number
}

/** To add a row to the bench, write its program and list it here. */
export const programs: Program[] = [
  { name: "plain", title: "plain port of micrograd", tolerance: 1e-9 },
  { name: "eager", title: "our engine, whole batch", tolerance: 1e-9 },
  { name: "eager-by-example", title: "our engine, by example", tolerance: 1e-9 },
  { name: "compiled", title: "our engine, compiled", tolerance: 1e-9 },
  { name: "compiled-columns", title: "our engine, no code made", tolerance: 1e-9 },
  { name: "hand", title: "loops in one function", tolerance: 1e-9 },
  { name: "hand-split", title: "loops in small functions", tolerance: 1e-9 },
  { name: "tfjs", title: "TensorFlow.js, CPU, float32", tolerance: 1e-3 },
  { name: "pytorch", title: "PyTorch, one thread", language: "python", tolerance: 1e-9 },
]

/** The programs that the others are compared with, as columns of the table. */
export const baselines = ["plain", "hand", "hand-split", "tfjs", "pytorch"]

/** What the engine promises: `program` is at least `times` as fast as `than`. */
export interface Goal {
  program: string
  than: string
  when: "cold" | "warm"
  times: number
}

export const goals: Goal[] = [
  { program: "eager", than: "plain", when: "cold", times: 5 },
  { program: "eager-by-example", than: "plain", when: "cold", times: 10 },
  { program: "compiled", than: "hand", when: "cold", times: 1 / 0.9 },
  { program: "compiled", than: "hand", when: "warm", times: 1 / 0.6 },
  { program: "compiled", than: "hand-split", when: "cold", times: 1 / 2 },
  { program: "compiled", than: "hand-split", when: "warm", times: 1 / 0.75 },
  { program: "compiled", than: "tfjs", when: "warm", times: 50 },
  { program: "compiled", than: "pytorch", when: "warm", times: 15 },
]

/** The most that a node may cost, in bytes. */
export const bytesPerNode = 120
