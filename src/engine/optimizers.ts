import { adagrad, adadelta, rmsprop } from "./adaptive-rates.js";
import { adamStep, momentumStep, sgdStep, type AdamSettings } from "./kernels/optimizer-steps.js";
import { sparseAdamStep, sparseSgdStep } from "./kernels/sparse-steps.js";
import type { LearningRateSchedule } from "./learning-rate-schedules.js";
import {
  makeOptimizer,
  zerosLike,
  type Optimizer,
  type OptimizerName,
  type OptimizerOptions,
} from "./optimizer.js";
import { fraction, lookUp, nonNegativeNumber, positiveNumber } from "./options.js";

export type { Optimizer, OptimizerName, OptimizerOptions, UpdateRule } from "./optimizer.js";

/** `learningRate`: default 0.01. */
export interface SgdOptions extends OptimizerOptions {
  /** The part of the last step that is repeated, from 0 up to 1. Default 0. */
  readonly momentum?: number;
  /** Look ahead along the velocity before measuring the slope (Nesterov 1983). Default false. */
  readonly nesterov?: boolean;
}

/** `learningRate`: default 0.001. */
export interface AdamOptions extends OptimizerOptions {
  /** Memory of the mean gradient. Default 0.9. */
  readonly beta1?: number;
  /** Memory of the mean squared gradient. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

/** The options of `adamW`: those of `adam` and the decay. */
export interface AdamWOptions extends AdamOptions {
  /** The share of each weight, times the learning rate, that is taken away at each step. Default 0.004. */
  readonly weightDecay?: number;
}

/**
 * The known optimizers with their defaults, those of Keras; each entry makes one.
 *
 * @example
 * import { dense, optimizers, Sequential } from "gradus";
 * for (const name of ["sgd", "adam"] as const) {
 *   const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros" })] });
 *   model.compile({ loss: "mse", optimizer: optimizers[name]({ learningRate: 0.1 }) });
 *   await model.fit([[1]], [[2]], { epochs: 10, verbose: 0 });
 *   console.log(name, model.predict([[1]]).at(0, 0).toFixed(2));
 * }
 * // sgd 1.99
 * // adam 1.85
 */
export const optimizers: Readonly<
  Record<OptimizerName, (options?: { readonly learningRate?: number | LearningRateSchedule }) => Optimizer>
> = {
  sgd,
  momentum,
  nag,
  adagrad,
  adadelta,
  rmsprop,
  adam,
  adamW,
};

/**
 * Gradient descent: w ← w - η g. With momentum μ: v ← μ v - η g, w ← w + v; Nesterov's form: w ← w + μ v - η g.
 *
 * @example
 * import { dense, Sequential, sgd } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.25 }) });
 * model.trainOnBatch([[1]], [[2]]); // w ← 0 - 0.25 · 2 (0 - 2)
 * console.log(model.weights[0].kernel.at(0, 0)); // 1
 */
export function sgd({
  learningRate = 0.01,
  momentum = 0,
  nesterov = false,
  ...clipping
}: SgdOptions = {}): Optimizer {
  fraction("sgd", { option: "momentum", value: momentum });
  const mu = momentum;
  return makeOptimizer(mu === 0 ? "sgd" : nesterov ? "nag" : "momentum", {
    ...clipping,
    learningRate,
    settings: { momentum, nesterov },
    begin: (like) => {
      if (mu === 0) return { step: sgdStep, sparseStep: sparseSgdStep };
      const velocity = zerosLike(like);
      return {
        arrays: { velocity },
        step: (w, g, eta) => momentumStep({ w, g, v: velocity }, { eta, mu, nesterov }),
      };
    },
  });
}

/**
 * `sgd` with momentum 0.9 unless said otherwise (Polyak 1964).
 *
 * @example
 * import { dense, momentum, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: momentum({ learningRate: 0.125, momentum: 0.5 }) });
 * for (let step = 0; step < 3; step++) {
 *   model.trainOnBatch([[1]], [[2]]);
 *   console.log(model.weights[0].kernel.at(0, 0));
 * }
 * // 0.5
 * // 1.125
 * // 1.65625
 */
export function momentum({ momentum = 0.9, ...rest }: SgdOptions = {}): Optimizer {
  return sgd({ momentum, ...rest });
}

/**
 * Nesterov's accelerated gradient (1983): `sgd` with momentum 0.9 and `nesterov: true`.
 *
 * @example
 * import { dense, nag, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: nag({ learningRate: 0.125, momentum: 0.5 }) });
 * for (let step = 0; step < 3; step++) {
 *   model.trainOnBatch([[1]], [[2]]);
 *   console.log(model.weights[0].kernel.at(0, 0));
 * }
 * // 0.75
 * // 1.34375
 * // 1.73046875
 */
export function nag({ momentum = 0.9, ...rest }: Omit<SgdOptions, "nesterov"> = {}): Optimizer {
  return sgd({ momentum, nesterov: true, ...rest });
}

/**
 * Adam (Kingma and Ba, 2015): m ← β₁ m + (1 - β₁) g,  v ← β₂ v + (1 - β₂) g²,
 * w ← w - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε), the form of the paper's section 2, which Keras uses too.
 *
 * @example
 * import { adam, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: adam({ learningRate: 0.1 }) });
 * model.trainOnBatch([[1000]], [[2]]); // the slope is -4000, yet the first step is as long as the learning rate
 * console.log(model.weights[0].kernel.at(0, 0).toFixed(3)); // 0.100
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adamWithDecay("adam", options);
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019): before each step w ← w - η λ w, for all weights as in Keras.
 *
 * @example
 * import { adamW, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "ones", useBias: false })] });
 * model.compile({ loss: "mse", optimizer: adamW({ learningRate: 0.1, weightDecay: 0.5 }) });
 * model.trainOnBatch([[0]], [[0]]); // no slope, only decay: w ← w - 0.1 · 0.5 · w
 * console.log(model.weights[0].kernel.at(0, 0).toFixed(3)); // 0.950
 */
export function adamW({ weightDecay = 0.004, ...options }: AdamWOptions = {}): Optimizer {
  nonNegativeNumber("adamW", { option: "weightDecay", value: weightDecay });
  return adamWithDecay("adamW", { weightDecay, ...options });
}

function adamWithDecay(
  name: "adam" | "adamW",
  {
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    weightDecay = 0,
    ...clipping
  }: AdamWOptions,
): Optimizer {
  fraction(name, { option: "beta1", value: beta1 });
  fraction(name, { option: "beta2", value: beta2 });
  positiveNumber(name, { option: "epsilon", value: epsilon });
  return makeOptimizer(name, {
    ...clipping,
    learningRate,
    settings: { beta1, beta2, epsilon, ...(name === "adamW" && { weightDecay }) },
    begin: (like) => {
      const m = zerosLike(like);
      const v = zerosLike(like);
      // β₁ᵗ and β₂ᵗ as running products: Math.pow need not give the same bits in every engine.
      const numbers = { beta1Power: 1, beta2Power: 1 };
      // One object for the settings and one for the arrays, used again at each step: a small network would spend a tenth of its time
      // on collecting those of the steps before.
      const settings = { alpha: 0, beta1, beta2, epsilon, decay: 0 };
      const due = (eta: number): AdamSettings => {
        numbers.beta1Power *= beta1;
        numbers.beta2Power *= beta2;
        settings.alpha = (eta * Math.sqrt(1 - numbers.beta2Power)) / (1 - numbers.beta1Power);
        settings.decay = weightDecay * eta;
        return settings;
      };
      let all = { w: like, g: like, m, v };
      return {
        arrays: { m, v },
        numbers,
        step: (w, g, eta) => {
          if (all.w !== w || all.g !== g) all = { w, g, m, v };
          adamStep(all, due(eta));
        },
        sparseStep: (w, gradient, eta) => sparseAdamStep({ w, m, v }, gradient, due(eta)),
      };
    },
  });
}

/** The optimizer with this name and its defaults, or the optimizer itself. */
export function resolveOptimizer(optimizer: OptimizerName | Optimizer): Optimizer {
  return typeof optimizer === "object" && optimizer !== null && "createRule" in optimizer
    ? optimizer
    : lookUp(optimizers, { kind: "optimizer", name: optimizer })();
}
