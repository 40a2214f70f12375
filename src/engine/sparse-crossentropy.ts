import { clip, logSumExp, rowSum, type CrossentropyOptions } from "./crossentropy.js";
import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import { makeLoss, type Loss, type LossFormula } from "./loss.js";
import type { Matrix } from "./matrix.js";

/**
 * Categorical cross-entropy for class numbers instead of one-hot rows: the mean over the rows of -ln p_c, c being the row's
 * class 0, 1, ... From logits z: ln Σₖ e^(zₖ) - z_c. The target has one column.
 *
 * @example
 * import { sparseCategoricalCrossentropy } from "gradus";
 * const loss = sparseCategoricalCrossentropy();
 * console.log(loss.value({ predicted: [[0.7, 0.2, 0.1]], target: [0] }).toFixed(4)); // 0.3567
 */
export function sparseCategoricalCrossentropy({ fromLogits = false }: CrossentropyOptions = {}): Loss {
  return makeLoss({
    name: "sparseCategoricalCrossentropy",
    fromLogits,
    sparse: true,
    targetColumns: () => 1,
    formula: fromLogits ? sparseFromLogits : sparseFromProbabilities,
    fused: { activation: "softmax", value: sparseFromLogits.value, gradient: meanRowDifference },
    checkTarget: checkClassNumbers,
  });
}

const sparseFromProbabilities: LossFormula = {
  value: (p, t, cols) => {
    let total = 0;
    for (let r = 0; r < t.length; r++) {
      total -= Math.log(clip(p[r * cols + t[r]] / rowSum(p, r * cols, cols)));
    }
    return total / t.length;
  },
  gradient: (p, t, out, cols) => {
    for (let r = 0; r < t.length; r++) {
      const start = r * cols;
      const sum = rowSum(p, start, cols);
      const q = p[start + t[r]] / sum;
      // -ln(p_c / Σp) has the slope 1/Σp everywhere and -1/p_c more at c; where the clip holds q, the loss is flat.
      const free = clip(q) === q ? 1 : q * 0;
      for (let j = start; j < start + cols; j++) out[j] = free / sum / t.length;
      out[start + t[r]] -= free === 0 ? 0 : free / p[start + t[r]] / t.length;
    }
  },
};

const sparseFromLogits: LossFormula = {
  value: (z, t, cols) => {
    let total = 0;
    for (let r = 0; r < t.length; r++) total += logSumExp(z, r * cols, cols) - z[r * cols + t[r]];
    return total / t.length;
  },
  gradient: (z, t, out, cols) => {
    for (let r = 0; r < t.length; r++) {
      const start = r * cols;
      const logSum = logSumExp(z, start, cols);
      for (let j = start; j < start + cols; j++) out[j] = Math.exp(z[j] - logSum) / t.length;
      out[start + t[r]] -= 1 / t.length;
    }
  },
};

/** (softmax(z) - one-hot) / rows: what is left of the two derivatives of softmax and cross-entropy. */
function meanRowDifference(output: FloatArray, t: FloatArray, gradient: FloatArray, cols: number): void {
  for (let i = 0; i < output.length; i++) gradient[i] = output[i] / t.length;
  for (let r = 0; r < t.length; r++) gradient[r * cols + t[r]] -= 1 / t.length;
}

function checkClassNumbers(target: Matrix, operation: string, outputs: number = Infinity): void {
  const bad = target.data.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < outputs));
  if (bad < 0) return;
  const range = Number.isFinite(outputs) ? `0 to ${outputs - 1}` : "0, 1, 2, ...";
  const hint = target.data[bad] === outputs ? " Are the classes counted from 1? They count from 0." : "";
  throw new DataError(
    operation,
    `the loss sparseCategoricalCrossentropy needs class numbers ${range}, got ${target.data[bad]} in row ${bad}.${hint}`,
  );
}
