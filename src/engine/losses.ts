import { binaryCrossentropy, categoricalCrossentropy, type CrossentropyOptions } from "./crossentropy.js";
import { gaussianNegativeLogLikelihood } from "./gaussian-negative-log-likelihood.js";
import { huber } from "./huber.js";
import { makeLoss, type Loss, type LossName } from "./loss.js";
import { lookUp } from "./options.js";
import { sparseCategoricalCrossentropy } from "./sparse-crossentropy.js";

/**
 * The known losses; each entry makes one: `losses.mse()`, `losses.binaryCrossentropy({ fromLogits: true })`.
 *
 * @example
 * import { losses } from "gradus";
 * const cost = losses.mse();
 * console.log(cost.value({ predicted: [[1, 2]], target: [[1, 4]] })); // 2
 * console.log(cost.gradient({ predicted: [[1, 2]], target: [[1, 4]] }).toArray()); // [ [ 0, -2 ] ]
 * console.log(Object.keys(losses).length, "losses"); // 7 losses
 */
export const losses: Readonly<Record<LossName, (options?: CrossentropyOptions) => Loss>> = {
  mse: () => mse(),
  mae: () => mae(),
  huber: () => huber(),
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  gaussianNegativeLogLikelihood: () => gaussianNegativeLogLikelihood(),
};

/**
 * Mean squared error: the mean of (p - t)² over all elements; derivative 2 (p - t) / n.
 *
 * @example
 * import { mse } from "gradus";
 * console.log(mse().value({ predicted: [1, 2, 3], target: [1, 2, 6] })); // 3
 */
export function mse(): Loss {
  return makeLoss({
    name: "mse",
    formula: {
      value: (p, t) => {
        let sum = 0;
        for (let i = 0; i < p.length; i++) sum += (p[i] - t[i]) * (p[i] - t[i]);
        return sum / p.length;
      },
      gradient: (p, t, out) => {
        for (let i = 0; i < p.length; i++) out[i] = (2 * (p[i] - t[i])) / p.length;
      },
    },
  });
}

/**
 * Mean absolute error: the mean of |p - t| over all elements; derivative sign(p - t) / n, and 0 at the kink.
 *
 * @example
 * import { mae } from "gradus";
 * console.log(mae().value({ predicted: [1, 2, 3], target: [1, 2, 6] })); // 1
 */
export function mae(): Loss {
  return makeLoss({
    name: "mae",
    formula: {
      value: (p, t) => {
        let sum = 0;
        for (let i = 0; i < p.length; i++) sum += Math.abs(p[i] - t[i]);
        return sum / p.length;
      },
      gradient: (p, t, out) => {
        for (let i = 0; i < p.length; i++) out[i] = Math.sign(p[i] - t[i]) / p.length;
      },
    },
  });
}

/** The loss with this name, or the loss itself. */
export function resolveLoss(loss: LossName | Loss): Loss {
  return typeof loss === "object" && loss !== null && "formula" in loss
    ? loss
    : lookUp(losses, { kind: "loss", name: loss })();
}
