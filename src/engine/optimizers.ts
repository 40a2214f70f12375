import type { FloatArray } from "./dtype.js";
import { fraction, lookUp, positiveNumber } from "./options.js";

export type OptimizerName = "sgd" | "momentum" | "adam";

/** One step for one parameter array: changes `values` in place, using ∂loss/∂values. Keeps its own memory (velocity, moments). */
export type UpdateRule = (values: FloatArray, gradient: FloatArray) => void;

/** A way to go downhill. It holds settings only; `createRule` gives each parameter array a rule with memory of its own. */
export interface Optimizer {
  readonly name: OptimizerName;
  /** May be changed between steps; the next step uses it. */
  learningRate: number;
  /** A fresh rule for an array like `values`. */
  createRule(values: FloatArray): UpdateRule;
}

export interface SgdOptions {
  /** Default 0.01. */
  readonly learningRate?: number;
  /** The part of the last step that is repeated, from 0 up to 1. Default 0. */
  readonly momentum?: number;
  /** Look ahead along the velocity before measuring the slope (Nesterov 1983). Default false. */
  readonly nesterov?: boolean;
}

export interface AdamOptions {
  /** Default 0.001. */
  readonly learningRate?: number;
  /** Memory of the mean gradient. Default 0.9. */
  readonly beta1?: number;
  /** Memory of the mean squared gradient. Default 0.999. */
  readonly beta2?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

/** The known optimizers with their defaults, those of Keras; each entry makes one. */
export const optimizers: Readonly<
  Record<OptimizerName, (options?: { readonly learningRate?: number }) => Optimizer>
> = {
  sgd,
  momentum,
  adam,
};

/** Gradient descent: w ← w - η g. With momentum μ: v ← μ v - η g, w ← w + v; Nesterov's form: w ← w + μ v - η g. */
export function sgd({ learningRate = 0.01, momentum = 0, nesterov = false }: SgdOptions = {}): Optimizer {
  positiveNumber("sgd", { option: "learningRate", value: learningRate });
  fraction("sgd", { option: "momentum", value: momentum });
  const mu = momentum;
  const optimizer: Optimizer = {
    name: mu === 0 ? "sgd" : "momentum",
    learningRate,
    createRule: (like) => {
      if (mu === 0) {
        return (w, g) => {
          const eta = optimizer.learningRate;
          for (let i = 0; i < w.length; i++) w[i] -= eta * g[i];
        };
      }
      const v = zerosLike(like);
      return (w, g) => {
        const eta = optimizer.learningRate;
        for (let i = 0; i < w.length; i++) {
          v[i] = mu * v[i] - eta * g[i];
          w[i] += nesterov ? mu * v[i] - eta * g[i] : v[i];
        }
      };
    },
  };
  return optimizer;
}

/** `sgd` with momentum 0.9 unless said otherwise (Polyak 1964). */
export function momentum({ momentum = 0.9, ...rest }: SgdOptions = {}): Optimizer {
  return sgd({ momentum, ...rest });
}

/**
 * Adam (Kingma and Ba, 2015): m ← β₁ m + (1 - β₁) g,  v ← β₂ v + (1 - β₂) g²,
 * w ← w - η √(1 - β₂ᵗ) / (1 - β₁ᵗ) · m / (√v + ε), the form of the paper's section 2, which Keras uses too.
 */
export function adam({
  learningRate = 0.001,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-7,
}: AdamOptions = {}): Optimizer {
  positiveNumber("adam", { option: "learningRate", value: learningRate });
  fraction("adam", { option: "beta1", value: beta1 });
  fraction("adam", { option: "beta2", value: beta2 });
  positiveNumber("adam", { option: "epsilon", value: epsilon });
  const optimizer: Optimizer = {
    name: "adam",
    learningRate,
    createRule: (like) => {
      const m = zerosLike(like);
      const v = zerosLike(like);
      // β₁ᵗ and β₂ᵗ as running products: Math.pow need not give the same bits in every engine.
      let beta1Power = 1;
      let beta2Power = 1;
      return (w, g) => {
        beta1Power *= beta1;
        beta2Power *= beta2;
        const alpha = (optimizer.learningRate * Math.sqrt(1 - beta2Power)) / (1 - beta1Power);
        for (let i = 0; i < w.length; i++) {
          const slope = g[i];
          const first = m[i] + (slope - m[i]) * (1 - beta1);
          const second = v[i] + (slope * slope - v[i]) * (1 - beta2);
          m[i] = first;
          v[i] = second;
          w[i] -= (alpha * first) / (Math.sqrt(second) + epsilon);
        }
      };
    },
  };
  return optimizer;
}

/** The optimizer with this name and its defaults, or the optimizer itself. */
export function resolveOptimizer(optimizer: OptimizerName | Optimizer): Optimizer {
  return typeof optimizer === "object" && optimizer !== null
    ? optimizer
    : lookUp(optimizers, { kind: "optimizer", name: optimizer })();
}

function zerosLike(values: FloatArray): FloatArray {
  return values instanceof Float32Array ? new Float32Array(values.length) : new Float64Array(values.length);
}
