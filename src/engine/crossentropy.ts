import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import { makeLoss, type Loss, type LossFormula, type LossName } from "./loss.js";
import type { Matrix } from "./matrix.js";

/** The options of the cross-entropies. */
export interface CrossentropyOptions {
  /** True if the predictions are logits (linear outputs) instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
}

/** Probabilities are kept this far from 0 and 1, so that no logarithm is infinite (the value of Keras). */
const epsilon = 1e-7;

/**
 * Binary cross-entropy: the mean of -[t ln p + (1 - t) ln(1 - p)] over all elements, for targets from 0 to 1.
 * From logits z, with p = σ(z): max(z, 0) - z t + ln(1 + e^-|z|), which never overflows.
 *
 * @example
 * import { binaryCrossentropy } from "gradus";
 * const loss = binaryCrossentropy();
 * for (const p of [0.99, 0.5, 0.01]) console.log(p, loss.value({ predicted: [p], target: [1] }).toFixed(3));
 * // 0.99 0.010
 * // 0.5 0.693
 * // 0.01 4.605
 */
export function binaryCrossentropy({ fromLogits = false }: CrossentropyOptions = {}): Loss {
  return makeLoss({
    name: "binaryCrossentropy",
    fromLogits,
    formula: fromLogits ? binaryFromLogits : binaryFromProbabilities,
    fused: { activation: "sigmoid", value: binaryFromLogits.value, gradient: meanDifference },
    checkTarget: (target, operation) => checkProbabilities(target, { operation, loss: "binaryCrossentropy" }),
  });
}

const binaryFromProbabilities: LossFormula = {
  value: (p, t) => {
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const q = clip(p[i]);
      sum -= t[i] * Math.log(q) + (1 - t[i]) * Math.log(1 - q);
    }
    return sum / p.length;
  },
  gradient: (p, t, out) => {
    for (let i = 0; i < p.length; i++) {
      const q = clip(p[i]);
      // Where the clip holds p, the loss is flat.
      out[i] = q === p[i] ? (q - t[i]) / (q * (1 - q)) / p.length : p[i] * 0;
    }
  },
};

const binaryFromLogits: LossFormula = {
  value: (z, t) => {
    let sum = 0;
    for (let i = 0; i < z.length; i++) {
      const positive = z[i] < 0 ? 0 : z[i];
      sum += positive - z[i] * t[i] + Math.log1p(Math.exp(-Math.abs(z[i])));
    }
    return sum / z.length;
  },
  gradient: (z, t, out) => {
    for (let i = 0; i < z.length; i++) {
      const e = Math.exp(-Math.abs(z[i]));
      out[i] = ((z[i] >= 0 ? 1 : e) / (1 + e) - t[i]) / z.length;
    }
  },
};

/** σ(z) - t, divided by the number of elements: what is left of the two derivatives of sigmoid and binary cross-entropy. */
function meanDifference(output: FloatArray, t: FloatArray, gradient: FloatArray): void {
  for (let i = 0; i < output.length; i++) gradient[i] = (output[i] - t[i]) / output.length;
}

/**
 * Categorical cross-entropy: the mean over the rows of -Σⱼ tⱼ ln pⱼ, for one-hot targets.
 * Each row of p is divided by its sum first, as in Keras. From logits z, with p = softmax(z): Σⱼ tⱼ (ln Σₖ e^(zₖ) - zⱼ).
 *
 * @example
 * import { categoricalCrossentropy } from "gradus";
 * const loss = categoricalCrossentropy();
 * console.log(loss.value({ predicted: [[0.7, 0.2, 0.1]], target: [[1, 0, 0]] }).toFixed(4)); // 0.3567
 * console.log((-Math.log(0.7)).toFixed(4)); // 0.3567
 */
export function categoricalCrossentropy({ fromLogits = false }: CrossentropyOptions = {}): Loss {
  return makeLoss({
    name: "categoricalCrossentropy",
    fromLogits,
    formula: fromLogits ? categoricalFromLogits : categoricalFromProbabilities,
    fused: { activation: "softmax", value: categoricalFromLogits.value, gradient: meanRowDifference },
    checkTarget: checkOneHot,
  });
}

const categoricalFromProbabilities: LossFormula = {
  value: (p, t, cols) => {
    let total = 0;
    for (let start = 0; start < p.length; start += cols) {
      const sum = rowSum(p, start, cols);
      for (let j = start; j < start + cols; j++) total -= t[j] * Math.log(clip(p[j] / sum));
    }
    return (total * cols) / p.length;
  },
  gradient: (p, t, out, cols) => {
    const rows = p.length / cols;
    for (let start = 0; start < p.length; start += cols) {
      const sum = rowSum(p, start, cols);
      // With q = p / sum: ∂L/∂qⱼ = -tⱼ / qⱼ, and ∂L/∂pⱼ = (∂L/∂qⱼ - Σᵢ qᵢ ∂L/∂qᵢ) / sum.
      let shared = 0;
      for (let j = start; j < start + cols; j++) {
        const q = p[j] / sum;
        const slope = clip(q) === q ? -t[j] / q : q * 0;
        out[j] = slope;
        shared += q * slope;
      }
      for (let j = start; j < start + cols; j++) out[j] = (out[j] - shared) / sum / rows;
    }
  },
};

const categoricalFromLogits: LossFormula = {
  value: (z, t, cols) => {
    let total = 0;
    for (let start = 0; start < z.length; start += cols) {
      const logSum = logSumExp(z, start, cols);
      for (let j = start; j < start + cols; j++) total += t[j] * (logSum - z[j]);
    }
    return (total * cols) / z.length;
  },
  gradient: (z, t, out, cols) => {
    const rows = z.length / cols;
    for (let start = 0; start < z.length; start += cols) {
      const logSum = logSumExp(z, start, cols);
      const weight = rowSum(t, start, cols);
      for (let j = start; j < start + cols; j++) out[j] = (Math.exp(z[j] - logSum) * weight - t[j]) / rows;
    }
  },
};

/** (softmax(z) · Σⱼ tⱼ - t) / rows: what is left of the two derivatives of softmax and categorical cross-entropy. */
function meanRowDifference(output: FloatArray, t: FloatArray, gradient: FloatArray, cols: number): void {
  const rows = output.length / cols;
  for (let start = 0; start < output.length; start += cols) {
    const weight = rowSum(t, start, cols);
    for (let j = start; j < start + cols; j++) gradient[j] = (output[j] * weight - t[j]) / rows;
  }
}

/** ln Σⱼ e^(zⱼ); the largest z is taken out first, so that nothing overflows. */
export function logSumExp(z: FloatArray, start: number, cols: number): number {
  let largest = z[start];
  for (let j = 1; j < cols; j++) if (!(z[start + j] <= largest)) largest = z[start + j];
  let sum = 0;
  for (let j = 0; j < cols; j++) sum += Math.exp(z[start + j] - largest);
  return largest + Math.log(sum);
}

/** The sum of the row that begins at `start`. */
export function rowSum(values: FloatArray, start: number, cols: number): number {
  let sum = 0;
  for (let j = start; j < start + cols; j++) sum += values[j];
  return sum;
}

/** p moved into [epsilon, 1 - epsilon]; a NaN stays one. */
export function clip(p: number): number {
  return p < epsilon ? epsilon : p > 1 - epsilon ? 1 - epsilon : p;
}

function checkProbabilities(
  target: Matrix,
  { operation, loss }: { operation: string; loss: LossName },
): void {
  const bad = target.data.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  const [r, c] = [Math.floor(bad / target.cols), bad % target.cols];
  const hint =
    target.data[bad] === -1
      ? "If the classes are -1 and 1, write them as 0 and 1."
      : "Class numbers need oneHot or the loss sparseCategoricalCrossentropy; quantities need the loss mse.";
  throw new DataError(
    operation,
    `the loss ${loss} needs targets from 0 to 1, got ${target.data[bad]} in row ${r}, column ${c}. ${hint}`,
  );
}

function checkOneHot(target: Matrix, operation: string): void {
  checkProbabilities(target, { operation, loss: "categoricalCrossentropy" });
  for (let r = 0; r < target.rows; r++) {
    const sum = rowSum(target.data, r * target.cols, target.cols);
    if (Math.abs(sum - 1) > 1e-3) {
      throw new DataError(
        operation,
        `the loss categoricalCrossentropy needs one-hot targets, each row summing to 1; ` +
          `row ${r} is [${target.row(r).join(", ")}]. For labels that do not exclude each other use sigmoid and binaryCrossentropy.`,
      );
    }
  }
}
