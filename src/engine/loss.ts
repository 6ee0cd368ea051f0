import { expectArray, expected, expectIndex, expectOneOf, expectSize } from "./expect.ts"
import { Value } from "./value.ts"

// A loss says how wrong the predictions are: one number, 0 or more, lower is better. All are means, so that a learning rate
// that suits ten examples suits a hundred.

/** The sum of at least one value. */
export function sum(values: readonly Value[]): Value {
  expectArray("sum: values", values)
  return values.reduce((total, value) => total.add(value))
}

/** The mean of at least one value. */
export function mean(values: readonly Value[]): Value {
  return sum(values).div(values.length)
}

// #region meanSquaredError
/** mean((prediction − target)²): for targets that are quantities. */
export function meanSquaredError(predictions: readonly Value[], targets: readonly (Value | number)[]): Value {
  expectPairs("meanSquaredError", predictions, targets)
  return mean(predictions.map((prediction, i) => prediction.sub(targets[i]!).pow(2)))
}
// #endregion

// #region hinge
/**
 * mean(relu(1 − target · score)) for targets −1 and +1. It asks for the right sign with a margin of 1, not for a match:
 * a score beyond the margin costs nothing and gets no gradient.
 */
export function hinge(scores: readonly Value[], targets: readonly (Value | number)[]): Value {
  expectPairs("hinge", scores, targets)
  for (const target of targets) expectOneOf("hinge: targets", [-1, 1], number(target))
  return mean(scores.map((score, i) => new Value(1).sub(score.mul(targets[i]!)).relu()))
}
// #endregion

/** Subtracts the largest, so that no exp overflows; softmax and cross-entropy depend on differences only. */
function shift(logits: readonly Value[]): Value[] {
  const largest = logits.reduce((a, b) => a.max(b))
  return logits.map((z) => z.sub(largest))
}

// #region softmax
/** Scores as probabilities, in the order of the scores: exp(zₖ) / Σ exp(zⱼ). All positive, their sum is 1. */
export function softmax(logits: readonly Value[]): Value[] {
  expectArray("softmax: logits", logits)
  const exps = shift(logits).map((z) => z.exp())
  const total = sum(exps)
  return exps.map((e) => e.div(total))
}
// #endregion

// #region crossEntropy
/**
 * −ln p, the surprise at the true class when `softmax(logits)` gives it the probability p: log Σ exp(zⱼ) − z_target.
 * ∂/∂zₖ = pₖ − 1 for the target, pₖ for the others. `target` is the index of the class, or a row with one probability per
 * class (1 for the true one, 0 elsewhere), which a compiled program can read from its data.
 */
export function crossEntropy(logits: readonly Value[], target: number | readonly (Value | number)[]): Value {
  expectArray("crossEntropy: logits", logits)
  const z = shift(logits)
  const logTotal = sum(z.map((zk) => zk.exp())).log()
  if (typeof target === "number") return logTotal.sub(z[expectIndex("crossEntropy: target", target, logits.length)]!)
  expectArray("crossEntropy: target probabilities", target, logits.length)
  const total = target.reduce<number>((total, p) => total + expectSize("crossEntropy: target", number(p)), 0)
  if (Math.abs(total - 1) > 1e-9) expected("crossEntropy", "target probabilities whose sum is 1", total)
  return logTotal.sub(sum(z.map((zk, k) => zk.mul(target[k]!))))
}
// #endregion

// #region l2
/** mean(p²): what large parameters cost. Added to a loss, it keeps them small ("weight decay"). */
export function l2(parameters: readonly Value[]): Value {
  expectArray("l2: parameters", parameters)
  return mean(parameters.map((p) => p.pow(2)))
}
// #endregion

const number = (target: Value | number): number => (target instanceof Value ? target.data : target)

function expectPairs(where: string, predictions: readonly Value[], targets: readonly (Value | number)[]): void {
  expectArray(`${where}: predictions`, predictions)
  expectArray(`${where}: targets`, targets, predictions.length)
}
