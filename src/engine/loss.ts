import { Value } from "./value.ts"

/** The sum of at least one value. */
export function sum(values: readonly Value[]): Value {
  return values.reduce((total, value) => total.add(value))
}

/** The mean of at least one value. */
export function mean(values: readonly Value[]): Value {
  return sum(values).div(values.length)
}

// #region meanSquaredError
/** mean((prediction − target)²). */
export function meanSquaredError(predictions: readonly Value[], targets: readonly (Value | number)[]): Value {
  return mean(predictions.map((prediction, i) => prediction.sub(targets[i]!).pow(2)))
}
// #endregion

// #region hinge
/** mean(relu(1 − target · score)) for targets ±1: it rewards a margin, not a match. */
export function hinge(scores: readonly Value[], targets: readonly (Value | number)[]): Value {
  return mean(scores.map((score, i) => score.mul(targets[i]!).neg().add(1).relu()))
}
// #endregion

// #region softmax
/** exp(zₖ) / Σ exp(zⱼ): scores as probabilities. The largest score is subtracted first, so that no exp overflows. */
export function softmax(logits: readonly Value[]): Value[] {
  const largest = logits.reduce((a, b) => a.max(b))
  const exps = logits.map((z) => z.sub(largest).exp())
  const total = sum(exps)
  return exps.map((e) => e.div(total))
}
// #endregion

// #region crossEntropy
/** −ln of the probability that `softmax(logits)` gives to the class `target`: log Σ exp(zⱼ) − z_target. */
export function crossEntropy(logits: readonly Value[], target: number | readonly (Value | number)[]): Value {
  const largest = logits.reduce((a, b) => a.max(b))
  const logSumExp = sum(logits.map((z) => z.sub(largest).exp()))
    .log()
    .add(largest)
  const truth = typeof target === "number" ? logits[target]! : sum(logits.map((z, k) => z.mul(target[k]!)))
  return logSumExp.sub(truth)
}
// #endregion

// #region l2
/** mean(p²): large parameters cost something, so the network prefers small ones. */
export function l2(parameters: readonly Value[]): Value {
  return mean(parameters.map((p) => p.mul(p)))
}
// #endregion
