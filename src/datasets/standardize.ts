import type { Matrix, MatrixLike } from "../engine/index.js";
import { columnScaler, type ColumnScaler } from "./column-scaler.js";
import { asTable } from "./parts.js";

/** Means and scales measured on one table, to be applied to others. */
export interface Standardizer extends ColumnScaler {
  /** Column means. */
  readonly mean: readonly number[];
  /** Column standard deviations; 1 for a constant column. */
  readonly scale: readonly number[];
  /** `(x - mean) / scale`, same shape. */
  transform(x: MatrixLike): Matrix;
  /** `x · scale + mean`: back to the units of the table. */
  inverse(x: MatrixLike): Matrix;
}

/**
 * Measures `mean_j` and `scale_j = √(Σᵢ (x_ij - mean_j)² / n)` of each column: the population standard deviation,
 * as in scikit-learn's `StandardScaler`. A constant column gets scale 1, so that it becomes 0 and not NaN.
 *
 * Fit on the training rows only, then transform both parts; a scaler that has seen the test rows leaks them:
 * `const scaler = fitStandardizer(xTrain); scaler.transform(xTest)`.
 *
 * @throws Error naming row and column of a value that is not finite; from `transform` also if the columns differ.
 *
 * @example
 * import { fitStandardizer } from "gradus";
 * const xTrain = [[1, 100], [3, 300]];
 * const xTest = [[5, 200]];
 * const scaler = fitStandardizer(xTrain);
 * console.log(scaler.mean, scaler.scale); // [ 2, 200 ] [ 1, 100 ]
 * console.log(scaler.transform(xTest).toArray()); // [ [ 3, 0 ] ]
 * console.log(scaler.inverse([[3, 0]]).toArray()); // [ [ 5, 200 ] ]
 */
export function fitStandardizer(x: MatrixLike): Standardizer {
  const table = asTable("fitStandardizer", x);
  const columns = Array.from({ length: table.cols }, (_, column) => measure(table, column));
  const mean = columns.map((column) => column.mean);
  const scale = columns.map((column) => column.scale);
  const scaler = columnScaler("standardizer", {
    columns: table.cols,
    transform: (value, j) => (value - mean[j]) / scale[j],
    inverse: (value, j) => value * scale[j] + mean[j],
  });
  return { mean, scale, ...scaler };
}

/**
 * Every column with mean 0 and standard deviation 1: `fitStandardizer(x).transform(x)`.
 * For data that will be split, fit on the training part instead.
 *
 * @example
 * import { standardize } from "gradus";
 * console.log(standardize([[1, 100], [3, 300]]).toArray()); // [ [ -1, -1 ], [ 1, 1 ] ]
 */
export function standardize(x: MatrixLike): Matrix {
  return fitStandardizer(x).transform(x);
}

function measure(table: Matrix, column: number): { mean: number; scale: number } {
  const n = table.rows;
  const values = table.column(column);
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  // Rounding leaves a tiny variance in a constant column such as 0.1, 0.1, 0.1; scikit-learn draws the line here.
  const rounding = n * Number.EPSILON * variance + (n * mean * Number.EPSILON) ** 2;
  return { mean, scale: variance <= rounding ? 1 : Math.sqrt(variance) };
}
