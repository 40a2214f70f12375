import type { ActivationName } from "./activations.js";
import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import { Matrix } from "./matrix.js";
import { toMatrix, type MatrixLike } from "./matrix-like.js";
import { formatShape, ShapeError } from "./shape-error.js";

export type LossName = "mse" | "mae" | "binaryCrossentropy" | "categoricalCrossentropy";

/** A loss on flat arrays with `cols` columns: a mean over the rows, and its derivative by each prediction. */
export interface LossFormula {
  value(predicted: FloatArray, target: FloatArray, cols: number): number;
  /** Writes ∂loss/∂predicted into `gradient`. */
  gradient(predicted: FloatArray, target: FloatArray, gradient: FloatArray, cols: number): void;
}

/** A loss and the activation that it melts together with: both derivatives in one, simpler and stable. */
export interface FusedLoss {
  readonly activation: ActivationName;
  /** The loss from the logits, that is from what goes into the activation. */
  value(logits: FloatArray, target: FloatArray, cols: number): number;
  /** ∂loss/∂logits from what comes out of the activation. */
  gradient(output: FloatArray, target: FloatArray, gradient: FloatArray, cols: number): void;
}

export interface PredictedAndTarget {
  readonly predicted: MatrixLike;
  readonly target: MatrixLike;
}

export interface Loss {
  readonly name: LossName;
  readonly fromLogits: boolean;
  readonly formula: LossFormula;
  readonly fused?: FusedLoss;
  /** The mean loss over all rows. Throws ShapeError if the shapes differ. */
  value(pair: PredictedAndTarget): number;
  /** ∂loss/∂predicted, with the shape of `predicted`. */
  gradient(pair: PredictedAndTarget): Matrix;
  /** Throws DataError if the target holds values that this loss cannot mean. */
  checkTarget(target: Matrix, operation: string): void;
}

export interface LossParts {
  readonly name: LossName;
  readonly formula: LossFormula;
  readonly fromLogits?: boolean;
  readonly fused?: FusedLoss;
  readonly checkTarget?: (target: Matrix, operation: string) => void;
}

/** A loss from its formula: adds the functions that take matrices and check their shapes. */
export function makeLoss({
  name,
  formula,
  fromLogits = false,
  fused,
  checkTarget = () => {},
}: LossParts): Loss {
  return {
    name,
    fromLogits,
    formula,
    ...(fused && { fused }),
    checkTarget,
    value(pair) {
      const { predicted, target } = matched(pair, name);
      return formula.value(predicted.data, target.data, predicted.cols);
    },
    gradient(pair) {
      const { predicted, target } = matched(pair, name);
      const gradient = Matrix.zeros(predicted.rows, predicted.cols);
      formula.gradient(predicted.data, target.data, gradient.data, predicted.cols);
      return gradient;
    },
  };
}

function matched(pair: PredictedAndTarget, operation: string): { predicted: Matrix; target: Matrix } {
  const predicted = toMatrix(pair.predicted, { operation, role: "predicted", dtype: "float64" });
  const target = toMatrix(pair.target, { operation, role: "target", dtype: "float64" });
  if (predicted.data.length === 0) throw new DataError(operation, "predicted is empty");
  if (predicted.rows !== target.rows || predicted.cols !== target.cols) {
    throw new ShapeError(operation, {
      rule:
        `predicted and target must have the same shape, ` +
        `got ${formatShape(predicted.shape)} and ${formatShape(target.shape)}`,
      shapes: [predicted.shape, target.shape],
    });
  }
  return { predicted, target };
}
