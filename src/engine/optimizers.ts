import { adagrad, adadelta, rmsprop } from "./adaptive-rates.js";
import { adamStep, momentumStep, sgdStep } from "./kernels/optimizer-steps.js";
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

export interface AdamWOptions extends AdamOptions {
  /** The share of each weight, times the learning rate, that is taken away at each step. Default 0.004. */
  readonly weightDecay?: number;
}

/** The known optimizers with their defaults, those of Keras; each entry makes one. */
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

/** Gradient descent: w ← w - η g. With momentum μ: v ← μ v - η g, w ← w + v; Nesterov's form: w ← w + μ v - η g. */
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
    begin: (like) => {
      if (mu === 0) return sgdStep;
      const v = zerosLike(like);
      return (w, g, eta) => momentumStep({ w, g, v }, { eta, mu, nesterov });
    },
  });
}

/** `sgd` with momentum 0.9 unless said otherwise (Polyak 1964). */
export function momentum({ momentum = 0.9, ...rest }: SgdOptions = {}): Optimizer {
  return sgd({ momentum, ...rest });
}

/** Nesterov's accelerated gradient (1983): `sgd` with momentum 0.9 and `nesterov: true`. */
export function nag({ momentum = 0.9, ...rest }: Omit<SgdOptions, "nesterov"> = {}): Optimizer {
  return sgd({ momentum, nesterov: true, ...rest });
}

/**
 * Adam (Kingma and Ba, 2015): m ← β₁ m + (1 - β₁) g,  v ← β₂ v + (1 - β₂) g²,
 * w ← w - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε), the form of the paper's section 2, which Keras uses too.
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return adamWithDecay("adam", options);
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019): before each step w ← w - η λ w, for all weights as in Keras. */
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
    begin: (like) => {
      const m = zerosLike(like);
      const v = zerosLike(like);
      // β₁ᵗ and β₂ᵗ as running products: Math.pow need not give the same bits in every engine.
      let beta1Power = 1;
      let beta2Power = 1;
      return (w, g, eta) => {
        beta1Power *= beta1;
        beta2Power *= beta2;
        const alpha = (eta * Math.sqrt(1 - beta2Power)) / (1 - beta1Power);
        if (weightDecay > 0) for (let i = 0; i < w.length; i++) w[i] -= w[i] * weightDecay * eta;
        adamStep({ w, g, m, v }, { alpha, beta1, beta2, epsilon });
      };
    },
  });
}

/** The optimizer with this name and its defaults, or the optimizer itself. */
export function resolveOptimizer(optimizer: OptimizerName | Optimizer): Optimizer {
  return typeof optimizer === "object" && optimizer !== null
    ? optimizer
    : lookUp(optimizers, { kind: "optimizer", name: optimizer })();
}
