import { spawnSync } from "node:child_process"

/** The JSON on the last line that a fresh process prints. Throws what the process complains of, if it fails. */
export function fresh(command: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${stderr}`)
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!)
}

/**
 * The same of a Node in which V8 has as many threads for compiling and collecting as it finds right for the processors that
 * there are, as in a browser. By default Node gives it four, and where there are two processors these push aside what is
 * measured.
 */
export const freshNode = (...args: string[]): unknown => fresh(process.execPath, "--v8-pool-size=0", ...args)
