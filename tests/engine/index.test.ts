import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import * as engine from "../../src/engine/index.ts"

test("the engine exports these names, and a change of them is seen in review", () => {
  expect(Object.keys(engine).sort()).toMatchInlineSnapshot(`
    [
      "Adam",
      "AdamW",
      "Layer",
      "MLP",
      "Neuron",
      "SGD",
      "Value",
      "apply",
      "backwardByExample",
      "batches",
      "checkGradients",
      "compile",
      "compileAsync",
      "crossEntropy",
      "disc",
      "hinge",
      "l2",
      "mean",
      "meanSquaredError",
      "moons",
      "mulberry32",
      "numericalGradient",
      "order",
      "porridge",
      "setParameters",
      "softmax",
      "split",
      "sum",
      "threeBowls",
      "threeBowlsStart",
      "trace",
      "yinYang",
    ]
  `)
})

const folder = new URL("../../src/engine/", import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith(".ts"))
const source = (name: string): string => readFileSync(new URL(name, folder), "utf8")

test.each(files)("%s imports nothing but the engine's own files", (name) => {
  for (const [, from] of source(name).matchAll(/from "([^"]+)"/g)) expect(from).toMatch(/^\.\/([\w-]+\/)?[\w-]+\.ts$/)
})

test.each(files)("%s never draws from Math.random", (name) => {
  expect(source(name)).not.toMatch(/Math\.random\(/)
})

test.each(files)("%s is short enough to be read at one go: at most 150 lines", (name) => {
  expect(source(name).trimEnd().split("\n").length).toBeLessThanOrEqual(150)
})

test("every op is an entry of one shape, at most ten lines", () => {
  const regions = [...source("ops.ts").matchAll(/\/\/ #region (\w+)\n([\s\S]*?)\n\/\/ #endregion/g)]
  expect(regions.map(([, name]) => name)).toEqual([
    "add",
    "sub",
    "mul",
    "div",
    "neg",
    "pow",
    "exp",
    "log",
    "max",
    "tanh",
    "relu",
    "sigmoid",
  ])
  for (const [, name, text] of regions) {
    const entry = text!.replace(/^\/\*\*.*?\*\/\n/s, "")
    expect(entry.split("\n").length, name).toBeLessThanOrEqual(10)
    expect(entry).toMatch(
      new RegExp(`export const ${name}\\b[\\s\\S]*name: "${name}",[\\s\\S]*forward:[\\s\\S]*backward\\(out, a`),
    )
  }
})
