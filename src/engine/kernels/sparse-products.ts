import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";

/**
 * The products of a dense layer whose inputs are sparse rows. Each sum takes its terms in the order of the dense product and leaves
 * out those that are 0, so that the results are those of `affine.ts` to the last bit. The loops here are the definition; in float32
 * WebAssembly does the same work where it can.
 */

/** A batch of sparse rows (CSR): row r owns the entries `rowStarts[r]` up to `rowStarts[r + 1]`. The arrays may be longer than needed. */
export interface SparseBatch {
  readonly rows: number;
  readonly cols: number;
  readonly rowStarts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  /** The same entries column after column, rows rising; filled by `turnRows`. Of length `cols + 2`, for its counting. */
  readonly columnStarts: Int32Array;
  readonly rowNumbers: Int32Array;
  readonly turnedValues: Float32Array;
}

/** Z = X·W + b; b may be absent. */
export function sparseAffine(
  x: SparseBatch,
  w: FloatArray,
  b: FloatArray | undefined,
  z: FloatArray,
  units: number,
): void {
  const { rows, rowStarts, columns, values } = x;
  const done = activeMachine()?.run([rowStarts, columns, values, w, b, z], { written: [5] }, (on, at) =>
    on.sparseAffine(at[0], at[1], at[2], at[3], at[4], at[5], rows, units),
  );
  if (done === true) return;
  for (let r = 0; r < rows; r++) {
    const zStart = r * units;
    for (let j = 0; j < units; j++) z[zStart + j] = b === undefined ? 0 : b[j];
    for (let e = rowStarts[r]; e < rowStarts[r + 1]; e++) {
      const wStart = columns[e] * units;
      const value = values[e];
      for (let j = 0; j < units; j++) z[zStart + j] += value * w[wStart + j];
    }
  }
}

/** Sorts the entries by column, for the products with Xᵀ. */
export function turnRows(x: SparseBatch): void {
  const { rows, cols, rowStarts, columns, values, columnStarts, rowNumbers, turnedValues } = x;
  const arrays = [rowStarts, columns, values, columnStarts, rowNumbers, turnedValues];
  const done = activeMachine()?.run(arrays, { written: [3, 4, 5] }, (on, at) =>
    on.turnRows(at[0], at[1], at[2], at[3], at[4], at[5], rows, cols),
  );
  if (done === true) return;
  // Counted two places on, summed up, and moved one place on while the entries are put down.
  columnStarts.fill(0);
  for (let e = 0; e < rowStarts[rows]; e++) columnStarts[columns[e] + 2]++;
  for (let k = 2; k < cols + 2; k++) columnStarts[k] += columnStarts[k - 1];
  for (let r = 0; r < rows; r++) {
    for (let e = rowStarts[r]; e < rowStarts[r + 1]; e++) {
      const place = columnStarts[columns[e] + 1]++;
      rowNumbers[place] = r;
      turnedValues[place] = values[e];
    }
  }
}

/** db = the column sums of dZ. */
export function columnSums(dz: FloatArray, db: FloatArray): void {
  const units = db.length;
  const done = activeMachine()?.run([dz, db], { written: [1] }, (on, [atDz, atDb]) =>
    on.columnSums(atDz, atDb, dz.length / units, units),
  );
  if (done === true) return;
  db.fill(0);
  for (let i = 0; i < dz.length; i++) db[i % units] += dz[i];
}

/** dW = Xᵀ·dZ, after `turnRows`; overwrites dW. */
export function sparseWeightGradient(x: SparseBatch, dz: FloatArray, dw: FloatArray): void {
  const { cols, columnStarts, rowNumbers, turnedValues } = x;
  const units = dw.length / cols;
  const arrays = [columnStarts, rowNumbers, turnedValues, dz, dw];
  const done = activeMachine()?.run(arrays, { written: [4] }, (on, at) =>
    on.sparseWeightGradient(at[0], at[1], at[2], at[3], at[4], cols, units),
  );
  if (done === true) return;
  for (let k = 0; k < cols; k++) gradientRow(x, dz, k, dw.subarray(k * units, (k + 1) * units));
}

/** Row k of Xᵀ·dZ. */
export function gradientRow(
  { columnStarts, rowNumbers, turnedValues }: SparseBatch,
  dz: FloatArray,
  k: number,
  row: FloatArray,
): void {
  row.fill(0);
  for (let e = columnStarts[k]; e < columnStarts[k + 1]; e++) {
    const zStart = rowNumbers[e] * row.length;
    for (let j = 0; j < row.length; j++) row[j] += turnedValues[e] * dz[zStart + j];
  }
}
