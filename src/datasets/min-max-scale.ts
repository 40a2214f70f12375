import { OptionError } from "../engine/index.js";
import type { Matrix, MatrixLike } from "../engine/index.js";
import { columnScaler, type ColumnScaler } from "./column-scaler.js";
import { asTable } from "./parts.js";

/** The options of `minMaxScale` and `fitMinMaxScaler`. */
export interface MinMaxOptions {
  /** Where the smallest and the largest value of a column go; default `[0, 1]`. */
  range?: readonly [low: number, high: number];
}

/** Smallest and largest values measured on one table, to be applied to others. */
export interface MinMaxScaler extends ColumnScaler {
  /** Smallest value of each column. */
  readonly min: readonly number[];
  /** Largest value of each column. */
  readonly max: readonly number[];
  /** `low + (high - low) · (x - min) / (max - min)`, same shape. Values beyond those of the table land beyond the range. */
  transform(x: MatrixLike): Matrix;
}

/**
 * Measures the smallest and largest value of each column, as scikit-learn's `MinMaxScaler`. A constant column becomes `low`.
 * Fit on the training rows only, then transform both parts: `fitMinMaxScaler(xTrain).transform(xTest)`.
 *
 * @throws Error naming row and column of a value that is not finite; OptionError if `range` does not rise.
 *
 * @example
 * import { fitMinMaxScaler } from "gradus";
 * const scaler = fitMinMaxScaler([[0, 10], [4, 30]]);
 * console.log(scaler.min, scaler.max); // [ 0, 10 ] [ 4, 30 ]
 * console.log(scaler.transform([[1, 30], [6, 20]]).toArray()); // [ [ 0.25, 1 ], [ 1.5, 0.5 ] ]
 */
export function fitMinMaxScaler(x: MatrixLike, { range = [0, 1] }: MinMaxOptions = {}): MinMaxScaler {
  const [low, high] = range;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new OptionError(
      `fitMinMaxScaler: range must be two finite numbers, the smaller first, got [${range.join(", ")}].`,
      { option: "range", value: range },
    );
  }
  const table = asTable("fitMinMaxScaler", x);
  const columns = Array.from({ length: table.cols }, (_, j) => table.column(j));
  const min = columns.map((column) => column.reduce((least, value) => Math.min(least, value), Infinity));
  const max = columns.map((column) => column.reduce((most, value) => Math.max(most, value), -Infinity));
  const spans = max.map((most, j) => (most === min[j] ? 1 : most - min[j]));
  const scaler = columnScaler("minMaxScaler", {
    columns: table.cols,
    transform: (value, j) => low + ((high - low) * (value - min[j])) / spans[j],
    inverse: (value, j) => min[j] + ((value - low) * spans[j]) / (high - low),
  });
  return { min, max, ...scaler };
}

/**
 * Every column from 0 to 1 (or `range`): `fitMinMaxScaler(x).transform(x)`.
 * For data that will be split, fit on the training part instead.
 *
 * @example
 * import { minMaxScale } from "gradus";
 * const pixels = [[0, 51], [102, 255]];
 * console.log(minMaxScale(pixels, { range: [-1, 1] }).toArray()); // [ [ -1, -1 ], [ 1, 1 ] ]
 */
export function minMaxScale(x: MatrixLike, options: MinMaxOptions = {}): Matrix {
  return fitMinMaxScaler(x, options).transform(x);
}
