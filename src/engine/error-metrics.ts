import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import type { CompiledMetric, Metric, MetricContext, MetricCount, MetricNameOption } from "./metric.js";
import { remember } from "./recipe.js";

/** Σ (p - t)² / elements, whatever the loss is. */
export function meanSquaredError({ name = "mse" }: MetricNameOption = {}): Metric {
  return remember(quantityMetric("mse", { name, begin: (loss) => meanOf((e) => e * e, loss) }), "mse", {
    name,
  });
}

/** Σ |p - t| / elements, in the units of the target. */
export function meanAbsoluteError({ name = "mae" }: MetricNameOption = {}): Metric {
  return remember(quantityMetric("mae", { name, begin: (loss) => meanOf(Math.abs, loss) }), "mae", { name });
}

/** √(Σ (p - t)² / rows) of all rows of the epoch, for each column; the mean of the columns, as the function `rmse`. */
export function rootMeanSquaredError({ name = "rmse" }: MetricNameOption = {}): Metric {
  const begin = (loss: MetricContext): MetricCount =>
    byColumn(loss, ({ errors }, rows) => Math.sqrt(errors / rows));
  return remember(quantityMetric("rmse", { name, begin }), "rmse", { name });
}

/** R² = 1 - Σ (p - t)² / Σ (t - mean of t)² over all rows of the epoch, for each column; the mean of the columns, as the function `r2`. */
export function coefficientOfDetermination({ name = "r2" }: MetricNameOption = {}): Metric {
  const begin = (loss: MetricContext): MetricCount =>
    byColumn(loss, (column, rows) => {
      const spread = spreadOf(column, rows);
      return spread === 0 ? (column.errors === 0 ? 1 : 0) : 1 - column.errors / spread;
    });
  const check: CompiledMetric["checkTarget"] = (target, operation) => {
    if (target.rows > 1) return;
    throw new DataError(
      operation,
      "the metric r2 needs at least 2 rows; a single row has no spread to compare the errors with",
    );
  };
  return remember(quantityMetric("r2", { name, begin, check }), "r2", { name });
}

function quantityMetric(
  kind: string,
  {
    name,
    begin,
    check = () => {},
  }: {
    readonly name: string;
    readonly begin: (loss: MetricContext) => MetricCount;
    readonly check?: CompiledMetric["checkTarget"];
  },
): Metric {
  return {
    name,
    forLoss: (loss) => ({
      name,
      checkTarget: (target, operation, outputs) => {
        if (loss.sparse === true) {
          throw new DataError(
            operation,
            `the metric ${kind} needs quantities, not class numbers; use accuracy`,
          );
        }
        check(target, operation, outputs);
      },
      begin: () => begin(loss),
    }),
  };
}

/** The mean of a function of the errors; where the outputs are more than the targets, the first ones are compared. */
function meanOf(of: (error: number) => number, loss: MetricContext): MetricCount {
  let total = 0;
  let rows = 0;
  return {
    add(p, t, cols) {
      const k = loss.targetColumns?.(cols) ?? cols;
      let sum = 0;
      for (let i = 0, start = 0; i < t.length; start += cols) {
        for (let j = 0; j < k; j++, i++) sum += of(p[start + j] - t[i]);
      }
      total += sum / k;
      rows += p.length / cols;
    },
    value: () => total / rows,
    reset() {
      total = rows = 0;
    },
  };
}

/** Of one column: Σ (p - t)², and with d = t - (the first t) also Σ d and Σ d², each of all rows so far. */
interface Column {
  errors: number;
  readonly first: number;
  sum: number;
  squares: number;
}

/** Σ (t - mean)² = Σ d² - (Σ d)² / n. From the first value instead of from 0, so that no digits are lost where the mean is large. */
function spreadOf({ sum, squares }: Column, rows: number): number {
  return Math.max(0, squares - (sum * sum) / rows);
}

function byColumn(loss: MetricContext, score: (column: Column, rows: number) => number): MetricCount {
  let columns: Column[] = [];
  let rows = 0;
  const count = (p: FloatArray, t: FloatArray, { cols, k }: { cols: number; k: number }): void => {
    for (let i = 0, start = 0; i < t.length; start += cols) {
      rows++;
      for (let j = 0; j < k; j++, i++) {
        const column = columns[j];
        const error = p[start + j] - t[i];
        column.errors += error * error;
        const distance = t[i] - column.first;
        column.sum += distance;
        column.squares += distance * distance;
      }
    }
  };
  return {
    add(p, t, cols) {
      const k = loss.targetColumns?.(cols) ?? cols;
      while (columns.length < k) columns.push({ errors: 0, first: t[columns.length], sum: 0, squares: 0 });
      count(p, t, { cols, k });
    },
    value: () => columns.reduce((sum, column) => sum + score(column, rows), 0) / columns.length,
    reset() {
      columns = [];
      rows = 0;
    },
  };
}
