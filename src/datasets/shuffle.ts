import { Random } from "../engine/index.js";
import type { Matrix, MatrixLike } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { asPair, datasetRows, isDataset } from "./parts.js";

/** The options of `shuffle`. */
export interface ShuffleOptions {
  /** The same seed gives the same order; default 0. */
  seed?: number;
}

/** What `shuffle` answers to a table and its targets. */
export interface ShuffledRows {
  readonly x: Matrix;
  readonly y: Matrix;
  /** Row `i` of the shuffled table is row `indices[i]` of the given one. */
  readonly indices: readonly number[];
}

/**
 * The same rows in random order, `x` and `y` (or a whole data set) alike; what was handed over stays as it is.
 *
 * @throws Error if `x` and `y` differ in rows.
 *
 * @example
 * import { shuffle } from "gradus";
 * const { x, y, indices } = shuffle([[1, 1], [2, 2], [3, 3]], [10, 20, 30], { seed: 3 });
 * console.log(indices); // [ 1, 0, 2 ]
 * console.log(x.toArray(), y.column(0)); // [ [ 2, 2 ], [ 1, 1 ], [ 3, 3 ] ] [ 20, 10, 30 ]
 */
export function shuffle(data: Dataset, options?: ShuffleOptions): Dataset;
export function shuffle(x: MatrixLike, y: MatrixLike, options?: ShuffleOptions): ShuffledRows;
export function shuffle(
  first: Dataset | MatrixLike,
  second: ShuffleOptions | MatrixLike = {},
  third: ShuffleOptions = {},
): Dataset | ShuffledRows {
  if (isDataset(first)) {
    const { seed = 0 } = second as ShuffleOptions;
    return datasetRows(first, new Random(seed).permutation(first.x.rows));
  }
  const { x, y } = asPair("shuffle", first, second as MatrixLike);
  const indices = new Random(third.seed ?? 0).permutation(x.rows);
  return { x: x.takeRows(indices), y: y.takeRows(indices), indices };
}
