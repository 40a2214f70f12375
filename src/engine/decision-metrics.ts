import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import {
  checkClasses,
  classIn,
  largestIn,
  type Metric,
  type MetricContext,
  type MetricCount,
  type MetricNameOption,
} from "./metric.js";
import { finiteNumber, lookUp } from "./options.js";
import { averageScore, type Average, type RatioName } from "./precision-recall.js";
import { remember } from "./recipe.js";

/** The options of `metrics.precision`, `metrics.recall` and `metrics.f1`. */
export interface DecisionMetricOptions extends MetricNameOption {
  /** Of one output, or of outputs that are decisions of their own: above it is 1. Default 0.5, or 0 if the loss reads logits. */
  readonly threshold?: number;
  /**
   * How the scores of several classes become one. Default "binary": the score of class 1, for one output or two classes; more
   * classes need "macro", "weighted" or "micro".
   */
  readonly average?: Exclude<Average, "none">;
}

/**
 * Precision, recall or F1 of all rows of an epoch, from their counts. Several outputs are classes that exclude each other, the
 * largest one being taken; beside the loss binaryCrossentropy they are decisions of their own.
 */
export function decisionMetric(
  kind: RatioName,
  { threshold, average = "binary", name = kind }: DecisionMetricOptions = {},
): Metric {
  if (threshold !== undefined) finiteNumber(kind, { option: "threshold", value: threshold });
  lookUp<Exclude<Average, "none">, true>(
    { binary: true, macro: true, weighted: true, micro: true },
    { kind: "average", name: average },
  );
  const metric: Metric = {
    name,
    forLoss: (loss) => ({
      name,
      checkTarget: (target, operation, outputs) => {
        const own = decidesEach(loss, outputs);
        if (average === "binary" && (outputs > 2 || (own && outputs > 1))) {
          throw new DataError(
            operation,
            `the metric ${kind} is for one output or two classes, the model has ${outputs} outputs; ` +
              `say how to combine them: metrics.${kind}({ average: "macro" })`,
          );
        }
        if (loss.sparse !== true) checkClasses(target, { name: kind, operation });
      },
      begin: () =>
        countDecisions(kind, { loss, average, threshold: threshold ?? (loss.fromLogits ? 0 : 0.5) }),
    }),
  };
  return remember(metric, kind, { threshold, average, name });
}

interface Decision {
  readonly loss: MetricContext;
  readonly average: Exclude<Average, "none">;
  readonly threshold: number;
}

function countDecisions(kind: RatioName, { loss, average, threshold }: Decision): MetricCount {
  let tallies: { tp: number; fp: number; fn: number }[] = [];
  const sparse = loss.sparse === true;
  const count = (actual: number, predicted: number): void => {
    if (actual === predicted) tallies[actual].tp++;
    else {
      tallies[predicted].fp++;
      tallies[actual].fn++;
    }
  };
  const countEach = (p: FloatArray, t: FloatArray, cols: number): void => {
    for (let i = 0; i < p.length; i++) {
      const tally = tallies[i % cols];
      if (p[i] > threshold) {
        if (t[i] > 0.5) tally.tp++;
        else tally.fp++;
      } else if (t[i] > 0.5) tally.fn++;
    }
  };
  return {
    add(p, t, cols) {
      const due = cols === 1 ? 2 : cols;
      while (tallies.length < due) tallies.push({ tp: 0, fp: 0, fn: 0 });
      if (decidesEach(loss, cols)) countEach(p, t, cols);
      else if (cols === 1)
        for (let i = 0; i < p.length; i++) count(t[i] > 0.5 ? 1 : 0, p[i] > threshold ? 1 : 0);
      else {
        for (let r = 0; r * cols < p.length; r++)
          count(classIn(t, r, { cols, sparse }), largestIn(p, r * cols, cols));
      }
    },
    value: () => averageScore(kind, tallies, { average }) as number,
    reset() {
      tallies = [];
    },
  };
}

/** True if several outputs do not exclude each other: sigmoids beside binaryCrossentropy. */
function decidesEach({ name }: MetricContext, outputs: number): boolean {
  return name === "binaryCrossentropy" && outputs > 1;
}
