import type { Layer, Parameter } from "./layer.js";
import type { FusedLoss, Loss } from "./loss.js";
import { Matrix } from "./matrix.js";
import type { Metric } from "./metrics.js";
import type { UpdateRule } from "./optimizers.js";
import { Workspaces } from "./workspaces.js";

/** A chain of built layers with a loss at its end: forward, the loss's slope backward, and one step downhill. */
export class Network {
  readonly layers: readonly Layer[];
  readonly #loss: Loss;
  readonly #fused: FusedLoss | undefined;
  readonly #slopes: Workspaces<Matrix>;

  constructor(layers: readonly Layer[], loss: Loss) {
    const last = layers[layers.length - 1];
    this.layers = layers;
    this.#loss = loss;
    this.#fused = loss.fused?.activation === last.outputActivation ? loss.fused : undefined;
    this.#slopes = new Workspaces((rows) =>
      Matrix.zeros(rows, last.outputFeatures, { dtype: last.dtype ?? "float32" }),
    );
  }

  /** The outputs; overwritten by the next call. */
  forward(x: Matrix): Matrix {
    let signal = x;
    for (let i = 0; i < this.layers.length; i++) signal = this.layers[i].propagate(signal);
    return signal;
  }

  /** The loss of the outputs that `forward` has just given. */
  lossOf(output: Matrix, target: Matrix): number {
    const last = this.layers[this.layers.length - 1];
    return this.#fused === undefined
      ? this.#loss.formula.value(output.data, target.data, output.cols)
      : this.#fused.value(last.preActivation.data, target.data, output.cols);
  }

  /** Fills every parameter's gradient with the slope of the loss of the outputs that `forward` has just given. */
  backward(output: Matrix, target: Matrix): void {
    const slope = this.#slopes.forRows(output.rows);
    const formula = this.#fused ?? this.#loss.formula;
    formula.gradient(output.data, target.data, slope.data, output.cols);
    const last = this.layers.length - 1;
    this.layers[last].backpropagate(slope, this.#fused !== undefined);
    for (let i = last - 1; i >= 0; i--)
      this.layers[i].backpropagate(this.layers[i + 1].inputGradient(), false);
  }
}

/** A parameter and the optimizer's rule for it. */
export interface Trainee {
  readonly parameter: Parameter;
  readonly update: UpdateRule;
}

/** One step downhill for every parameter, from the gradients of the last `backward`. */
export function updateAll(trainees: readonly Trainee[]): void {
  for (let i = 0; i < trainees.length; i++) {
    const { parameter, update } = trainees[i];
    update(parameter.value.data, parameter.gradient.data);
  }
}

/** Means of the loss and the metrics over rows, gathered batch by batch in float64. */
export class RunningMeans {
  readonly #metrics: readonly Metric[];
  readonly #sums: Float64Array;
  #rows = 0;

  constructor(metrics: readonly Metric[]) {
    this.#metrics = metrics;
    this.#sums = new Float64Array(metrics.length + 1);
  }

  reset(): void {
    this.#sums.fill(0);
    this.#rows = 0;
  }

  /** Counts in a batch: its mean loss, its outputs and its targets. */
  add(loss: number, output: Matrix, target: Matrix): void {
    this.#rows += output.rows;
    this.#sums[0] += loss * output.rows;
    for (let i = 0; i < this.#metrics.length; i++) {
      this.#sums[i + 1] += this.#metrics[i].sumOverRows(output.data, target.data, output.cols);
    }
  }

  /** `{ loss, accuracy, ... }`, each name with `prefix` before it. */
  logs(prefix: string = ""): Record<string, number> {
    const logs: Record<string, number> = { [`${prefix}loss`]: this.#sums[0] / this.#rows };
    this.#metrics.forEach((metric, i) => (logs[prefix + metric.name] = this.#sums[i + 1] / this.#rows));
    return logs;
  }
}
