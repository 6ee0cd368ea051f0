import { once, type Op } from "./op.ts"

// One entry per op: its name, its formula, and how it passes a gradient back. `+=`, because an input that is used twice
// deserves two shares; `out.grad` is what arrives from above, the factor in front of it is the local derivative.

// #region add
/** a + b. ∂/∂a = 1 and ∂/∂b = 1: a sum copies its gradient to both inputs. */
export const add: Op = {
  name: "add",
  forward: (a, b) => a + b,
  backward(out, a, b) {
    a.grad += out.grad
    b.grad += out.grad
  },
}
// #endregion

// #region sub
/** a − b. ∂/∂a = 1 and ∂/∂b = −1. */
export const sub: Op = {
  name: "sub",
  forward: (a, b) => a - b,
  backward(out, a, b) {
    a.grad += out.grad
    b.grad += -out.grad
  },
}
// #endregion

// #region mul
/** a · b. ∂/∂a = b and ∂/∂b = a: the slope of one input is the other input. */
export const mul: Op = {
  name: "mul",
  forward: (a, b) => a * b,
  backward(out, a, b) {
    a.grad += b.data * out.grad
    b.grad += a.data * out.grad
  },
}
// #endregion

// #region div
/** a / b. ∂/∂a = 1/b and ∂/∂b = −a/b². x/0 is ±Infinity, as in PyTorch; 0/0 is an error. */
export const div: Op = {
  name: "div",
  domain: "0 / 0 and Infinity / Infinity have no value.",
  forward: (a, b) => a / b,
  backward(out, a, b) {
    a.grad += out.grad / b.data
    b.grad += (-out.data / b.data) * out.grad
  },
}
// #endregion

// #region neg
/** −a. ∂/∂a = −1. */
export const neg: Op = {
  name: "neg",
  forward: (a) => -a,
  backward(out, a) {
    a.grad += -out.grad
  },
}
// #endregion

// #region pow
/** aᵏ for a constant number k; one rule per exponent. ∂/∂a = k·aᵏ⁻¹. A negative a needs a whole k; 0⁻¹ is Infinity. */
export const pow = once((k: number): Op => ({
  name: "pow",
  exponent: k,
  domain: "a negative base needs a whole exponent.",
  forward: (a) => a ** k,
  backward(out, a) {
    a.grad += (k === 0 ? 0 : k * a.data ** (k - 1)) * out.grad
  },
}))
// #endregion

// #region exp
/** eᵃ. ∂/∂a = eᵃ: it is its own slope. */
export const exp: Op = {
  name: "exp",
  forward: (a) => Math.exp(a),
  backward(out, a) {
    a.grad += out.data * out.grad
  },
}
// #endregion

// #region log
/** ln a, the natural logarithm, for a ≥ 0. ∂/∂a = 1/a. log(0) is −Infinity, as in PyTorch; below 0 it is an error. */
export const log: Op = {
  name: "log",
  domain: "a logarithm needs an input that is not below 0.",
  forward: (a) => Math.log(a),
  backward(out, a) {
    a.grad += out.grad / a.data
  },
}
// #endregion

// #region max
/** The larger of a and b. ∂ = 1 for the larger, 0 for the other; at a tie each gets half, as in PyTorch. */
export const max: Op = {
  name: "max",
  forward: (a, b) => Math.max(a, b),
  backward(out, a, b) {
    const share = a.data > b.data ? 1 : a.data < b.data ? 0 : 0.5
    a.grad += share * out.grad
    b.grad += (1 - share) * out.grad
  },
}
// #endregion

// #region tanh
/** tanh a, between −1 and 1. ∂/∂a = 1 − tanh²a. */
export const tanh: Op = {
  name: "tanh",
  forward: (a) => Math.tanh(a),
  backward(out, a) {
    a.grad += (1 - out.data ** 2) * out.grad
  },
}
// #endregion

// #region relu
/** max(0, a). ∂/∂a = 1 where a > 0, else 0; at 0 it has no slope, and we choose 0, as PyTorch does. */
export const relu: Op = {
  name: "relu",
  forward: (a) => Math.max(0, a),
  backward(out, a) {
    a.grad += out.data > 0 ? out.grad : 0
  },
}
// #endregion

// #region sigmoid
/** 1 / (1 + e⁻ᵃ), between 0 and 1. ∂/∂a = s(1 − s) with s = sigmoid(a). */
export const sigmoid: Op = {
  name: "sigmoid",
  forward: (a) => 1 / (1 + Math.exp(-a)),
  backward(out, a) {
    a.grad += out.data * (1 - out.data) * out.grad
  },
}
// #endregion
