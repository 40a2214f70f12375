import type { FloatArray } from "./dtype.js";
import { lookUp, nonNegativeNumber } from "./options.js";
import { remember } from "./recipe.js";

/** The names of the regularizers, as `dense` takes them. */
export type RegularizerName = "l1" | "l2" | "l1l2";

/** A price on large numbers, added to the loss: on weights it keeps them small, on outputs it keeps units quiet. */
export interface Regularizer {
  readonly name: RegularizerName;
  readonly l1: number;
  readonly l2: number;
  /** l1 · Σ|w| + l2 · Σw² */
  penalty(values: FloatArray): number;
  /** Adds `scale` times the penalty's derivative, l1 · sign(w) + 2 · l2 · w, to `gradient`. */
  addGradient(values: FloatArray, gradient: FloatArray, scale?: number): void;
}

/**
 * The known regularizers with their defaults, 0.01; each entry makes one.
 *
 * @example
 * import { regularizers } from "gradus";
 * console.log(regularizers.l2().penalty(new Float64Array([3, 4]))); // 0.25
 */
export const regularizers: Readonly<Record<RegularizerName, () => Regularizer>> = {
  l1: () => l1(),
  l2: () => l2(),
  l1l2: () => l1l2(),
};

/**
 * factor · Σ|w|: its minimum has many weights at exactly 0 (Tibshirani 1996). Steps along the slope, as here, leave them close to
 * 0, where they jump from side to side by learning rate · factor. Throws OptionError for a negative factor.
 *
 * @example
 * import { l1 } from "gradus";
 * console.log(l1(0.5).penalty(new Float64Array([3, -4]))); // 3.5
 */
export function l1(factor: number = 0.01): Regularizer {
  nonNegativeNumber("l1", { option: "factor", value: factor });
  return remember(makeRegularizer("l1", factor, 0), "l1", { factor });
}

/**
 * factor · Σw², without the ½ of some textbooks: shrinks large weights most. Throws OptionError for a negative factor.
 *
 * @example
 * import { dense, l2, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelRegularizer: l2(0.1), inputDim: 2 })] });
 * model.weights = [{ kernel: [[3], [4]], bias: [[0]] }];
 * model.compile({ loss: "mse" });
 * console.log(model.evaluate([[0, 0]], [[0]]).loss.toFixed(2), "= 0.1 · (9 + 16)");
 * // 2.50 = 0.1 · (9 + 16)
 */
export function l2(factor: number = 0.01): Regularizer {
  nonNegativeNumber("l2", { option: "factor", value: factor });
  return remember(makeRegularizer("l2", 0, factor), "l2", { factor });
}

/**
 * l1 · Σ|w| + l2 · Σw², the elastic net (Zou and Hastie 2005). Throws OptionError for negative factors.
 *
 * @example
 * import { l1l2 } from "gradus";
 * console.log(l1l2({ l1: 1, l2: 0.5 }).penalty(new Float64Array([2]))); // 4
 */
export function l1l2({
  l1 = 0.01,
  l2 = 0.01,
}: { readonly l1?: number; readonly l2?: number } = {}): Regularizer {
  nonNegativeNumber("l1l2", { option: "l1", value: l1 });
  nonNegativeNumber("l1l2", { option: "l2", value: l2 });
  return remember(makeRegularizer("l1l2", l1, l2), "l1l2", { l1, l2 });
}

/** The regularizer with this name, or the regularizer itself. */
export function resolveRegularizer(regularizer: RegularizerName | Regularizer): Regularizer {
  return typeof regularizer === "object" && regularizer !== null
    ? regularizer
    : lookUp(regularizers, { kind: "regularizer", name: regularizer })();
}

function makeRegularizer(name: RegularizerName, l1: number, l2: number): Regularizer {
  return {
    name,
    l1,
    l2,
    penalty(values) {
      let absolute = 0;
      let square = 0;
      for (let i = 0; i < values.length; i++) {
        absolute += Math.abs(values[i]);
        square += values[i] * values[i];
      }
      return l1 * absolute + l2 * square;
    },
    addGradient(values, gradient, scale = 1) {
      for (let i = 0; i < values.length; i++)
        gradient[i] += scale * (l1 * Math.sign(values[i]) + 2 * l2 * values[i]);
    },
  };
}
