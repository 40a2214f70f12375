import { DataError } from "./data-error.js";
import { Matrix } from "./matrix.js";
import { toFiniteMatrix, type DataRole, type MatrixLike } from "./matrix-like.js";
import { SparseMatrix } from "./sparse-matrix.js";

/** What a model takes as x: anything that is a matrix, and sparse rows. */
export type InputsLike = MatrixLike | SparseMatrix;

/** Checked rows that batches are made from. A sparse matrix stays one: only the rows of a batch are ever written out. */
export type Inputs = Matrix | SparseMatrix;

/** The rows, checked: there is at least one, and every number is finite. Throws DataError with row and column, counted from 0. */
export function toInputs(value: InputsLike, role: DataRole): Inputs {
  if (!(value instanceof SparseMatrix)) return toFiniteMatrix(value, role);
  const { operation, role: name } = role;
  if (value.rows === 0 || value.cols === 0)
    throw new DataError(operation, `${name} is empty: its shape is [${value.rows}, ${value.cols}]`);
  const bad = value.values.findIndex((number) => !Number.isFinite(number));
  if (bad < 0) return value;
  const row = value.rowStarts.findIndex((start) => start > bad) - 1;
  throw new DataError(
    operation,
    `${name} has ${value.values[bad]} in row ${row}, column ${value.columns[bad]} (counted from 0). Drop the row or fill in the value first.`,
  );
}

/** Rows `start` up to but not including `end`, written out in the wanted format. */
export function denseRows(
  inputs: Inputs,
  { start, end, dtype }: { readonly start: number; readonly end: number; readonly dtype: Matrix["dtype"] },
): Matrix {
  const part = inputs.sliceRows(start, end);
  if (part instanceof Matrix) return part;
  const written = Matrix.zeros(part.rows, part.cols, { dtype });
  for (let r = 0; r < part.rows; r++) writeSparseRow(part, r, { to: written, at: r });
  return written;
}

/** Fills the rows of `to` with the rows indices[start], indices[start + 1], ... of `from`. */
export function copyRows(from: Inputs, to: Matrix, indices: Uint32Array, start: number): void {
  const { cols, data } = to;
  if (from instanceof SparseMatrix) {
    data.fill(0);
    for (let r = 0; r < to.rows; r++) writeSparseRow(from, indices[start + r], { to, at: r });
    return;
  }
  for (let r = 0; r < to.rows; r++) {
    const source = indices[start + r] * cols;
    // A view costs as much as copying some dozen numbers by hand.
    if (cols > 64) data.set(from.data.subarray(source, source + cols), r * cols);
    else for (let c = 0; c < cols; c++) data[r * cols + c] = from.data[source + c];
  }
}

/** The largest size of any number. */
export function largestSize(inputs: Inputs): number {
  const numbers = inputs instanceof SparseMatrix ? inputs.values : inputs.data;
  let largest = 0;
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]));
  return largest;
}

function writeSparseRow(
  from: SparseMatrix,
  r: number,
  { to, at }: { readonly to: Matrix; readonly at: number },
): void {
  const rowStart = at * to.cols;
  for (let place = from.rowStarts[r]; place < from.rowStarts[r + 1]; place++)
    to.data[rowStart + from.columns[place]] = from.values[place];
}
