import { DataError } from "./data-error.js";
import type { Matrix } from "./matrix.js";
import { toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { formatShape, ShapeError } from "./shape-error.js";

/**
 * √(Σ (actual - predicted)² / rows), in the units of the target; of several columns the mean of their values, as
 * scikit-learn's `root_mean_squared_error`.
 *
 * @throws ShapeError if the shapes differ, DataError for values that are not finite.
 *
 * @example
 * import { rmse } from "gradus";
 * console.log(rmse([10, 20], [13, 16]).toFixed(3)); // 3.536
 */
export function rmse(actual: MatrixLike, predicted: MatrixLike): number {
  const pair = readPair("rmse", actual, predicted);
  return meanOverColumns(pair.actual.cols, (column) =>
    Math.sqrt(squaredErrors(pair, column) / pair.actual.rows),
  );
}

/**
 * R² = 1 - Σ (actual - predicted)² / Σ (actual - mean of actual)²: 1 is perfect, 0 is as good as always answering the mean,
 * below 0 is worse. Of several columns the mean. A constant column counts 1 if it is met exactly, else 0.
 * scikit-learn's `r2_score`.
 *
 * @throws ShapeError if the shapes differ, DataError for values that are not finite or for a single row.
 *
 * @example
 * import { r2 } from "gradus";
 * console.log(r2([1, 2, 3], [1, 2, 3]), r2([1, 2, 3], [2, 2, 2]), r2([1, 2, 3], [3, 2, 1])); // 1 0 -3
 */
export function r2(actual: MatrixLike, predicted: MatrixLike): number {
  const pair = readPair("r2", actual, predicted);
  if (pair.actual.rows < 2) {
    throw new DataError("r2", "needs at least 2 rows; a single row has no spread to compare the errors with");
  }
  return meanOverColumns(pair.actual.cols, (column) => {
    const errors = squaredErrors(pair, column);
    const values = pair.actual.column(column);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    if (spread === 0) return errors === 0 ? 1 : 0;
    return 1 - errors / spread;
  });
}

interface Pair {
  readonly actual: Matrix;
  readonly predicted: Matrix;
}

function readPair(operation: string, actual: MatrixLike, predicted: MatrixLike): Pair {
  const pair = {
    actual: toFiniteMatrix(actual, { operation, role: "actual", dtype: "float64" }),
    predicted: toFiniteMatrix(predicted, { operation, role: "predicted", dtype: "float64" }),
  };
  const [a, p] = [pair.actual.shape, pair.predicted.shape];
  if (a[0] === p[0] && a[1] === p[1]) return pair;
  throw new ShapeError(operation, {
    rule: `actual and predicted must have the same shape, got ${formatShape(a)} and ${formatShape(p)}`,
    shapes: [a, p],
  });
}

function squaredErrors({ actual, predicted }: Pair, column: number): number {
  let sum = 0;
  for (let i = column; i < actual.data.length; i += actual.cols)
    sum += (actual.data[i] - predicted.data[i]) ** 2;
  return sum;
}

function meanOverColumns(cols: number, of: (column: number) => number): number {
  let sum = 0;
  for (let column = 0; column < cols; column++) sum += of(column);
  return sum / cols;
}
