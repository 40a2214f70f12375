import { makeLoss, type Loss } from "./loss.js";

/** The smallest variance, so that a perfect fit does not divide by 0 (the value of PyTorch's GaussianNLLLoss). */
const smallestLogVariance: number = Math.log(1e-6);

/**
 * -ln N(t; μ, σ²) = ½ (ln 2π + s + (t - μ)² e⁻ˢ), the mean over all targets: regression that also says how sure it is
 * (Nix and Weigend 1994). For k targets the network has 2k linear outputs, first the k means μ, then the k
 * log-variances s = ln σ², which may be any number. ∂/∂μ = (μ - t) e⁻ˢ, ∂/∂s = ½ (1 - (t - μ)² e⁻ˢ), and 0 where s is below ln 1e-6.
 *
 * @example
 * import { gaussianNegativeLogLikelihood } from "gradus";
 * const loss = gaussianNegativeLogLikelihood();
 * const sure = loss.value({ predicted: [[3, Math.log(0.1)]], target: [3.1] });
 * const vague = loss.value({ predicted: [[3, Math.log(10)]], target: [3.1] });
 * console.log(sure.toFixed(3), vague.toFixed(3)); // -0.182 2.071
 */
export function gaussianNegativeLogLikelihood(): Loss {
  return makeLoss({
    name: "gaussianNegativeLogLikelihood",
    targetColumns: (outputs) => outputs / 2,
    formula: {
      value: (p, t, cols) => {
        const k = cols / 2;
        let sum = 0;
        for (let i = 0; i < t.length; i++) {
          const at = Math.floor(i / k) * cols + (i % k);
          const s = p[at + k] < smallestLogVariance ? smallestLogVariance : p[at + k];
          const error = t[i] - p[at];
          sum += (Math.log(2 * Math.PI) + s + error * error * Math.exp(-s)) / 2;
        }
        return sum / t.length;
      },
      gradient: (p, t, out, cols) => {
        const k = cols / 2;
        for (let i = 0; i < t.length; i++) {
          const at = Math.floor(i / k) * cols + (i % k);
          const held = p[at + k] < smallestLogVariance;
          const precision = Math.exp(-(held ? smallestLogVariance : p[at + k]));
          const error = p[at] - t[i];
          out[at] = (error * precision) / t.length;
          out[at + k] = held ? 0 : (1 - error * error * precision) / 2 / t.length;
        }
      },
    },
  });
}
