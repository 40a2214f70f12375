import { makeOptimizer, zerosLike, type Optimizer, type OptimizerOptions } from "./optimizer.js";
import { fraction, nonNegativeNumber, positiveNumber } from "./options.js";

export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares begin with. Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the division finite. Default 1e-7. */
  readonly epsilon?: number;
}

export interface AdadeltaOptions extends OptimizerOptions {
  /** Memory of the mean squares. Default 0.95. */
  readonly rho?: number;
  /** Keeps the division finite, and sets the size of the first step. Default 1e-7. */
  readonly epsilon?: number;
}

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

/** AdaGrad (Duchi et al. 2011): G ← G + g², w ← w - η g / √(G + ε). Default η 0.001. The sum only grows, so the steps only shrink. */
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
    begin: (like) => {
      const squares = zerosLike(like).fill(initialAccumulatorValue);
      return (w, g, eta) => {
        for (let i = 0; i < w.length; i++) {
          const sum = squares[i] + g[i] * g[i];
          squares[i] = sum;
          w[i] -= (eta * g[i]) / Math.sqrt(sum + epsilon);
        }
      };
    },
  });
}

/**
 * Adadelta (Zeiler 2012): E[g²] ← ρ E[g²] + (1 - ρ) g²,  Δ = -√(E[Δ²] + ε) / √(E[g²] + ε) · g,
 * E[Δ²] ← ρ E[Δ²] + (1 - ρ) Δ²,  w ← w + η Δ. The paper has η 1; the default is that of Keras, 0.001.
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
    begin: (like) => {
      const slopes = zerosLike(like);
      const deltas = zerosLike(like);
      return (w, g, eta) => {
        for (let i = 0; i < w.length; i++) {
          const slope = rho * slopes[i] + (1 - rho) * g[i] * g[i];
          const delta = (-Math.sqrt(deltas[i] + epsilon) * g[i]) / Math.sqrt(slope + epsilon);
          slopes[i] = slope;
          deltas[i] = rho * deltas[i] + (1 - rho) * delta * delta;
          w[i] += eta * delta;
        }
      };
    },
  });
}

/**
 * RMSProp (Hinton, Coursera lecture 6e, 2012): v ← ρ v + (1 - ρ) g², w ← w - η g / √(v + ε), ε within the root as in Keras.
 * With momentum μ the step is collected first, m ← μ m + η g / √(v + ε), w ← w - m; centered, v is replaced by v - (mean g)².
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
    begin: (like) => {
      const squares = zerosLike(like);
      const means = zerosLike(like);
      const velocity = zerosLike(like);
      return (w, g, eta) => {
        for (let i = 0; i < w.length; i++) {
          const square = rho * squares[i] + (1 - rho) * g[i] * g[i];
          squares[i] = square;
          let spread = square;
          if (centered) {
            const mean = rho * means[i] + (1 - rho) * g[i];
            means[i] = mean;
            spread -= mean * mean;
          }
          const step = mu * velocity[i] + (eta * g[i]) / Math.sqrt(spread + epsilon);
          velocity[i] = step;
          w[i] -= step;
        }
      };
    },
  });
}
