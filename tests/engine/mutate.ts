/**
 * Do the tests notice a wrong derivative? Each planted fault goes into a copy of the engine, the tests run on the copy, and at
 * least one of them must fail. Run by `npm run mutate`; exits with 1 if a fault goes unnoticed.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { startVitest } from "vitest/node"

const root = join(import.meta.dirname, "../..")
const cache = join(root, ".cache/mutants")
const source = (file: string): string => readFileSync(join(root, "src/engine", file), "utf8")

interface Mutant {
  name: string
  file: "ops.ts" | "order.ts" | "value.ts"
  text: string
  /** The ops whose own tests must fail; if none are given, any test may. */
  ops?: string[]
}

/** The text with its only occurrence of `from` replaced: a fault that no longer fits the source is an error, not a pass. */
function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2)
    throw new Error(`expected exactly one ${JSON.stringify(from)}, found ${text.split(from).length - 1}`)
  return text.replace(from, () => to)
}

const swap = (text: string, one: string, other: string): string =>
  text.replaceAll(one, "\0").replaceAll(other, one).replaceAll("\0", other)

/** The faults of one op: every line of its derivative and its formula, changed in each way that changes its meaning. */
function opMutants(op: string, region: string): Mutant[] {
  const faults: [string, string, string][] = []
  const binary = region.includes("backward(out, a, b)")
  for (const [line, target, share] of region.matchAll(/(\w)\.grad \+= (.*)/g)) {
    faults.push([`∂/∂${target} larger by 0.05 %`, line, `${target}.grad += 1.0005 * (${share})`])
    faults.push([`∂/∂${target} set instead of added`, line, `${target}.grad = ${share}`])
    if (binary)
      faults.push([`∂/∂${target} given to the other input`, line, `${target === "a" ? "b" : "a"}.grad += ${share}`])
    // relu may look at its input or at its output: they have the same sign.
    const mixed = binary ? swap(share!, "a.data", "b.data") : swap(share!, "a.data", "out.data")
    if (mixed !== share && op !== "relu")
      faults.push([`∂/∂${target} reads the wrong data`, line, `${target}.grad += ${mixed}`])
  }
  for (const [line] of region.matchAll(/const share = .*/g))
    faults.push(["inputs swapped", line, swap(line, "a.data", "b.data")])
  const [line, inputs, formula] = /forward: (\(.*?\)) => (.*),/.exec(region)!
  faults.push(["formula larger by 0.05 %", line, `forward: ${inputs} => 1.0005 * (${formula}),`])
  if (["sub", "div"].includes(op))
    faults.push(["formula with its inputs swapped", line, `forward: (b, a) => ${formula},`])
  const text = source("ops.ts")
  return faults.map(([name, from, to]) => ({
    name: `${op}: ${name}`,
    file: "ops.ts",
    text: replaceOnce(text, region, replaceOnce(region, from, to)),
    ops: [op],
  }))
}

/** The faults of the traversal, of `backward` and of the methods. */
function valueMutants(ops: string[]): Mutant[] {
  const mutants =
    (file: Mutant["file"]) =>
    (name: string, failing: string[], ...changes: [from: string, to: string][]): Mutant => ({
      name,
      file,
      text: changes.reduce((text, [from, to]) => replaceOnce(text, from, to), source(file)),
      ops: failing,
    })
  const [value, order] = [mutants("value.ts"), mutants("order.ts")]
  return [
    ...["sub", "div"].map((op) =>
      value(
        `${op}: method with its inputs swapped`,
        [op],
        [`ops.${op}, this, b)`, `ops.${op}, b, this)`],
        [`ops.${op}.forward(this.data, b.data)`, `ops.${op}.forward(b.data, this.data)`],
      ),
    ),
    value("backward: from the leaves to the result", ops, [
      "let i = nodes.length - 1; i >= 0; i--",
      "let i = 0; i < nodes.length; i++",
    ]),
    order(
      "order: a value before all that used it",
      ops,
      ["sorted.push(node)\n", "\n"],
      ["const { a, b } = node\n", "const { a, b } = node\n    if (!sorted.includes(node)) sorted.unshift(node)\n"],
    ),
    order("order: first inputs left out", [], ["a.mark !== walk", "a.mark === -1"]),
    order("order: second inputs left out", [], ["b.mark !== walk", "b.mark === -1"]),
    value("backward: the result's own gradient 1.0005", ops, ["this.grad = 1\n", "this.grad = 1.0005\n"]),
    value("backward: inner gradients kept", [], ["nodes[i]!.grad = 0\n", "if (!nodes[i]!.rule) nodes[i]!.grad = 0\n"]),
    value("backward: leaves forget what they held", [], ["node.grad += held[i]!\n", "\n"]),
  ]
}

const regions = [...source("ops.ts").matchAll(/\/\/ #region (\w+)\n[\s\S]*?\/\/ #endregion/g)]
const ops = regions.map(([, op]) => op!)
const mutants = [...regions.flatMap(([region, op]) => opMutants(op!, region)), ...valueMutants(ops)]

/** A copy of the engine with one file changed, and of the tests that judge it. */
function plant(folder: string, file?: string, text?: string): void {
  cpSync(join(root, "src/engine"), join(cache, folder, "src/engine"), { recursive: true })
  if (file) writeFileSync(join(cache, folder, "src/engine", file), text!)
  for (const name of ["support.ts", "ops.test.ts", "value.test.ts", "__snapshots__"]) {
    cpSync(join(root, "tests/engine", name), join(cache, folder, "tests/engine", name), { recursive: true })
  }
}

rmSync(cache, { recursive: true, force: true })
mkdirSync(cache, { recursive: true })
plant("sound")
mutants.forEach(({ file, text }, i) => plant(String(i), file, text))

const vitest = await startVitest("test", [], {
  root: cache,
  config: false,
  include: ["**/*.test.ts"],
  // A million values per mutant prove nothing here.
  testNamePattern: /^(?!depth does not matter)/,
  isolate: false,
  watch: false,
  update: false,
  reporters: [{}],
})

/** The full names of the tests that failed, by the folder of the copy. */
const failed = new Map<string, string[]>()
for (const module of vitest.state.getTestModules()) {
  const folder = relative(cache, module.moduleId).split("/")[0]!
  const names = [...module.children.allTests("failed")].map((test) => test.fullName)
  if (module.state() === "failed" && names.length === 0) throw new Error(`${module.moduleId} did not run`)
  failed.set(folder, [...(failed.get(folder) ?? []), ...names])
}
await vitest.close()

if (failed.get("sound")!.length > 0) throw new Error(`the sound engine fails: ${failed.get("sound")!.join("; ")}`)

const survivors = mutants.filter(({ ops = [] }, i) => {
  const names = failed.get(String(i))!
  return names.length === 0 || ops.some((op) => !names.some((name) => new RegExp(`^${op}\\b`).test(name)))
})
for (const [i, { name }] of mutants.entries()) {
  console.log(
    `${survivors.includes(mutants[i]!) ? "SURVIVED" : "noticed "}  ${name} (${failed.get(String(i))!.length} tests failed)`,
  )
}
console.log(`${mutants.length - survivors.length} of ${mutants.length} faults noticed`)
process.exitCode = survivors.length > 0 ? 1 : 0
