import { foundNaN, notANumber, round, wrongOperand } from "./errors.ts"
import type { Op } from "./op.ts"
import * as ops from "./ops.ts"

/**
 * A number that remembers how it was made, so that `backward()` can tell how a result moves when the number is nudged.
 * `new Value(2)` is a leaf; every op makes a new `Value` from its inputs and leaves them as they are.
 */
export class Value {
  // #region value
  /** The number itself. */
  data: number
  /** ∂result/∂this: by how much the result of `backward()` moves per unit of a small nudge of `data`. */
  grad: number
  /** A name for drawings and messages; "" if it has none. */
  label: string
  /** How it was made: an entry of `ops.ts` with its first and its second input. A leaf has none of the three. */
  readonly rule: Op | undefined
  readonly a: Value | undefined
  readonly b: Value | undefined
  /** The last walk of `order` that has sorted this value. */
  mark: number

  /** A leaf that holds `data`, any number but NaN. (The rest is for `apply`, which makes all other values.) */
  constructor(data: number, label = "", rule?: Op, a?: Value, b?: Value) {
    if (typeof data !== "number" || Number.isNaN(data)) notANumber(data, label, rule, a, b)
    this.mark = 0
    this.rule = rule
    this.a = a
    this.b = b
    this.data = data
    this.grad = 0
    this.label = label
  }
  // #endregion
  /** The name of the op that made this value; "" for a leaf. */
  get op(): string {
    return this.rule?.name ?? ""
  }

  /** What the op was given, in order: a leaf has no inputs, `a.add(a)` has two. */
  get inputs(): Value[] {
    return [this.a, this.b].filter((input) => input !== undefined)
  }

  // The formula, the domain and the derivative of each op stand in ops.ts. A number among the inputs becomes a leaf.
  add(other: Value | number): Value {
    return apply(ops.add, this, operand("add", other))
  }
  sub(other: Value | number): Value {
    return apply(ops.sub, this, operand("sub", other))
  }
  mul(other: Value | number): Value {
    return apply(ops.mul, this, operand("mul", other))
  }
  div(other: Value | number): Value {
    return apply(ops.div, this, operand("div", other))
  }
  max(other: Value | number): Value {
    return apply(ops.max, this, operand("max", other))
  }
  pow(k: number): Value {
    return apply(ops.pow(k), this)
  }
  neg(): Value {
    return apply(ops.neg, this)
  }
  exp(): Value {
    return apply(ops.exp, this)
  }
  log(): Value {
    return apply(ops.log, this)
  }
  tanh(): Value {
    return apply(ops.tanh, this)
  }
  relu(): Value {
    return apply(ops.relu, this)
  }
  sigmoid(): Value {
    return apply(ops.sigmoid, this)
  }
  // #region backward
  /**
   * Fills `grad` of every value that this one was made from, by the chain rule, from the result back to the leaves.
   * Inner values start again from 0. A leaf adds the new gradient, when it is whole, to the one it holds: a second `backward()`
   * gives exactly the double, and training sets it to 0 in between (`zeroGrad`). Throws if the result, a leaf or its gradient
   * is NaN, and leaves the gradients unfinished.
   */
  backward(): void {
    const nodes = order(this)
    if (Number.isNaN(this.data)) foundNaN(nodes)
    const held = new Array<number>(nodes.length)
    for (let i = 0; i < nodes.length; i++) {
      held[i] = nodes[i]!.grad
      nodes[i]!.grad = 0
    }
    this.grad = 1
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i]!
      if (node.rule) {
        // A gradient of 0 has nothing to pass on, not even through an infinite slope (0 × Infinity would be NaN).
        if (node.grad !== 0) node.rule.backward(node, node.a!, node.b!)
      } else {
        if (Number.isNaN(node.data) || Number.isNaN(node.grad)) foundNaN(nodes)
        node.grad += held[i]!
      }
    }
  }
  // #endregion
  /** For example `o = 0.707107 (tanh), grad 0.5`; at most six digits, to keep rounding noise out of sight. */
  toString(): string {
    return `${this.label && `${this.label} = `}${round(this.data)}${this.op && ` (${this.op})`}, grad ${round(this.grad)}`
  }
}

/** Makes a value by an op: one of `ops.ts`, or one of your own. `b` is for ops of two inputs. */
export function apply(rule: Op, a: Value, b?: Value): Value {
  return new Value(rule.forward(a.data, b === undefined ? 0 : b.data), "", rule, a, b)
}

function operand(op: string, input: Value | number): Value {
  if (typeof input === "number" && !Number.isNaN(input)) return new Value(input)
  return input instanceof Value ? input : wrongOperand(op, input)
}

// #region order
let walks = 0
/**
 * `root` and all that it was made from, each after its inputs: a topological order. From the end it is that of backpropagation:
 * a value passes its gradient on when all that used it have added theirs. (No recursion: a sum of 100,000 is as deep.)
 */
export function order(root: Value): Value[] {
  const walk = ++walks
  const sorted: Value[] = []
  const path = [root]
  for (let depth = 1; depth > 0;) {
    const node = path[depth - 1]!
    const { a, b } = node
    if (b && b.mark !== walk) path[depth++] = b
    else if (a && a.mark !== walk) path[depth++] = a
    else {
      node.mark = walk
      sorted.push(node)
      depth--
    }
  }
  return sorted
}
// #endregion
