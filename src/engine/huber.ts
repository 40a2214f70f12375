import { makeLoss, type Loss } from "./loss.js";
import { positiveNumber } from "./options.js";

/**
 * Huber's loss (1964): the mean over all elements of e²/2 where |e| = |p - t| ≤ delta, and delta (|e| - delta/2) beyond, so that
 * outliers pull no harder than delta. Derivative: e held within ±delta, divided by n. Throws OptionError unless delta > 0.
 */
export function huber({ delta = 1 }: { readonly delta?: number } = {}): Loss {
  positiveNumber("huber", { option: "delta", value: delta });
  return makeLoss({
    name: "huber",
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
