import { DataError } from "./data-error.js";
import {
  checkClasses,
  classIn,
  largestIn,
  type Metric,
  type MetricCount,
  type MetricNameOption,
} from "./metric.js";
import { finiteNumber, outOfRange, wholeNumber } from "./options.js";
import { remember } from "./recipe.js";

/**
 * The share of rows whose class is right. Several outputs: the largest one is the class (both in prediction and target).
 * One output: above 0.5 is class 1, or above 0 if it is a logit.
 */
export function accuracy({ name = "accuracy" }: MetricNameOption = {}): Metric {
  const metric: Metric = {
    name,
    forLoss: ({ fromLogits, sparse = false }) => ({
      name,
      checkTarget: (target, operation) => {
        if (!sparse) checkClasses(target, { name: "accuracy", operation });
      },
      begin: () => {
        const threshold = fromLogits ? 0 : 0.5;
        return share((p, t, cols) => {
          let right = 0;
          if (sparse) {
            for (let r = 0; r < t.length; r++) if (largestIn(p, r * cols, cols) === t[r]) right++;
          } else if (cols === 1) {
            for (let i = 0; i < p.length; i++) if (p[i] > threshold === t[i] > 0.5) right++;
          } else {
            for (let start = 0; start < p.length; start += cols) {
              if (largestIn(p, start, cols) === largestIn(t, start, cols)) right++;
            }
          }
          return right;
        });
      },
    }),
  };
  return remember(metric, "accuracy", { name });
}

/** The options of `metrics.binaryAccuracy`. */
export interface BinaryAccuracyOptions extends MetricNameOption {
  /** An output above it says 1. Default 0.5, or 0 if the loss reads logits. */
  readonly threshold?: number;
}

/** The share of right outputs, each output being a decision of its own: above the threshold is 1. Keras' BinaryAccuracy. */
export function binaryAccuracy({ threshold, name = "binaryAccuracy" }: BinaryAccuracyOptions = {}): Metric {
  if (threshold !== undefined) finiteNumber("binaryAccuracy", { option: "threshold", value: threshold });
  const metric: Metric = {
    name,
    forLoss: (loss) => ({
      name,
      checkTarget: (target, operation) => {
        if (loss.sparse === true) {
          throw new DataError(
            operation,
            "the metric binaryAccuracy needs targets of 0 and 1, not class numbers; use accuracy",
          );
        }
        checkClasses(target, { name: "binaryAccuracy", operation });
      },
      begin: () => {
        const limit = threshold ?? (loss.fromLogits ? 0 : 0.5);
        return share((p, t, cols) => {
          let right = 0;
          for (let i = 0; i < p.length; i++) if (p[i] > limit === t[i] > 0.5) right++;
          return right / cols;
        });
      },
    }),
  };
  return remember(metric, "binaryAccuracy", { threshold, name });
}

/** The options of `metrics.topKAccuracy`. */
export interface TopKAccuracyOptions extends MetricNameOption {
  /** Default 2, as the function `topKAccuracy`. */
  readonly k?: number;
}

/** The share of rows whose class is among the k largest outputs; of equal outputs the first column comes first. */
export function topK({ k = 2, name = "topKAccuracy" }: TopKAccuracyOptions = {}): Metric {
  wholeNumber("topKAccuracy", { option: "k", value: k, least: 1 });
  const metric: Metric = {
    name,
    forLoss: ({ sparse = false }) => ({
      name,
      checkTarget: (target, operation, outputs) => {
        if (k >= outputs) {
          const rule = `below the ${outputs} outputs of the model (it would always be right)`;
          throw outOfRange(operation, { option: "k of the metric topKAccuracy", value: k, rule });
        }
        if (!sparse) checkClasses(target, { name: "topKAccuracy", operation });
      },
      begin: () =>
        share((p, t, cols) => {
          let right = 0;
          for (let r = 0; r * cols < p.length; r++) {
            const start = r * cols;
            const own = classIn(t, r, { cols, sparse });
            let ahead = 0;
            for (let c = 0; c < cols; c++) {
              if (p[start + c] > p[start + own] || (p[start + c] === p[start + own] && c < own)) ahead++;
            }
            if (ahead < k) right++;
          }
          return right;
        }),
    }),
  };
  return remember(metric, "topKAccuracy", { k, name });
}

/** The sum of what `count` finds in each batch, divided by the rows. */
function share(count: (...batch: Parameters<MetricCount["add"]>) => number): MetricCount {
  let sum = 0;
  let rows = 0;
  return {
    add(p, t, cols) {
      sum += count(p, t, cols);
      rows += p.length / cols;
    },
    value: () => sum / rows,
    reset() {
      sum = rows = 0;
    },
  };
}
