/**
 * How the cost of a compiled step grows with the number of examples and with the size of the network, as Markdown tables.
 *
 *     npm run bench:growth               prints them
 *     npm run bench:growth -- --write    puts them into README.md
 */
import { readFileSync, writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { format, resolveConfig } from "prettier"
import { compile, hinge, MLP, moons, SGD } from "../src/engine/index.ts"
import { freshNode } from "./fresh.ts"
import { median } from "./median.ts"

interface Cost {
  parameters: number
  /** Of the first compile of a process, and of a step once it is warm, in ms. */
  compile: number
  step: number
  /** Of WebAssembly. */
  bytes: number
  backend: string
}

/** In a fresh process: `node growth.ts 16 100` measures MLP(2, [16, 16, 1]) on 100 examples. */
function measure(hidden: number, count: number): Cost {
  const { inputs, targets } = moons({ count: Math.max(2, count) })
  const pick = Array.from({ length: count }, (_, i) => i)
  const model = new MLP(2, [hidden, hidden, 1], { activation: "relu" })
  const parameters = model.parameters()
  const start = performance.now()
  const step = compile({ parameters, inputs: 2, targets: 1, row: (x, y) => hinge(model.forward(x), y) })
  const compileTime = performance.now() - start
  const optimizer = new SGD(parameters, { learningRate: 1e-6 })
  const times: number[] = []
  // Two seconds to become warm, then what half a second holds, but seven at least.
  for (let spent = 0; spent < 2500 || times.length < 7;) {
    const start = performance.now()
    optimizer.zeroGrad()
    step(inputs, targets, pick)
    const time = performance.now() - start
    spent += time
    if (spent > 2000) times.push(time)
  }
  const { bytes, backend } = step
  return { parameters: parameters.length, compile: compileTime, step: median(times), bytes, backend }
}

/** Medians over seven fresh processes. */
function cost(hidden: number, count: number): Cost {
  const runs = Array.from({ length: 7 }, () => freshNode(import.meta.filename, `${hidden}`, `${count}`) as Cost)
  const middle = (key: "compile" | "step"): number => median(runs.map((run) => run[key]))
  return { ...runs[0]!, compile: middle("compile"), step: middle("step") }
}

const digits = (x: number): string => (x >= 100 ? Math.round(x).toLocaleString("en") : x.toPrecision(2))

function table(
  title: string,
  rows: [hidden: number, count: number][],
  head: (hidden: number, count: number) => string,
): string {
  const lines = rows.map(([hidden, count]) => {
    const { parameters, compile, step, bytes, backend } = cost(hidden, count)
    const each = (1e6 * step) / parameters / count
    const cells = [
      head(hidden, count),
      parameters.toLocaleString("en"),
      digits(1000 * step),
      each.toPrecision(2),
      digits(compile),
    ]
    process.stderr.write(`${cells.join("  ")}\n`)
    return `| ${[...cells, bytes.toLocaleString("en"), backend].join(" | ")} |`
  })
  const columns = [
    title,
    "parameters",
    "step, µs",
    "per parameter and example, ns",
    "compile, ms",
    "WebAssembly, bytes",
    "backend",
  ]
  return [`| ${columns.join(" | ")} |`, `|${" ---: |".repeat(columns.length)}`, ...lines].join("\n")
}

const [hidden, count] = process.argv.slice(2).map(Number)
if (hidden && count) console.log(JSON.stringify(measure(hidden, count)))
else {
  const examples = table(
    "examples",
    [1, 10, 100, 1000, 10_000].map((n) => [16, n]),
    (_, n) => n.toLocaleString("en"),
  )
  const units = table(
    "hidden units",
    [8, 16, 32, 64, 128, 256].map((h) => [h, 100]),
    (h) => `2 × ${h}`,
  )
  const text = `${cpus()[0]?.model ?? "unknown"}, Node ${process.version}; medians of 7 fresh processes.

\`MLP(2, [16, 16, 1])\` on more and more examples:

${examples}

\`MLP(2, [h, h, 1])\` on 100 examples:

${units}`
  if (process.argv.includes("--write")) await write(text)
  else console.log(text)
}

/** Puts the tables into README.md, between two marks. */
async function write(text: string): Promise<void> {
  const readme = new URL("README.md", import.meta.url)
  const marks = /(<!-- growth -->)[^]*(<!-- \/growth -->)/
  const old = readFileSync(readme, "utf8")
  if (!marks.test(old))
    throw new Error(`bench/README.md: expected ${marks}, found no such marks: put them where the tables go`)
  const next = old.replace(marks, (_, start: string, end: string) => `${start}\n\n${text}\n\n${end}`)
  writeFileSync(readme, await format(next, { ...(await resolveConfig(readme)), filepath: readme.pathname }))
}
