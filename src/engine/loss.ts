import type { ActivationName } from "./activations.js";
import { DataError } from "./data-error.js";
import type { FloatArray } from "./dtype.js";
import { Matrix } from "./matrix.js";
import { toMatrix, type MatrixLike } from "./matrix-like.js";
import { remember } from "./recipe.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** The names of the losses, as `compile` takes them. */
export type LossName =
  | "mse"
  | "mae"
  | "huber"
  | "binaryCrossentropy"
  | "categoricalCrossentropy"
  | "sparseCategoricalCrossentropy"
  | "gaussianNegativeLogLikelihood";

/** A loss on flat arrays, `predicted` having `cols` columns: a mean over the rows, and its derivative by each prediction. */
export interface LossFormula {
  /** The mean loss over the rows. */
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

/** What a loss compares; both [rows, columns]. */
export interface PredictedAndTarget {
  readonly predicted: MatrixLike;
  readonly target: MatrixLike;
}

/** What training makes small: a formula for the distance of predictions from targets, with its derivative. */
export interface Loss {
  readonly name: LossName;
  readonly fromLogits: boolean;
  readonly formula: LossFormula;
  readonly fused?: FusedLoss;
  /** True if the target is one class number a row. */
  readonly sparse: boolean;
  /** Columns of the target for a network with so many outputs; most losses compare output and target one to one. */
  targetColumns(outputs: number): number;
  /** The mean loss over all rows. Throws ShapeError if the shapes differ. */
  value(pair: PredictedAndTarget): number;
  /** ∂loss/∂predicted, with the shape of `predicted`. */
  gradient(pair: PredictedAndTarget): Matrix;
  /** Throws DataError if the target holds values that this loss cannot mean. `outputs`: of the network, where it is known. */
  checkTarget(target: Matrix, operation: string, outputs?: number): void;
}

export interface LossParts {
  readonly name: LossName;
  /** What the loss was made with, besides `fromLogits`. */
  readonly settings?: Readonly<Record<string, number>>;
  readonly formula: LossFormula;
  readonly fromLogits?: boolean;
  readonly fused?: FusedLoss;
  readonly sparse?: boolean;
  readonly targetColumns?: (outputs: number) => number;
  readonly checkTarget?: (target: Matrix, operation: string, outputs?: number) => void;
}

/** A loss from its formula: adds the functions that take matrices and check their shapes. */
export function makeLoss({
  name,
  settings = {},
  formula,
  fromLogits = false,
  fused,
  sparse = false,
  targetColumns = (outputs) => outputs,
  checkTarget = () => {},
}: LossParts): Loss {
  const made: Loss = {
    name,
    fromLogits,
    formula,
    ...(fused && { fused }),
    sparse,
    targetColumns,
    checkTarget,
    value(pair) {
      const { predicted, target } = matched(pair, {
        operation: name,
        targetColumns,
        checkTarget: sparse ? checkTarget : undefined,
      });
      return formula.value(predicted.data, target.data, predicted.cols);
    },
    gradient(pair) {
      const { predicted, target } = matched(pair, {
        operation: name,
        targetColumns,
        checkTarget: sparse ? checkTarget : undefined,
      });
      const gradient = Matrix.zeros(predicted.rows, predicted.cols);
      formula.gradient(predicted.data, target.data, gradient.data, predicted.cols);
      return gradient;
    },
  };
  return remember(made, name, fromLogits ? { ...settings, fromLogits } : settings);
}

function matched(
  pair: PredictedAndTarget,
  {
    operation,
    targetColumns,
    checkTarget,
  }: {
    readonly operation: string;
    readonly targetColumns: (outputs: number) => number;
    readonly checkTarget: LossParts["checkTarget"] | undefined;
  },
): { predicted: Matrix; target: Matrix } {
  const predicted = toMatrix(pair.predicted, { operation, role: "predicted", dtype: "float64" });
  const target = toMatrix(pair.target, { operation, role: "target", dtype: "float64" });
  if (predicted.data.length === 0) throw new DataError(operation, "predicted is empty");
  const columns = targetColumns(predicted.cols);
  if (predicted.rows !== target.rows || columns !== target.cols) {
    const same = columns === predicted.cols;
    throw new ShapeError(operation, {
      rule:
        (same
          ? `predicted and target must have the same shape, `
          : `for predicted of ${formatShape(predicted.shape)} target must be ${formatShape([predicted.rows, columns])}, `) +
        `got ${formatShape(predicted.shape)} and ${formatShape(target.shape)}`,
      shapes: [predicted.shape, target.shape],
    });
  }
  // A class number outside the columns would read beyond the row.
  checkTarget?.(target, operation, predicted.cols);
  return { predicted, target };
}
