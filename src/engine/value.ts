/** How a value came about: the numbers it was computed from, and the slope of the result by each of them. */
interface Origin {
  readonly operation: string;
  readonly inputs: readonly Value[];
  /** ∂result/∂input, one for each input. */
  readonly slopes: readonly number[];
}

/**
 * A number that remembers how it was computed, so that `backward()` can find its derivative by every number before it:
 * reverse-mode automatic differentiation (Linnainmaa 1970), in its smallest form. For learning; the layers do the same in bulk.
 *
 * `const w = new Value(2, "w"); const y = w.mul(3).tanh(); y.backward(); w.gradient`
 *
 * @example
 * import { Value } from "gradus";
 * const w = new Value(0.5, "w");
 * const loss = w.mul(2).sub(3).pow(2); // (2w - 3)²
 * loss.backward();
 * console.log(loss.data, w.gradient); // 4 -8
 */
export class Value {
  readonly data: number;
  readonly label: string | undefined;
  /** "" for a number that was not computed. */
  readonly operation: string;
  readonly inputs: readonly Value[];
  /** ∂(result)/∂(this) after `result.backward()`. */
  gradient: number = 0;
  readonly #slopes: readonly number[];

  constructor(data: number, label?: string, { operation, inputs, slopes }: Origin = leaf) {
    this.data = data;
    this.label = label;
    this.operation = operation;
    this.inputs = inputs;
    this.#slopes = slopes;
  }

  /**
   * a + b; slopes 1 and 1.
   *
   * @example
   * import { value } from "gradus";
   * console.log(value(2).add(3).data); // 5
   */
  add(other: Value | number): Value {
    const b = asValue(other);
    return computed("+", this.data + b.data, [this, 1], [b, 1]);
  }

  /**
   * a - b; slopes 1 and -1.
   *
   * @example
   * import { value } from "gradus";
   * const a = value(2);
   * const b = value(5);
   * const difference = a.sub(b);
   * difference.backward();
   * console.log(difference.data, a.gradient, b.gradient); // -3 1 -1
   */
  sub(other: Value | number): Value {
    const b = asValue(other);
    return computed("-", this.data - b.data, [this, 1], [b, -1]);
  }

  /**
   * a · b; slopes b and a.
   *
   * @example
   * import { value } from "gradus";
   * const a = value(2);
   * const b = value(5);
   * a.mul(b).backward();
   * console.log(a.gradient, b.gradient); // 5 2
   */
  mul(other: Value | number): Value {
    const b = asValue(other);
    return computed("*", this.data * b.data, [this, b.data], [b, this.data]);
  }

  /**
   * a / b; slopes 1/b and -a/b².
   *
   * @example
   * import { value } from "gradus";
   * const a = value(1);
   * const b = value(4);
   * a.div(b).backward();
   * console.log(a.gradient, b.gradient); // 0.25 -0.0625
   */
  div(other: Value | number): Value {
    const b = asValue(other);
    return computed("/", this.data / b.data, [this, 1 / b.data], [b, -this.data / (b.data * b.data)]);
  }

  /**
   * -a
   *
   * @example
   * import { value } from "gradus";
   * console.log(value(2).neg().data); // -2
   */
  neg(): Value {
    return computed("neg", -this.data, [this, -1]);
  }

  /**
   * aⁿ for a fixed n; slope n · aⁿ⁻¹.
   *
   * @example
   * import { value } from "gradus";
   * const a = value(3);
   * a.pow(2).backward();
   * console.log(a.gradient); // 6
   */
  pow(n: number): Value {
    return computed(`^${n}`, this.data ** n, [this, n === 0 ? 0 : n * this.data ** (n - 1)]);
  }

  /**
   * eᵃ, its own slope.
   *
   * @example
   * import { value } from "gradus";
   * const a = value(0);
   * a.exp().backward();
   * console.log(a.gradient); // 1
   */
  exp(): Value {
    const y = Math.exp(this.data);
    return computed("exp", y, [this, y]);
  }

  /**
   * ln a; slope 1/a.
   *
   * @example
   * import { value } from "gradus";
   * const a = value(4);
   * a.log().backward();
   * console.log(a.gradient); // 0.25
   */
  log(): Value {
    return computed("log", Math.log(this.data), [this, 1 / this.data]);
  }

  /**
   * tanh a; slope 1 - tanh².
   *
   * @example
   * import { value } from "gradus";
   * const a = value(0);
   * a.tanh().backward();
   * console.log(a.gradient); // 1
   */
  tanh(): Value {
    const y = Math.tanh(this.data);
    return computed("tanh", y, [this, 1 - y * y]);
  }

  /**
   * σ(a) = 1 / (1 + e⁻ᵃ); slope σ (1 - σ).
   *
   * @example
   * import { value } from "gradus";
   * const a = value(0);
   * const y = a.sigmoid();
   * y.backward();
   * console.log(y.data, a.gradient); // 0.5 0.25
   */
  sigmoid(): Value {
    const y = 1 / (1 + Math.exp(-this.data));
    return computed("sigmoid", y, [this, y * (1 - y)]);
  }

  /**
   * max(0, a); slope 1 above 0, else 0.
   *
   * @example
   * import { value } from "gradus";
   * console.log(value(-2).relu().data, value(2).relu().data); // 0 2
   */
  relu(): Value {
    return computed("relu", this.data < 0 ? 0 : this.data, [this, this.data > 0 ? 1 : 0]);
  }

  /**
   * All values that this one was computed from, itself last; each stands after everything it depends on.
   *
   * @example
   * import { value } from "gradus";
   * const loss = value(2).mul(3).sub(1);
   * console.log(loss.graph().map(({ data, operation }) => `${operation} ${data}`.trim()));
   * // [ '2', '3', '* 6', '1', '- 5' ]
   */
  graph(): Value[] {
    const order: Value[] = [];
    const seen = new Set<Value>([this]);
    // By hand instead of by recursion: a long sum would overflow the call stack.
    const path: { readonly value: Value; next: number }[] = [{ value: this, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const input = top.value.inputs[top.next++];
      if (input === undefined) order.push((path.pop() as { value: Value }).value);
      else if (!seen.has(input)) {
        seen.add(input);
        path.push({ value: input, next: 0 });
      }
    }
    return order;
  }

  /**
   * Sets `gradient` of every value in the graph: 1 here, then by the chain rule from the end to the beginning.
   *
   * @example
   * import { value } from "gradus";
   * let w = 0.5;
   * for (let step = 0; step < 20; step++) {
   *   const weight = value(w);
   *   weight.sub(3).pow(2).backward();
   *   w -= 0.1 * weight.gradient; // gradient descent towards 3
   * }
   * console.log(w.toFixed(2)); // 2.97
   */
  backward(): void {
    const order = this.graph();
    for (const value of order) value.gradient = 0;
    this.gradient = 1;
    for (const value of order.reverse()) {
      value.inputs.forEach((input, i) => (input.gradient += value.#slopes[i] * value.gradient));
    }
  }

  /** `w = 2, gradient 0.5` */
  toString(): string {
    return `${this.label ?? (this.operation || "value")} = ${this.data}, gradient ${this.gradient}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `Value(${this.toString()})`;
  }
}

const leaf: Origin = { operation: "", inputs: [], slopes: [] };

/**
 * A number that remembers: `value(2, "w")`. The same as `new Value(2, "w")`.
 *
 * @example
 * import { value } from "gradus";
 * const a = value(3, "a");
 * const b = value(4, "b");
 * a.mul(b).add(a).backward();
 * console.log(a, b); // Value(a = 3, gradient 5) Value(b = 4, gradient 3)
 */
export function value(data: number, label?: string): Value {
  return new Value(data, label);
}

function asValue(value: Value | number): Value {
  return typeof value === "number" ? new Value(value) : value;
}

function computed(operation: string, data: number, ...parts: readonly (readonly [Value, number])[]): Value {
  return new Value(data, undefined, {
    operation,
    inputs: parts.map(([input]) => input),
    slopes: parts.map(([, slope]) => slope),
  });
}
