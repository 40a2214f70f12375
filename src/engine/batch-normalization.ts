import type { LayerNameOption } from "./activation-layer.js";
import type { BuildContext, Parameter, StateArray } from "./layer.js";
import { Matrix } from "./matrix.js";
import { fraction, positiveNumber } from "./options.js";
import { remember } from "./recipe.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";
import { Workspaces } from "./workspaces.js";

/** The options of `batchNormalization`. */
export interface BatchNormalizationOptions extends LayerNameOption {
  /** Memory of the running statistics, from 0 up to 1. Default 0.99. */
  readonly momentum?: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Learn the offset β. Default true. */
  readonly center?: boolean;
  /** Learn the factor γ. Default true. */
  readonly scale?: boolean;
  /** False freezes γ and β, and the running statistics are used in training, too. Default true. */
  readonly trainable?: boolean;
}

/**
 * y = γ (x - μ) / √(σ² + ε) + β for each feature (Ioffe and Szegedy 2015). In training μ and σ² are those of the batch
 * (σ² divided by n, not n - 1), and `movingMean ← movingMean · momentum + μ · (1 - momentum)`, the variance likewise;
 * outside training, and in a frozen layer (`trainable: false`), the moving ones are used. Weights: gamma, beta, movingMean, movingVariance, each [1, features].
 *
 * @example
 * import { BatchNormalization } from "gradus";
 * const layer = new BatchNormalization({ momentum: 0.9 });
 * const y = layer.forward([[10], [20], [30]], { training: true });
 * console.log(y.column(0).map((value) => value.toFixed(2))); // [ '-1.22', '0.00', '1.22' ]
 * console.log(layer.weights.movingMean.toArray()); // [ [ 2 ] ]
 */
export class BatchNormalization extends ShapeKeepingLayer {
  readonly kind: string = "BatchNormalization";
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  protected readonly word: string = "batchNormalization";
  readonly #spaces: Workspaces<Space> = new Workspaces((rows) => this.#makeSpace(rows));
  #parts: Parts | undefined;
  #usedBatch: boolean = false;

  /** Throws OptionError unless 0 ≤ momentum < 1 and epsilon > 0. */
  constructor({
    momentum = 0.99,
    epsilon = 1e-3,
    center = true,
    scale = true,
    trainable = true,
    name,
  }: BatchNormalizationOptions = {}) {
    super(name);
    this.momentum = fraction("batchNormalization", { option: "momentum", value: momentum });
    this.epsilon = positiveNumber("batchNormalization", { option: "epsilon", value: epsilon });
    this.center = center;
    this.scale = scale;
    this.trainable = trainable;
    if (new.target === BatchNormalization)
      remember(this, "BatchNormalization", { momentum, epsilon, center, scale });
  }

  /** gamma and beta, as far as they are learned; empty before the layer is built. */
  override get parameters(): readonly Parameter[] {
    if (this.#parts === undefined) return [];
    const { gamma, beta } = this.#parts;
    return [...(this.scale ? [gamma] : []), ...(this.center ? [beta] : [])];
  }

  override get state(): readonly StateArray[] {
    return this.#parts === undefined ? [] : [this.#parts.movingMean, this.#parts.movingVariance];
  }

  protected override prepare(features: number, { dtype }: BuildContext): void {
    const row = (value: number): Matrix => Matrix.zeros(1, features, { dtype }).map(() => value);
    this.#parts = {
      gamma: { name: "gamma", value: row(1), gradient: row(0) },
      beta: { name: "beta", value: row(0), gradient: row(0) },
      movingMean: { name: "movingMean", value: row(0) },
      movingVariance: { name: "movingVariance", value: row(1) },
      // Sums are gathered in float64, whatever the model's format.
      mean: new Float64Array(features),
      deviation: new Float64Array(features),
    };
  }

  protected pass(x: Matrix, training: boolean): Matrix {
    const parts = this.#parts as Parts;
    const { normal, y } = this.#spaces.forRows(x.rows);
    this.#usedBatch = training && this.trainable;
    if (this.#usedBatch) this.#measure(x, parts);
    else {
      for (let j = 0; j < x.cols; j++) {
        parts.mean[j] = parts.movingMean.value.data[j];
        parts.deviation[j] = Math.sqrt(parts.movingVariance.value.data[j] + this.epsilon);
      }
    }
    const { mean, deviation } = parts;
    const gamma = parts.gamma.value.data;
    const beta = parts.beta.value.data;
    for (let i = 0, j = 0; i < normal.length; i++) {
      normal[i] = (x.data[i] - mean[j]) / deviation[j];
      y.data[i] = gamma[j] * normal[i] + beta[j];
      if (++j === x.cols) j = 0;
    }
    return y;
  }

  /** Mean and deviation of the batch; the moving statistics take their step. */
  #measure(x: Matrix, { mean, deviation, movingMean, movingVariance }: Parts): void {
    const { rows, cols, data } = x;
    mean.fill(0);
    deviation.fill(0);
    for (let i = 0, j = 0; i < data.length; i++) {
      mean[j] += data[i];
      if (++j === cols) j = 0;
    }
    for (let j = 0; j < cols; j++) mean[j] /= rows;
    // In a second pass over the differences: E[x²] - E[x]² loses its digits where the mean is large.
    for (let i = 0, j = 0; i < data.length; i++) {
      deviation[j] += (data[i] - mean[j]) * (data[i] - mean[j]);
      if (++j === cols) j = 0;
    }
    const kept = this.momentum;
    const [means, variances] = [movingMean.value.data, movingVariance.value.data];
    for (let j = 0; j < cols; j++) {
      const variance = deviation[j] / rows;
      means[j] = means[j] * kept + mean[j] * (1 - kept);
      variances[j] = variances[j] * kept + variance * (1 - kept);
      deviation[j] = Math.sqrt(variance + this.epsilon);
    }
  }

  /**
   * With x̂ the normalized input: dβ = Σ dy, dγ = Σ dy x̂, and through mean and variance of the batch
   * dx = γ / (n √(σ² + ε)) · (n dy - dβ - x̂ dγ); outside training just dx = γ dy / √(σ² + ε).
   */
  protected passBack(gradient: Matrix): Matrix {
    const { gamma, beta, deviation } = this.#parts as Parts;
    const { normal, dx } = this.#spaces.forRows(gradient.rows);
    const { rows, cols, data: dy } = gradient;
    const [dGamma, dBeta] = [gamma.gradient.data, beta.gradient.data];
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      let product = 0;
      for (let i = j; i < dy.length; i += cols) {
        sum += dy[i];
        product += dy[i] * normal[i];
      }
      dBeta[j] = sum;
      dGamma[j] = product;
      const factor = gamma.value.data[j] / deviation[j];
      for (let i = j; i < dy.length; i += cols) {
        dx.data[i] = factor * (this.#usedBatch ? dy[i] - (sum + normal[i] * product) / rows : dy[i]);
      }
    }
    return dx;
  }

  #makeSpace(rows: number): Space {
    const make = (): Matrix =>
      Matrix.zeros(rows, this.inputFeatures as number, { dtype: this.dtype!, longLived: true });
    return { normal: make().data, y: make(), dx: make() };
  }
}

interface Parts {
  readonly gamma: Parameter;
  readonly beta: Parameter;
  readonly movingMean: StateArray;
  readonly movingVariance: StateArray;
  /** μ and √(σ² + ε) of the last pass. */
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

interface Space {
  /** x̂ = (x - μ) / √(σ² + ε) */
  readonly normal: Matrix["data"];
  readonly y: Matrix;
  readonly dx: Matrix;
}

/**
 * A batch normalization layer: `batchNormalization()`. The same as `new BatchNormalization()`.
 *
 * @example
 * import { batchNormalization, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(8, { inputDim: 4 }), batchNormalization()] });
 * console.log(Object.keys(model.layers[1].weights));
 * // [ 'gamma', 'beta', 'movingMean', 'movingVariance' ]
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): BatchNormalization {
  return new BatchNormalization(options);
}
