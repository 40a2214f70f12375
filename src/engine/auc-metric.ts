import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import { checkClasses, type Metric, type MetricCount, type MetricNameOption } from "./metric.js";
import { remember } from "./recipe.js";

/**
 * The area under the ROC curve of all rows of the epoch, exact as the function `auc` (Keras approximates it with 200 thresholds):
 * the scores are kept, 8 bytes a row. For one output, or for two classes, of which the second is to be found. While the rows so far
 * are all of one class, 0.5.
 */
export function aucMetric({ name = "auc" }: MetricNameOption = {}): Metric {
  const metric: Metric = {
    name,
    forLoss: ({ sparse = false }) => ({
      name,
      checkTarget: (target, operation, outputs) => {
        if (outputs > 2) {
          throw new DataError(
            operation,
            `the metric auc is for one output or two classes, the model has ${outputs} outputs; ` +
              `use the function auc for one class at a time: auc(classes, output.column(1), { positive: 1 })`,
          );
        }
        if (!sparse) checkClasses(target, { name: "auc", operation });
        const column = target.cols - 1;
        const positive = target.column(column).filter((value) => value > 0.5).length;
        if (positive > 0 && positive < target.rows) return;
        throw new DataError(
          operation,
          `the metric auc needs rows of both classes; all ${target.rows} rows are of class ${positive > 0 ? 1 : 0}`,
        );
      },
      begin: keepScores,
    }),
  };
  return remember(metric, "auc", { name });
}

function keepScores(): MetricCount {
  const [positive, negative] = [new GrowingList(), new GrowingList()];
  return {
    add(p, t, cols) {
      const targets = t.length / (p.length / cols);
      for (let r = 0; r * cols < p.length; r++) {
        const list = t[(r + 1) * targets - 1] > 0.5 ? positive : negative;
        list.push(p[(r + 1) * cols - 1]);
      }
    },
    value: () => area(positive.sorted(), negative.sorted()),
    reset() {
      positive.length = negative.length = 0;
    },
  };
}

/** The pairs of a positive and a negative row in which the positive one has the higher score, ties counting half, by all pairs. */
function area(positive: FloatArray, negative: FloatArray): number {
  if (positive.length === 0 || negative.length === 0) return 0.5;
  let doubled = 0;
  let below = 0;
  let upTo = 0;
  for (const score of positive) {
    while (below < negative.length && negative[below] < score) below++;
    while (upTo < negative.length && negative[upTo] <= score) upTo++;
    doubled += below + upTo;
  }
  return doubled / (2 * positive.length * negative.length);
}

class GrowingList {
  length = 0;
  #numbers: Float64Array = new Float64Array(64);

  push(value: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.length++] = value;
  }

  sorted(): Float64Array {
    return this.#numbers.slice(0, this.length).sort();
  }
}
