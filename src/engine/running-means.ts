import type { Matrix } from "./matrix.js";
import type { CompiledMetric, MetricCount } from "./metric.js";

/** The mean loss and the metrics over all rows of an epoch, gathered batch by batch in float64. */
export class RunningMeans {
  readonly #metrics: readonly CompiledMetric[];
  readonly #counts: readonly MetricCount[];
  #loss = 0;
  #rows = 0;

  constructor(metrics: readonly CompiledMetric[]) {
    this.#metrics = metrics;
    this.#counts = metrics.map((metric) => metric.begin());
  }

  reset(): void {
    this.#loss = this.#rows = 0;
    for (const count of this.#counts) count.reset();
  }

  /** Counts in a batch: its mean loss, its outputs and its targets. */
  add(loss: number, output: Matrix, target: Matrix): void {
    this.#rows += output.rows;
    this.#loss += loss * output.rows;
    for (let i = 0; i < this.#counts.length; i++) this.#counts[i].add(output.data, target.data, output.cols);
  }

  /** `{ loss, accuracy, ... }`, each name with `prefix` before it. */
  logs(prefix: string = ""): Record<string, number> {
    const logs: Record<string, number> = {};
    logs[`${prefix}loss`] = this.#loss / this.#rows;
    for (let i = 0; i < this.#counts.length; i++)
      logs[prefix + this.#metrics[i].name] = this.#counts[i].value();
    return logs;
  }
}
