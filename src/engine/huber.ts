import { makeLoss, type Loss } from "./loss.js";
import { positiveNumber } from "./options.js";

/**
 * Huber's loss (1964): the mean over all elements of e²/2 where |e| = |p - t| ≤ delta, and delta (|e| - delta/2) beyond, so that
 * outliers pull no harder than delta. Derivative: e held within ±delta, divided by n. Throws OptionError unless delta > 0.
 *
 * @example
 * import { huber, mse } from "gradus";
 * const pair = { predicted: [0, 0], target: [0.5, 100] };
 * console.log(huber({ delta: 1 }).value(pair), "against", mse().value(pair)); // 49.8125 against 5000.125
 */
export function huber({ delta = 1 }: { readonly delta?: number } = {}): Loss {
  positiveNumber("huber", { option: "delta", value: delta });
  return makeLoss({
    name: "huber",
    settings: { delta },
    formula: {
      value: (p, t) => {
        let sum = 0;
        for (let i = 0; i < p.length; i++) {
          const error = Math.abs(p[i] - t[i]);
          sum += error <= delta ? (error * error) / 2 : delta * (error - delta / 2);
        }
        return sum / p.length;
      },
      gradient: (p, t, out) => {
        for (let i = 0; i < p.length; i++) {
          out[i] = Math.max(-delta, Math.min(delta, p[i] - t[i])) / p.length;
        }
      },
    },
  });
}
