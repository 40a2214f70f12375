import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import { firstNotFinite } from "./kernels/elements.js";
import { Matrix } from "./matrix.js";
import { toFiniteMatrix, type DataRole, type MatrixLike } from "./matrix-like.js";
import { SparseMatrix } from "./sparse-matrix.js";
import { SparseRows } from "./sparse-rows.js";

/** What a model takes as x: anything that is a matrix, and sparse rows. */
export type InputsLike = MatrixLike | SparseMatrix;

/** Checked rows that batches are made from. A sparse matrix stays one. */
export type Inputs = Matrix | SparseMatrix;

/** The rows, checked: there is at least one, and every number is finite. Throws DataError with row and column, counted from 0. */
export function toInputs(value: InputsLike, role: DataRole): Inputs {
  if (!(value instanceof SparseMatrix)) return toFiniteMatrix(value, role);
  const { operation, role: name } = role;
  if (value.rows === 0 || value.cols === 0)
    throw new DataError(operation, `${name} is empty: its shape is [${value.rows}, ${value.cols}]`);
  const bad = firstNotFinite(value.values);
  if (bad < 0) return value;
  const row = value.rowStarts.findIndex((start) => start > bad) - 1;
  throw new DataError(
    operation,
    `${name} has ${value.values[bad]} in row ${row}, column ${value.columns[bad]} (counted from 0). Drop the row or fill in the value first.`,
  );
}

/** The rows of a batch. Sparse ones are never written out, unless the first layer asks for it. */
export type BatchRows = Matrix | SparseRows;

/** Buffers for a batch of so many of these rows. */
export function makeBatchRows(of: Inputs, rows: number, dtype: Dtype): BatchRows {
  return of instanceof SparseMatrix
    ? new SparseRows(of, rows)
    : Matrix.zeros(rows, of.cols, { dtype, longLived: true });
}

/** Fills a batch that was made for these inputs with the rows indices[start], indices[start + 1], ... */
export function copyRows(from: Inputs, to: BatchRows, indices: Uint32Array, start: number): void {
  if (to instanceof SparseRows) return void to.fill(indices, start, start + to.most);
  if (from instanceof SparseMatrix) throw new Error("copyRows: a sparse matrix fills sparse rows");
  const { cols, data } = to;
  for (let r = 0; r < to.rows; r++) {
    const source = indices[start + r] * cols;
    // A view costs as much as copying some dozen numbers by hand.
    if (cols > 64) data.set(from.data.subarray(source, source + cols), r * cols);
    else for (let c = 0; c < cols; c++) data[r * cols + c] = from.data[source + c];
  }
}

/** All rows in order, at most `size` at a time; the rows given are overwritten by the next ones. */
export function* consecutiveRows(
  inputs: Inputs,
  size: number,
): Generator<{ readonly rows: BatchRows; readonly start: number; readonly end: number }> {
  const sparse = inputs instanceof SparseMatrix;
  const buffer = sparse ? new SparseRows(inputs, Math.min(size, inputs.rows)) : undefined;
  const indices = sparse ? Uint32Array.from({ length: inputs.rows }, (_, i) => i) : [];
  for (let start = 0; start < inputs.rows; start += size) {
    const end = Math.min(start + size, inputs.rows);
    const rows = sparse ? buffer!.fill(indices, start, end) : inputs.sliceRows(start, end);
    yield { rows, start, end };
  }
}

/** All rows as one batch. */
export function allRows(inputs: Inputs): BatchRows {
  return inputs instanceof Matrix ? inputs : consecutiveRows(inputs, inputs.rows).next().value!.rows;
}

/** Fewer columns than this are not worth looking at one by one. */
const leastColumns = 64;
/** Measured: with more non-zeros than this the dense product is as fast. */
const mostNonZeros = 1 / 8;

/** Rows that are mostly zeros as a sparse matrix, others as they are. In float64 all stay: sparse values are in float32. */
export function thinned(inputs: Inputs): Inputs {
  if (inputs instanceof SparseMatrix || inputs.dtype !== "float32" || inputs.cols < leastColumns)
    return inputs;
  const { data } = inputs;
  const limit = data.length * mostNonZeros;
  let count = 0;
  for (let i = 0; i < data.length && count <= limit; i++) if (data[i] !== 0) count++;
  return count <= limit ? SparseMatrix.fromMatrix(inputs) : inputs;
}

/** The largest size of any number. */
export function largestSize(inputs: Inputs): number {
  const numbers = inputs instanceof SparseMatrix ? inputs.values : inputs.data;
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]));
  return largest;
}
