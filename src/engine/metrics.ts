import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import type { Loss } from "./loss.js";
import type { Matrix } from "./matrix.js";
import { lookUp } from "./options.js";

export type MetricName = "accuracy" | "mse" | "mae";

/** A figure for people, not for the optimizer. */
export interface Metric {
  readonly name: MetricName;
  /** The sum of the metric over the rows; the caller divides by their number. */
  sumOverRows(predicted: FloatArray, target: FloatArray, cols: number): number;
  /** Throws DataError if the metric makes no sense for this target. */
  checkTarget(target: Matrix, operation: string): void;
}

/** What a metric must know of the loss that it stands beside: whether outputs are logits, targets class numbers or fewer than the outputs. */
export type MetricContext = Pick<Loss, "fromLogits"> & Partial<Pick<Loss, "sparse" | "targetColumns">>;

/** The known metrics. */
export const metrics: Readonly<Record<MetricName, (loss: MetricContext) => Metric>> = {
  accuracy,
  mse: (loss) => meanError("mse", { loss, of: (error) => error * error }),
  mae: (loss) => meanError("mae", { loss, of: Math.abs }),
};

/** The mean of a function of the errors; where the outputs are more than the targets, the first ones are compared. */
function meanError(
  name: "mse" | "mae",
  { loss, of }: { readonly loss: MetricContext; readonly of: (error: number) => number },
): Metric {
  return {
    name,
    checkTarget: (_target, operation) => {
      if (loss.sparse !== true) return;
      throw new DataError(operation, `the metric ${name} needs quantities, not class numbers; use accuracy`);
    },
    sumOverRows: (p, t, cols) => {
      const k = loss.targetColumns?.(cols) ?? cols;
      let sum = 0;
      for (let i = 0; i < t.length; i++) sum += of(p[Math.floor(i / k) * cols + (i % k)] - t[i]);
      return sum / k;
    },
  };
}

/**
 * The share of rows whose class is right. Several outputs: the largest one is the class (both in prediction and target).
 * One output: above 0.5 is class 1, or above 0 if it is a logit.
 */
function accuracy({ fromLogits, sparse = false }: MetricContext): Metric {
  const threshold = fromLogits ? 0 : 0.5;
  return {
    name: "accuracy",
    checkTarget: (target, operation) => {
      if (sparse) return;
      const bad = target.data.findIndex((value) => !(value >= 0 && value <= 1));
      if (bad < 0) return;
      throw new DataError(
        operation,
        `accuracy counts right classes, so targets must be 0 and 1; got ${target.data[bad]} in row ` +
          `${Math.floor(bad / target.cols)}, column ${bad % target.cols}. For quantities use the metric mae or mse.`,
      );
    },
    sumOverRows: (p, t, cols) => {
      let right = 0;
      if (sparse) {
        for (let r = 0; r < t.length; r++) if (largestIn(p, r * cols, cols) === t[r]) right++;
        return right;
      }
      if (cols === 1) {
        for (let i = 0; i < p.length; i++) if (p[i] > threshold === t[i] > 0.5) right++;
        return right;
      }
      for (let start = 0; start < p.length; start += cols) {
        if (largestIn(p, start, cols) === largestIn(t, start, cols)) right++;
      }
      return right;
    },
  };
}

function largestIn(values: FloatArray, start: number, cols: number): number {
  let best = 0;
  for (let j = 1; j < cols; j++) if (values[start + j] > values[start + best]) best = j;
  return best;
}

/** The metric with this name, made for this loss. */
export function resolveMetric(name: MetricName, loss: Loss): Metric {
  return lookUp(metrics, { kind: "metric", name })(loss);
}
