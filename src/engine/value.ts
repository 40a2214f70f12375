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

  /** a + b; slopes 1 and 1. */
  add(other: Value | number): Value {
    const b = asValue(other);
    return computed("+", this.data + b.data, [this, 1], [b, 1]);
  }

  /** a - b; slopes 1 and -1. */
  sub(other: Value | number): Value {
    const b = asValue(other);
    return computed("-", this.data - b.data, [this, 1], [b, -1]);
  }

  /** a · b; slopes b and a. */
  mul(other: Value | number): Value {
    const b = asValue(other);
    return computed("*", this.data * b.data, [this, b.data], [b, this.data]);
  }

  /** a / b; slopes 1/b and -a/b². */
  div(other: Value | number): Value {
    const b = asValue(other);
    return computed("/", this.data / b.data, [this, 1 / b.data], [b, -this.data / (b.data * b.data)]);
  }

  /** -a */
  neg(): Value {
    return computed("neg", -this.data, [this, -1]);
  }

  /** aⁿ for a fixed n; slope n · aⁿ⁻¹. */
  pow(n: number): Value {
    return computed(`^${n}`, this.data ** n, [this, n === 0 ? 0 : n * this.data ** (n - 1)]);
  }

  /** eᵃ, its own slope. */
  exp(): Value {
    const y = Math.exp(this.data);
    return computed("exp", y, [this, y]);
  }

  /** ln a; slope 1/a. */
  log(): Value {
    return computed("log", Math.log(this.data), [this, 1 / this.data]);
  }

  /** tanh a; slope 1 - tanh². */
  tanh(): Value {
    const y = Math.tanh(this.data);
    return computed("tanh", y, [this, 1 - y * y]);
  }

  /** σ(a) = 1 / (1 + e⁻ᵃ); slope σ (1 - σ). */
  sigmoid(): Value {
    const y = 1 / (1 + Math.exp(-this.data));
    return computed("sigmoid", y, [this, y * (1 - y)]);
  }

  /** max(0, a); slope 1 above 0, else 0. */
  relu(): Value {
    return computed("relu", this.data < 0 ? 0 : this.data, [this, this.data > 0 ? 1 : 0]);
  }

  /** All values that this one was computed from, itself last; each stands after everything it depends on. */
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

  /** Sets `gradient` of every value in the graph: 1 here, then by the chain rule from the end to the beginning. */
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

/** A number that remembers: `value(2, "w")`. The same as `new Value(2, "w")`. */
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
