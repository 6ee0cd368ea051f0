/**
 * The compiled engine in Chromium, Firefox and WebKit: does it give the numbers of the graph, how fast does it train, and
 * for how long does compiling block a page? Each figure comes from a fresh browser.
 *
 *     npm run bench:browsers                      tables
 *     npm run bench:browsers -- --json            the same as JSON (README.md documents the keys)
 *     npm run bench:browsers -- --rounds 3        fewer fresh browsers than 7 for the figures of compiling
 *     npm run bench:browsers -- --only Firefox    only this browser (may be repeated)
 */
import { cpus } from "node:os"
import type { Compiling } from "./browsers/compiling.ts"
import { installed } from "./browsers/installed.ts"
import type { Parity } from "./browsers/parity.ts"
import { serve, type Open } from "./browsers/serve.ts"
import type { Training } from "./browsers/training.ts"
import { median } from "./median.ts"
import { benchOptions } from "./options.ts"

const known = installed()
const { json, rounds, isWanted } = benchOptions(known.map(({ name }) => name))

/** What the engine promises in each browser: a relative error, and times in ms. */
const most = { error: 1e-12, recorded: 1e-9, training: 16, blocked: 50 }

/** The networks to compile, by their hidden units: the moons demo, and one with 17,025 parameters. */
const networks = [16, 128]

/** Medians over the rounds; and the longest block of them all. */
interface Blocks extends Compiling {
  hidden: number
  call: "compile" | "compileAsync"
  longest: number
}

interface Found {
  name: string
  version: string
  parity: Parity[]
  training: Training
  compiling: Blocks[]
}

const page = await serve()

async function blocks(open: Open, hidden: number, call: Blocks["call"]): Promise<Blocks> {
  const runs: Compiling[] = []
  while (runs.length < rounds) runs.push((await page.run(open, "compiling", hidden, call === "compileAsync")).found)
  const middle = (key: keyof Compiling): number => median(runs.map((run) => run[key]))
  return {
    hidden,
    call,
    blocked: middle("blocked"),
    longest: Math.max(...runs.map(({ blocked }) => blocked)),
    idle: middle("idle"),
    time: middle("time"),
    bytes: middle("bytes"),
  }
}

async function measure(name: string, open: Open): Promise<Found> {
  process.stderr.write(`${name}: parity\n`)
  const { found: parity, version } = await page.run(open, "parity")
  process.stderr.write(`${name}: training\n`)
  const { found: training } = await page.run(open, "training")
  const compiling: Blocks[] = []
  for (const hidden of networks) {
    for (const call of ["compile", "compileAsync"] as const) {
      process.stderr.write(`${name}: ${call}, ${hidden} hidden units\n`)
      compiling.push(await blocks(open, hidden, call))
    }
  }
  return { name, version, parity, training, compiling }
}

const browsers: Found[] = []
const skipped: string[] = []
for (const { name, open, needs } of known.filter(({ name }) => isWanted(name))) {
  if (open) browsers.push(await measure(name, open))
  else skipped.push(`${name}: skipped, it is not installed here (Debian: ${needs})`)
}
page.close()

/** A promise in one browser, and whether it is kept. */
const goal = (browser: string, what: string, found: number, most: number) => {
  return { browser, what, found, most, met: found <= most }
}
const report = {
  node: process.version,
  cpu: cpus()[0]?.model ?? "unknown",
  rounds,
  browsers,
  goals: browsers.flatMap(({ name, parity, training, compiling }) => [
    ...parity.map(({ backend, worst }) => goal(name, `relative error, ${backend}`, worst, most.error)),
    goal(name, "relative error of the recorded losses", training.worst, most.recorded),
    goal(name, "100 steps of the moons, warm, median in ms", training.median, most.training),
    goal(name, "100 steps of the moons, warm, longest in ms", training.longest, most.training),
    // `compile` is for small networks; for large ones there is `compileAsync`.
    ...compiling
      .filter(({ hidden, call }) => hidden === networks[0] || call === "compileAsync")
      .map(({ hidden, call, longest }) =>
        goal(name, `longest block by ${call}, ${hidden} hidden units, ms`, longest, most.blocked),
      ),
  ]),
  skipped,
}

function text(): string {
  const ms = (x: number): string => `${x.toFixed(1)} ms`
  const lines = browsers.flatMap(({ name, version, parity, training, compiling }) => [
    "",
    `${name} (${version})`,
    ...parity.map(
      ({ backend, compared, same, worst, where }) =>
        `  ${backend}: ${same} of ${compared} the same bit for bit${where && `; worst error ${worst}, in ${where}`}`,
    ),
    `  100 steps of the moons, warm: median ${ms(training.median)}, longest ${ms(training.longest)}; last loss ${training.loss.toFixed(6)}`,
    ...compiling.map(
      ({ hidden, call, blocked, longest, idle, time, bytes }) =>
        `  ${call}, MLP(2, [${hidden}, ${hidden}, 1]): blocks ${ms(blocked)}, at most ${ms(longest)} (idle: ${ms(idle)}); takes ${ms(time)}; ${bytes} bytes`,
    ),
  ])
  return [
    `${report.cpu}; compiling: medians of ${rounds} fresh browsers`,
    ...lines,
    "",
    ...report.goals
      .filter(({ met }) => !met)
      .map(({ browser, what, found, most }) => `${browser}, ${what}: ${found}, goal at most ${most}: NOT MET`),
    `${report.goals.filter(({ met }) => met).length} of ${report.goals.length} goals met`,
    ...skipped,
  ].join("\n")
}

console.log(json ? JSON.stringify(report, null, 2) : text())
