import { foundNaN, notANumber, round, wrongOperand } from "./errors.ts"
import type { Op } from "./op.ts"
import * as ops from "./ops.ts"
import { order } from "./order.ts"

/**
 * A number that remembers how it was made, so that `backward()` can tell how a result moves when the number is nudged.
 * `new Value(2)` is a leaf; every op makes a new `Value` from its inputs and leaves them as they are.
 */
export class Value {
  // #region value
  // (`declare` only names a field: the constructor makes it.)

  /** The number itself. */
  declare data: number
  /** ∂result/∂this: by how much the result of `backward()` moves per unit of a small nudge of `data`. */
  declare grad: number
  /** A name for drawings and messages; "" if it has none. */
  declare label: string
  /** How it was made: an entry of `ops.ts` with its first and its second input. A leaf has none of the three. */
  declare readonly rule: Op | undefined
  declare readonly a: Value | undefined
  declare readonly b: Value | undefined
  /** The last walk of `order` that has sorted this value; walks are counted down from −1. */
  declare mark: number

  /** A leaf that holds `data`, any number but NaN. (The rest is for ops, which make all other values.) */
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
  // Each method calls the formula of its own rule, so that V8 can inline it, which it cannot by way of `apply`.
  add(other: Value | number): Value {
    const b = operand("add", other)
    return new Value(ops.add.forward(this.data, b.data), "", ops.add, this, b)
  }
  sub(other: Value | number): Value {
    const b = operand("sub", other)
    return new Value(ops.sub.forward(this.data, b.data), "", ops.sub, this, b)
  }
  mul(other: Value | number): Value {
    const b = operand("mul", other)
    return new Value(ops.mul.forward(this.data, b.data), "", ops.mul, this, b)
  }
  div(other: Value | number): Value {
    const b = operand("div", other)
    return new Value(ops.div.forward(this.data, b.data), "", ops.div, this, b)
  }
  max(other: Value | number): Value {
    const b = operand("max", other)
    return new Value(ops.max.forward(this.data, b.data), "", ops.max, this, b)
  }
  pow(k: number): Value {
    const rule = ops.pow(k)
    return new Value(rule.forward(this.data, 0), "", rule, this)
  }
  neg(): Value {
    return new Value(ops.neg.forward(this.data, 0), "", ops.neg, this)
  }
  exp(): Value {
    return new Value(ops.exp.forward(this.data, 0), "", ops.exp, this)
  }
  log(): Value {
    return new Value(ops.log.forward(this.data, 0), "", ops.log, this)
  }
  tanh(): Value {
    return new Value(ops.tanh.forward(this.data, 0), "", ops.tanh, this)
  }
  relu(): Value {
    return new Value(ops.relu.forward(this.data, 0), "", ops.relu, this)
  }
  sigmoid(): Value {
    return new Value(ops.sigmoid.forward(this.data, 0), "", ops.sigmoid, this)
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
    const held = new Float64Array(nodes.length)
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

// V8 keeps a field as a plain float64, which is changed in place, once it has seen a fraction in it; before that, each
// change would make a new object on the heap.
new Value(0.5).grad = 0.5

/** Makes a value by an op: one of `ops.ts`, or one of your own. `b` is for ops of two inputs. */
export function apply(rule: Op, a: Value, b?: Value): Value {
  return new Value(rule.forward(a.data, b === undefined ? 0 : b.data), "", rule, a, b)
}

function operand(op: string, input: Value | number): Value {
  if (typeof input === "number" && !Number.isNaN(input)) return new Value(input)
  return input instanceof Value ? input : wrongOperand(op, input)
}
