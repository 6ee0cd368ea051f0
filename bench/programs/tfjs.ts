import { createRequire, registerHooks } from "node:module"
import type * as TF from "@tensorflow/tfjs-core"
import { alpha, learningRate, moons, steps } from "../moons.ts"

// TensorFlow.js registers its gradients in a file of its ES modules, which are written for bundlers: their imports leave out
// ".js" and "/index.js", and one calls `require`. Its build for Node has no gradients. So Node is given what a bundler would do.
registerHooks({
  resolve(specifier, context, next) {
    if (/^@tensorflow\/[\w-]+$/.test(specifier)) return next(`${specifier}/dist/index.js`, context)
    if (!context.parentURL?.includes("/@tensorflow/") || !/^[.@]/.test(specifier)) return next(specifier, context)
    try {
      return next(specifier.endsWith(".js") ? specifier : `${specifier}.js`, context)
    } catch {
      return next(`${specifier}/index.js`, context)
    }
  },
})
Object.assign(globalThis, { require: createRequire(import.meta.url) })
const tf = (await import("@tensorflow/tfjs-core")) as typeof TF
await import("@tensorflow/tfjs-core/dist/register_all_gradients.js")
await import("@tensorflow/tfjs-backend-cpu")

const sizes = [2, 16, 16, 1] as const

/** The parameters of layer l, from the flat list (for each neuron its weights, then its bias) to a matrix and a vector. */
function variables(): { W: TF.Variable[]; b: TF.Variable[] } {
  const [W, b]: [TF.Variable[], TF.Variable[]] = [[], []]
  let at = 0
  for (const [l, nout] of sizes.slice(1).entries()) {
    const nin = sizes[l]!
    const rows = Array.from({ length: nout }, (_, j) =>
      moons.parameters.slice(at + j * (nin + 1), at + (j + 1) * (nin + 1)),
    )
    W.push(tf.variable(tf.tensor2d(rows.map((row) => row.slice(0, nin)))))
    b.push(tf.variable(tf.tensor1d(rows.map((row) => row[nin]!))))
    at += nout * (nin + 1)
  }
  return { W, b }
}

/** TensorFlow.js on its CPU backend, in 32-bit numbers: the whole batch as matrices. */
export async function train(): Promise<number[]> {
  await tf.setBackend("cpu")
  const { W, b } = variables()
  const all = [...W, ...b]
  const X = tf.tensor2d(moons.X)
  const y = tf.tensor2d(moons.y.map((target) => [target]))
  const lossOf = (): TF.Scalar => {
    let h: TF.Tensor = X
    for (const [l, weights] of W.entries()) {
      h = tf.add(tf.matMul(h, weights, false, true), b[l]!)
      if (l < W.length - 1) h = tf.relu(h)
    }
    const data = tf.mean(tf.relu(tf.sub(1, tf.mul(y, h))))
    const penalty = all.map((p) => tf.sum(tf.square(p))).reduce((sum, square) => tf.add(sum, square))
    return tf.add(data, tf.mul(penalty, alpha))
  }
  const losses = Array.from({ length: steps }, (_, k) =>
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(lossOf, all)
      for (const p of all) p.assign(tf.sub(p, tf.mul(grads[p.name]!, learningRate(k))))
      return value.dataSync()[0]!
    }),
  )
  tf.dispose([X, y, ...all])
  return losses
}
