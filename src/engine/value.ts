import { notANumber } from "./errors.ts"
import * as ops from "./ops.ts"
import type { Op } from "./ops.ts"

/**
 * A number that remembers how it was made, so that `backward()` can find how the result moves when it moves.
 * A `Value` made by `new` is a leaf; every op makes a new `Value` from its inputs.
 */
export class Value {
  // #region value
  /** The number itself. */
  data: number
  /** ∂(result)/∂(this): how much the result of the last `backward()` moves per unit of a small nudge of `data`. */
  grad = 0
  /** A name for drawings and messages; empty if none was given. */
  label: string
  /** The rule that made this value (see `ops.ts`); a leaf has none. */
  readonly rule: Op | undefined
  /** The first and the second input of the rule. Fields, not an array: an array per node makes training 1.5 × slower. */
  readonly a: Value | undefined
  readonly b: Value | undefined
  /** Scratch for `order`: the uses of this value that have not been passed yet. */
  pending = 0

  /** A leaf holding `data`, any number but NaN. (`apply` also hands over the rule and its inputs.) */
  constructor(data: number, label = "", rule?: Op, a?: Value, b?: Value) {
    if (typeof data !== "number" || Number.isNaN(data)) notANumber(data, rule, a, b)
    this.data = data
    this.label = label
    this.rule = rule
    this.a = a
    this.b = b
  }
  // #endregion

  /** The name of the op that made this value; "" for a leaf. */
  get op(): string {
    return this.rule?.name ?? ""
  }

  /** What the op was given, in order: `a.add(a)` has two inputs, a leaf has none. */
  get inputs(): Value[] {
    return [this.a, this.b].filter((input) => input !== undefined)
  }

  // The formula and the derivative of each op stand in ops.ts.
  add(other: Value | number): Value {
    return apply(ops.add, this, operand(other))
  }
  sub(other: Value | number): Value {
    return apply(ops.sub, this, operand(other))
  }
  mul(other: Value | number): Value {
    return apply(ops.mul, this, operand(other))
  }
  div(other: Value | number): Value {
    return apply(ops.div, this, operand(other))
  }
  max(other: Value | number): Value {
    return apply(ops.max, this, operand(other))
  }
  neg(): Value {
    return apply(ops.neg, this)
  }
  pow(k: number): Value {
    return apply(ops.pow(k), this)
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
   * Fills `grad` of every value that this one was made from: the chain rule, from the result back to the leaves.
   *
   * Inner values start again from 0; leaves add, so that the gradients of several results can be summed in them, and
   * calling `backward()` twice gives the leaves exactly the double. Set their `grad` to 0 between two steps.
   */
  backward(): void {
    const nodes = order(this)
    for (const node of nodes) if (node.rule) node.grad = 0
    this.grad += 1
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i]!
      node.rule?.backward(node, node.a!, node.b!)
    }
  }
  // #endregion

  toString(): string {
    return `Value(${this.data})`
  }
}

/** Makes a new value with an op: one of the table, or one of your own. */
export function apply(rule: Op, a: Value, b?: Value): Value {
  return new Value(rule.forward(a.data, b ? b.data : 0), "", rule, a, b)
}

/** A number among the inputs of an op becomes a leaf. */
function operand(input: Value | number): Value {
  return input instanceof Value ? input : new Value(input)
}

// #region order
/**
 * The values that `root` was made from, and `root`: inputs before the values made from them (a topological order).
 * Read from the end, it is the order of backpropagation: a value speaks when all that used it have spoken.
 */
export function order(root: Value): Value[] {
  const reached = [root]
  for (const { a, b } of reached) {
    if (a && a.pending++ === 0) reached.push(a)
    if (b && b.pending++ === 0) reached.push(b)
  }
  const sorted: Value[] = []
  const ready = [root]
  for (let node = ready.pop(); node; node = ready.pop()) {
    sorted.push(node)
    if (node.a && --node.a.pending === 0) ready.push(node.a)
    if (node.b && --node.b.pending === 0) ready.push(node.b)
  }
  return sorted.reverse()
}
// #endregion
