import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import type { Loss } from "./loss.js";
import type { Matrix } from "./matrix.js";

/** The names of the metrics, as `compile` takes them. */
export type MetricName =
  | "accuracy"
  | "binaryAccuracy"
  | "topKAccuracy"
  | "precision"
  | "recall"
  | "f1"
  | "auc"
  | "mse"
  | "mae"
  | "rmse"
  | "r2";

/** A name for a metric. */
export interface MetricNameOption {
  /** Its name in the history. Default: the metric's own. */
  readonly name?: string;
}

/** A figure for people, not for the optimizer: `"accuracy"`, or with options `metrics.topKAccuracy({ k: 3 })`. */
export interface Metric {
  /** Its name in the history. */
  readonly name: string;
  /** The metric of a model that is compiled with this loss. */
  forLoss(loss: MetricContext): CompiledMetric;
}

/** What a metric must know of the loss that it stands beside: whether outputs are logits, targets class numbers or fewer than the outputs. */
export type MetricContext = Pick<Loss, "fromLogits"> &
  Partial<Pick<Loss, "name" | "sparse" | "targetColumns">>;

/** A metric that knows the loss of its model. */
export interface CompiledMetric {
  readonly name: string;
  /** Throws DataError if the metric makes no sense for this target, OptionError if not for so many outputs. */
  checkTarget(target: Matrix, operation: string, outputs: number): void;
  /** A fresh count. */
  begin(): MetricCount;
}

/** A metric over all rows of an epoch, gathered batch by batch: its value is that of all rows at once, not the mean of the batches. */
export interface MetricCount {
  /** Counts in the outputs of a batch, row-major with `cols` columns, and their targets. */
  add(predicted: FloatArray, target: FloatArray, cols: number): void;
  /** Of the rows since `begin` or `reset`. */
  value(): number;
  /** Forgets all rows, for the next epoch. */
  reset(): void;
}

/** Throws DataError unless every target is a class or a part of one: from 0 to 1. */
export function checkClasses(
  target: Matrix,
  { name, operation }: { readonly name: string; readonly operation: string },
): void {
  const bad = target.data.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  const what = name === "accuracy" ? "right classes" : "classes";
  throw new DataError(
    operation,
    `${name} counts ${what}, so targets must be 0 and 1; got ${target.data[bad]} in row ` +
      `${Math.floor(bad / target.cols)}, column ${bad % target.cols}. For quantities use the metric mae or mse.`,
  );
}

/** Where the largest of the `cols` numbers from `start` on stands; the first one if several are equal. */
export function largestIn(values: FloatArray, start: number, cols: number): number {
  let best = 0;
  for (let j = 1; j < cols; j++) if (values[start + j] > values[start + best]) best = j;
  return best;
}

/** The class of row r of a target: its number, or the largest column of a one-hot row. */
export function classIn(
  target: FloatArray,
  r: number,
  { cols, sparse }: { cols: number; sparse: boolean },
): number {
  return sparse ? target[r] : largestIn(target, r * cols, cols);
}
