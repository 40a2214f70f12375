import { frozenAtTheBottom } from "./frozen-layers.js";
import type { GradientClipping } from "./gradient-clipping.js";
import type { BatchRows } from "./inputs.js";
import type { Layer, LayerRegularization, Parameter } from "./layer.js";
import type { FusedLoss, Loss } from "./loss.js";
import { Matrix } from "./matrix.js";
import { outputFeaturesOf } from "./model-checks.js";
import type { UpdateRule } from "./optimizer.js";
import { Workspaces } from "./workspaces.js";

/** A chain of built layers with a loss at its end: forward, the loss's slope backward, and one step downhill. */
export class Network {
  readonly layers: readonly Layer[];
  /** The layers below this one are frozen: no slope is wanted there. */
  readonly lowest: number;
  readonly #loss: Loss;
  readonly #fused: FusedLoss | undefined;
  readonly #penalties: readonly LayerRegularization[];
  readonly #slopes: Workspaces<Matrix>;

  constructor(layers: readonly Layer[], loss: Loss) {
    const last = layers[layers.length - 1];
    this.layers = layers;
    this.lowest = frozenAtTheBottom(layers);
    this.#loss = loss;
    this.#penalties = layers.flatMap(({ regularization }) => regularization ?? []);
    const melts = loss.fused?.activation === last.outputActivation && last.meltsWithLoss;
    this.#fused = melts ? loss.fused : undefined;
    this.#slopes = new Workspaces((rows) =>
      Matrix.zeros(rows, outputFeaturesOf(last), { dtype: last.dtype ?? "float32", longLived: true }),
    );
  }

  /** The outputs; overwritten by the next call. `training`: dropout drops, batch normalization uses the batch. */
  forward(x: BatchRows, training: boolean = false): Matrix {
    let signal = propagateFirst(this.layers[0], x, training);
    for (let i = 1; i < this.layers.length; i++) signal = this.layers[i].propagate(signal, training);
    return signal;
  }

  /** The loss of the outputs that `forward` has just given, and what the layers' regularizers add to it. */
  lossOf(output: Matrix, { y, weight }: Targets): number {
    let loss = this.#dataLoss(output, y, weight);
    for (let i = 0; i < this.#penalties.length; i++) loss += this.#penalties[i].penalty();
    return loss;
  }

  #dataLoss(output: Matrix, target: Matrix, weight: Float64Array | undefined): number {
    const last = this.layers[this.layers.length - 1];
    const formula = this.#fused ?? this.#loss.formula;
    const predicted = this.#fused === undefined ? output : last.preActivation;
    return weight === undefined
      ? formula.value(predicted.data, target.data, output.cols)
      : weightedValue(formula, { predicted, target, weight });
  }

  /**
   * Fills every parameter's gradient with the slope of the loss of the outputs that `forward` has just given; frozen layers at the
   * bottom are left out.
   */
  backward(output: Matrix, { y, weight }: Targets): void {
    if (this.lowest === this.layers.length) return;
    const slope = this.#slopes.forRows(output.rows);
    const formula = this.#fused ?? this.#loss.formula;
    formula.gradient(output.data, y.data, slope.data, output.cols);
    if (weight !== undefined) scaleRows(slope, weight);
    const last = this.layers.length - 1;
    this.layers[last].backpropagate(slope, this.#fused !== undefined);
    for (let i = last - 1; i >= this.lowest; i--)
      this.layers[i].backpropagate(this.layers[i + 1].inputGradient(), false);
  }
}

/** What the first layer makes of a batch. */
export function propagateFirst(layer: Layer, x: BatchRows, training: boolean): Matrix {
  if (x instanceof Matrix) return layer.propagate(x, training);
  return (
    layer.propagateSparse?.(x, training) ?? layer.propagate(x.written(layer.dtype ?? "float32"), training)
  );
}

/** What outputs are compared with. */
export interface Targets {
  readonly y: Matrix;
  /** How much each row counts; undefined: all the same. */
  readonly weight?: Float64Array | undefined;
}

/** Σ wᵢ Lᵢ / n, Lᵢ being the loss of row i alone: weights scale the rows, the divisor stays the number of rows, as in Keras. */
function weightedValue(
  { value }: Pick<FusedLoss, "value">,
  { predicted, target, weight }: { predicted: Matrix; target: Matrix; weight: Float64Array },
): number {
  let sum = 0;
  for (let r = 0; r < predicted.rows; r++) {
    const p = predicted.data.subarray(r * predicted.cols, (r + 1) * predicted.cols);
    const t = target.data.subarray(r * target.cols, (r + 1) * target.cols);
    sum += weight[r] * value(p, t, predicted.cols);
  }
  return sum / predicted.rows;
}

function scaleRows({ data, cols }: Matrix, factors: Float64Array): void {
  for (let i = 0; i < data.length; i++) data[i] *= factors[Math.floor(i / cols)];
}

/** A parameter and the optimizer's rule for it. */
export interface Trainee {
  readonly parameter: Parameter;
  readonly update: UpdateRule;
}

/** One step downhill for every parameter, from the gradients of the last `backward`, clipped if asked; then the constraints. */
export function updateAll(trainees: readonly Trainee[], clip?: GradientClipping): void {
  clip?.(trainees.map(({ parameter }) => parameter.gradient.data));
  for (let i = 0; i < trainees.length; i++) {
    const { parameter, update } = trainees[i];
    const factors = parameter.sparseGradient;
    if (factors !== undefined && update.fromSparse !== undefined)
      update.fromSparse(parameter.value.data, factors);
    else update(parameter.value.data, parameter.gradient.data);
    parameter.constraint?.enforce(parameter.value);
  }
}
