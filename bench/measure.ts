/**
 * Measures one program, in this process, which should be fresh: `node measure.js programs/eager.js`, both as `run.ts` has
 * bundled them, prints one line of JSON.
 * cold: the first training in ms, from building the model to the 100th loss; loading the modules is not counted.
 * warm: the same training from the same start, after a second of repetition: the median of 5, or one that takes a second.
 */
import { resolve } from "node:path"
import { median } from "./median.ts"

const { train } = (await import(resolve(process.argv[2]!))) as { train: () => number[] | Promise<number[]> }

async function timed(): Promise<{ time: number; losses: number[] }> {
  const start = performance.now()
  const losses = await train()
  return { time: performance.now() - start, losses }
}

const { time: cold, losses } = await timed()
let warm = 0
for (let spent = 0; spent < 1000; spent += warm) warm = (await timed()).time
if (warm < 1000) {
  const times: number[] = []
  while (times.length < 5) times.push((await timed()).time)
  warm = median(times)
}
console.log(JSON.stringify({ cold, warm, losses }))
