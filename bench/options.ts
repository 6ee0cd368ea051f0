import { parseArgs } from "node:util"

/** What a bench is told on its command line: `--json`, `--rounds 3`, `--only NAME` (perhaps several). */
export interface BenchOptions {
  json: boolean
  /** 7 if not said. */
  rounds: number
  /** Whether a name is among those asked for; all are if none is named. */
  isWanted(name: string): boolean
}

/** @throws Error on a count that is none, or a name that is not among `names` */
export function benchOptions(names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      rounds: { type: "string", default: "7" },
      only: { type: "string", multiple: true },
    },
  })
  const rounds = Number(values.rounds)
  if (!(Number.isInteger(rounds) && rounds >= 1))
    throw new Error(`--rounds: expected a whole number, found ${values.rounds}`)
  for (const name of values.only ?? [])
    if (!names.includes(name)) throw new Error(`--only: expected one of ${names.join(", ")}; found ${name}`)
  return { json: values.json, rounds, isWanted: (name) => values.only?.includes(name) ?? true }
}
