/**
 * The bench: micrograd's moons demo by our engine and by its rivals, each in a fresh process, in interleaved rounds.
 *
 *     npm run bench                    a table
 *     npm run bench -- --json          the same as JSON (README.md documents the keys)
 *     npm run bench -- --rounds 3      fewer rounds than 7
 *     npm run bench -- --only eager    only these programs (may be repeated)
 */
import { spawnSync } from "node:child_process"
import { cpus } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { fresh, freshNode } from "./fresh.ts"
import { median } from "./median.ts"
import { moons } from "./moons.ts"
import { benchOptions } from "./options.ts"
import { baselines, bytesPerNode, goals, programs, type Program } from "./programs.ts"

interface Sample {
  cold: number
  warm: number
}

const { json, rounds, isWanted } = benchOptions(programs.map(({ name }) => name))

const file = (name: string): string => join(import.meta.dirname, name)
const bundle = (name: string): string => join(import.meta.dirname, "../.cache/bench", name)

// As JavaScript, as in a page: Node's own stripping of types runs as WebAssembly, which V8 would still be compiling, on
// another thread, while a program is measured that takes a few milliseconds.
await build({
  entryPoints: [
    file("measure.ts"),
    ...programs.flatMap(({ name, language }) => (language ? [] : file(`programs/${name}.ts`))),
  ],
  outbase: import.meta.dirname,
  outdir: bundle(""),
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
})

/** A Python that has PyTorch: the first of the path, or that of the system. */
const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import torch"]).status === 0,
)

function measure({ name, language, tolerance }: Program): Sample {
  const found = (
    language === "python"
      ? fresh(python!, file(`programs/${name}.py`))
      : freshNode(bundle("measure.js"), bundle(`programs/${name}.js`))
  ) as Sample & { losses: number[] }
  const worst = Math.max(...moons.losses.map((loss, k) => Math.abs(found.losses[k]! / loss - 1)))
  if (!(worst <= tolerance)) throw new Error(`${name}: expected the recorded losses, found them off by ${worst}`)
  return { cold: found.cold, warm: found.warm }
}

/** Why a program cannot run here, if it cannot. */
function missing({ language, name }: Program): string | undefined {
  return language === "python" && !python ? `${name}: skipped, no python3 has the module torch here` : undefined
}

const wanted = programs.filter(({ name }) => isWanted(name))
const skipped = wanted.map(missing).filter((reason) => reason !== undefined)
const present = wanted.filter((program) => !missing(program))
const samples = new Map(present.map(({ name }) => [name, [] as Sample[]]))
for (let round = 1; round <= rounds; round++) {
  for (const program of present) {
    if (!json) process.stderr.write(`\rround ${round} of ${rounds}: ${program.name.padEnd(20)}`)
    samples.get(program.name)!.push(measure(program))
  }
}
if (!json) process.stderr.write(`\r${" ".repeat(50)}\r`)

/** How many times as fast as another program: the median of the ratios within each round, since rounds differ in noise. */
function times(name: string, than: string, when: keyof Sample): number | undefined {
  const [own, other] = [samples.get(name), samples.get(than)]
  return own && other && median(own.map((sample, round) => other[round]![when] / sample[when]))
}

const nodes = freshNode("--expose-gc", file("node-cost.ts")) as { add: number; mul: number }
const report = {
  node: process.version,
  cpu: cpus()[0]?.model ?? "unknown",
  rounds,
  programs: present.map(({ name, title }) => {
    const found = samples.get(name)!
    const against = baselines.filter((baseline) => baseline !== name && samples.has(baseline))
    return {
      name,
      title,
      cold: median(found.map(({ cold }) => cold)),
      warm: median(found.map(({ warm }) => warm)),
      times: Object.fromEntries(
        against.map((than) => [than, { cold: times(name, than, "cold")!, warm: times(name, than, "warm")! }]),
      ),
      samples: found,
    }
  }),
  goals: goals.flatMap((goal) => {
    const found = times(goal.program, goal.than, goal.when)
    return found === undefined ? [] : [{ ...goal, found, met: found >= goal.times }]
  }),
  bytesPerNode: { ...nodes, most: bytesPerNode, met: Math.max(nodes.add, nodes.mul) <= bytesPerNode },
  skipped,
}

function table(): string {
  const columns = baselines.filter((name) => samples.has(name))
  const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x.toPrecision(2))
  const ms = (x: number): string => x.toFixed(x < 100 ? 1 : 0)
  const lines = [
    ["100 steps, ms", "cold", "warm", ...columns.map((name) => `× ${name}`)],
    ...report.programs.map(({ title, cold, warm, times }) => [
      title,
      ms(cold),
      ms(warm),
      ...columns.map((name) => (times[name] ? `${digits(times[name].cold)} | ${digits(times[name].warm)}` : "")),
    ]),
  ]
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)))
  return lines
    .map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("   "))
    .join("\n")
}

function text(): string {
  const yes = (met: boolean): string => (met ? "met" : "NOT MET")
  return [
    `${report.cpu}, Node ${report.node}, medians of ${rounds} rounds; × = times as fast as, cold | warm`,
    "",
    table(),
    "",
    ...report.goals.map(
      ({ program, than, when, times, found, met }) =>
        `${program}, ${when}: ${found.toFixed(2)} times as fast as ${than}, goal ${Number(times.toFixed(2))}: ${yes(met)}`,
    ),
    `bytes per node: ${nodes.add.toFixed(1)} (add), ${nodes.mul.toFixed(1)} (mul), goal at most ${bytesPerNode}: ${yes(report.bytesPerNode.met)}`,
    ...skipped,
  ].join("\n")
}

console.log(json ? JSON.stringify(report, null, 2) : text())
