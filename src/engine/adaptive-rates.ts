import { adadeltaStep, adagradStep, rmspropStep } from "./kernels/optimizer-steps.js";
import { makeOptimizer, zerosLike, type Optimizer, type OptimizerOptions } from "./optimizer.js";
import { fraction, nonNegativeNumber, positiveNumber } from "./options.js";

/** The options of `adagrad`. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares begin with. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

/** The options of `adadelta`. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** Memory of the mean squares. Default 0.95. */
  readonly rho?: number;
  /** Keeps the division finite, and sets the size of the first step. Default 1e-7. */
  readonly epsilon?: number;
}

/** The options of `rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Memory of the mean squared gradient. Default 0.9. */
  readonly rho?: number;
  /** The part of the last step that is repeated. Default 0. */
  readonly momentum?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
  /** Divide by the gradient's deviation instead of its mean square. Default false. */
  readonly centered?: boolean;
}

/**
 * AdaGrad (Duchi et al. 2011): G ← G + g², w ← w - η g / √(G + ε). Default η 0.001. The sum only grows, so the steps only shrink.
 *
 * @example
 * import { adagrad, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mae", optimizer: adagrad({ learningRate: 1 }) });
 * for (let step = 0; step < 3; step++) {
 *   model.trainOnBatch([[1]], [[10]]); // the slope stays -1, the steps become shorter
 *   console.log(model.weights[0].kernel.at(0, 0).toFixed(2));
 * }
 * // 0.95
 * // 1.64
 * // 2.21
 */
export function adagrad({
  learningRate = 0.001,
  initialAccumulatorValue = 0.1,
  epsilon = 1e-7,
  ...clipping
}: AdagradOptions = {}): Optimizer {
  nonNegativeNumber("adagrad", { option: "initialAccumulatorValue", value: initialAccumulatorValue });
  positiveNumber("adagrad", { option: "epsilon", value: epsilon });
  return makeOptimizer("adagrad", {
    ...clipping,
    learningRate,
    settings: { initialAccumulatorValue, epsilon },
    begin: (like) => {
      const squares = zerosLike(like).fill(initialAccumulatorValue);
      return {
        arrays: { squares },
        step: (w, g, eta) => adagradStep({ w, g, squares }, { eta, epsilon }),
      };
    },
  });
}

/**
 * Adadelta (Zeiler 2012): E[g²] ← ρ E[g²] + (1 - ρ) g²,  Δ = -√(E[Δ²] + ε) / √(E[g²] + ε) · g,
 * E[Δ²] ← ρ E[Δ²] + (1 - ρ) Δ²,  w ← w + η Δ. The paper has η 1; the default is that of Keras, 0.001.
 *
 * @example
 * import { adadelta, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: adadelta({ learningRate: 1 }) });
 * const first = model.trainOnBatch([[1]], [[2]]).loss;
 * for (let step = 0; step < 500; step++) model.trainOnBatch([[1]], [[2]]);
 * console.log(first.toFixed(2), model.trainOnBatch([[1]], [[2]]).loss.toFixed(2)); // 4.00 1.49
 */
export function adadelta({
  learningRate = 0.001,
  rho = 0.95,
  epsilon = 1e-7,
  ...clipping
}: AdadeltaOptions = {}): Optimizer {
  fraction("adadelta", { option: "rho", value: rho });
  positiveNumber("adadelta", { option: "epsilon", value: epsilon });
  return makeOptimizer("adadelta", {
    ...clipping,
    learningRate,
    settings: { rho, epsilon },
    begin: (like) => {
      const slopes = zerosLike(like);
      const deltas = zerosLike(like);
      return {
        arrays: { slopes, deltas },
        step: (w, g, eta) => adadeltaStep({ w, g, slopes, deltas }, { eta, rho, epsilon }),
      };
    },
  });
}

/**
 * RMSProp (Hinton, Coursera lecture 6e, 2012): v ← ρ v + (1 - ρ) g², w ← w - η g / √(v + ε), ε within the root as in Keras.
 * With momentum μ the step is collected first, m ← μ m + η g / √(v + ε), w ← w - m; centered, v is replaced by v - (mean g)².
 *
 * @example
 * import { dense, rmsprop, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mae", optimizer: rmsprop({ learningRate: 0.1 }) });
 * for (let step = 0; step < 3; step++) {
 *   model.trainOnBatch([[1]], [[10]]);
 *   console.log(model.weights[0].kernel.at(0, 0).toFixed(2));
 * }
 * // 0.32
 * // 0.55
 * // 0.74
 */
export function rmsprop({
  learningRate = 0.001,
  rho = 0.9,
  momentum = 0,
  epsilon = 1e-7,
  centered = false,
  ...clipping
}: RmspropOptions = {}): Optimizer {
  fraction("rmsprop", { option: "rho", value: rho });
  fraction("rmsprop", { option: "momentum", value: momentum });
  positiveNumber("rmsprop", { option: "epsilon", value: epsilon });
  const mu = momentum;
  return makeOptimizer("rmsprop", {
    ...clipping,
    learningRate,
    settings: { rho, momentum, epsilon, centered },
    begin: (like) => {
      const squares = zerosLike(like);
      const means = zerosLike(like);
      const velocity = zerosLike(like);
      return {
        arrays: { squares, means, velocity },
        step: (w, g, eta) =>
          rmspropStep({ w, g, squares, velocity, means }, { eta, rho, mu, epsilon, centered }),
      };
    },
  });
}
