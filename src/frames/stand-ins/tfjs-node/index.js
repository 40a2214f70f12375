"use strict";
// Stand-in for @tensorflow/tfjs-node, as far as danfojs-node 1.2.0 calls it: tensors of rank 0 to 2 in float64 (danfojs
// then gives 0.1 + 0.2 sixteen right digits, not seven). Two things differ on purpose: a missing value (null, undefined)
// is refused where tfjs silently makes it 0, and dataset.shuffle shuffles everything, not a window at the front.

class Tensor {
  constructor(values, shape, dtype = "float32") {
    this.values = values;
    this.shape = shape;
    this.dtype = dtype;
  }

  get rank() {
    return this.shape.length;
  }

  get size() {
    return this.values.length;
  }

  dataSync() {
    return this.values;
  }

  arraySync() {
    if (this.rank === 0) return this.values[0];
    if (this.rank === 1) return Array.from(this.values);
    const [rows, cols] = this.shape;
    return Array.from({ length: rows }, (_, row) =>
      Array.from(this.values.slice(row * cols, (row + 1) * cols)),
    );
  }

  clone() {
    return new Tensor(this.values.slice(), this.shape, this.dtype);
  }

  transpose() {
    if (this.rank < 2) return this.clone();
    const [rows, cols] = this.shape;
    const turned = new Float64Array(rows * cols);
    for (let row = 0; row < rows; row++) {
      for (let col = 0; col < cols; col++) turned[col * rows + row] = this.values[row * cols + col];
    }
    return new Tensor(turned, [cols, rows], this.dtype);
  }

  sqrt() {
    return new Tensor(this.values.map(Math.sqrt), this.shape, this.dtype);
  }

  mean(axis) {
    return reduce("mean", this, axis, mean);
  }

  max(axis) {
    return reduce("max", this, axis, (column) => column.reduce((a, b) => Math.max(a, b)));
  }

  min(axis) {
    return reduce("min", this, axis, (column) => column.reduce((a, b) => Math.min(a, b)));
  }

  argMax() {
    return reduce("argMax", this, 0, (column) => column.indexOf(column.reduce((a, b) => Math.max(a, b))));
  }

  argMin() {
    return reduce("argMin", this, 0, (column) => column.indexOf(column.reduce((a, b) => Math.min(a, b))));
  }
}

// Element by element, with the shapes stretched to each other as in NumPy; comparisons give 1 and 0.
const operations = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  divNoNan: (a, b) => (b === 0 ? 0 : a / b),
  mod: (a, b) => ((a % b) + b) % b,
  pow: (a, b) => a ** b,
  greater: (a, b) => Number(a > b),
  less: (a, b) => Number(a < b),
  greaterEqual: (a, b) => Number(a >= b),
  lessEqual: (a, b) => Number(a <= b),
  equal: (a, b) => Number(a === b),
  notEqual: (a, b) => Number(a !== b),
};
for (const [name, rule] of Object.entries(operations)) {
  Tensor.prototype[name] = function (other) {
    return combine(name, this, other instanceof Tensor ? other : scalar(other), rule);
  };
}

function combine(name, a, b, rule) {
  const rank = Math.max(a.rank, b.rank);
  const [rowsA, colsA] = asMatrix(a);
  const [rowsB, colsB] = asMatrix(b);
  const rows = stretched(rowsA, rowsB);
  const cols = stretched(colsA, colsB);
  if (rows === undefined || cols === undefined) {
    throw new Error(
      `${name}: shapes [${a.shape.join(", ")}] and [${b.shape.join(", ")}] do not fit each other`,
    );
  }
  const values = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const left = a.values[(rowsA === 1 ? 0 : row) * colsA + (colsA === 1 ? 0 : col)];
      const right = b.values[(rowsB === 1 ? 0 : row) * colsB + (colsB === 1 ? 0 : col)];
      values[row * cols + col] = rule(left, right);
    }
  }
  return new Tensor(values, rank === 0 ? [] : rank === 1 ? [cols] : [rows, cols]);
}

function stretched(a, b) {
  if (a === b || b === 1) return a;
  return a === 1 ? b : undefined;
}

function asMatrix({ shape }) {
  if (shape.length === 2) return shape;
  return shape.length === 1 ? [1, shape[0]] : [1, 1];
}

/** Down the columns of a matrix (axis 0), or over all elements. */
function reduce(name, tensor, axis, rule) {
  if (axis !== undefined && axis !== 0)
    throw new Error(`${name}: only axis 0 is supported here, got ${axis}`);
  const flat = axis === undefined || tensor.rank < 2;
  const cols = flat ? 1 : tensor.shape[1];
  const columns = Array.from({ length: cols }, () => []);
  tensor.values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      throw new Error(
        `${name}: row ${Math.floor(index / cols)}, column ${index % cols} is missing (NaN); drop the row or fill it in first`,
      );
    }
    columns[index % cols].push(value);
  });
  const values = columns.map(rule);
  return flat ? new Tensor(values, []) : new Tensor(values, [cols]);
}

function mean(column) {
  return column.reduce((sum, value) => sum + value, 0) / column.length;
}

function variance(column) {
  const center = mean(column);
  return mean(column.map((value) => (value - center) ** 2));
}

/** Mean and population variance, down the columns for axis 0. */
function moments(tensor, axis) {
  return { mean: reduce("moments", tensor, axis, mean), variance: reduce("moments", tensor, axis, variance) };
}

function numbers(values, cols) {
  return Float64Array.from(values, (value, index) => {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return Number(value);
    const place = `row ${Math.floor(index / cols)}${cols > 1 ? `, column ${index % cols}` : ""}`;
    if (value === null || value === undefined) {
      throw new Error(`${place} is missing; drop the row or fill it in first`);
    }
    throw new Error(`${place} is no number but ${JSON.stringify(value)}`);
  });
}

function scalar(value) {
  return new Tensor(numbers([value], 1), []);
}

function tensor1d(values, dtype) {
  if (dtype === "string") return new Tensor(Array.from(values), [values.length], dtype);
  return new Tensor(numbers(values, 1), [values.length], dtype);
}

function tensor2d(
  values,
  shape = [values.length, values.length === 0 ? 0 : values[0].length],
  dtype = undefined,
) {
  const flat = Array.from(values).flat();
  if (flat.length !== shape[0] * shape[1]) {
    throw new Error(`tensor2d: ${flat.length} values do not fill the shape [${shape.join(", ")}]`);
  }
  return new Tensor(numbers(flat, shape[1]), shape, dtype);
}

const data = {
  array(items) {
    return {
      shuffle: (_window, seed) => data.array(shuffled(items, String(seed))),
      take: (count) => data.array(items.slice(0, count)),
      toArray: () => Promise.resolve([...items]),
    };
  },
};

/** Fisher and Yates, on mulberry32 (public domain) started from an FNV-1a hash of the seed. */
function shuffled(items, seed) {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0), 0x01000193);
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

module.exports = { Tensor, scalar, tensor1d, tensor2d, moments, data };
