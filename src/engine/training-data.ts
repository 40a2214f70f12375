import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import type { Loss } from "./loss.js";
import type { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import type { Metric } from "./metrics.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** Inputs and targets, row by row. */
export interface Samples {
  readonly x: Matrix;
  readonly y: Matrix;
}

/** Inputs and targets as a caller may write them: `{ x, y }`, or `[x, y]` as in Keras. */
export type SamplesLike =
  { readonly x: MatrixLike; readonly y: MatrixLike } | readonly [x: MatrixLike, y: MatrixLike];

export interface SamplesRole {
  /** `fit`, `evaluate`, ...: for the messages. */
  readonly operation: string;
  readonly dtype: Dtype;
}

/** Checked matrices in the model's format. Throws DataError for empty or missing values, ShapeError for different lengths. */
export function toSamples(samples: SamplesLike, { operation, dtype }: SamplesRole): Samples {
  const [givenX, givenY] = Array.isArray(samples)
    ? (samples as readonly [MatrixLike, MatrixLike])
    : [(samples as { x: MatrixLike }).x, (samples as { y: MatrixLike }).y];
  const x = toFiniteMatrix(givenX, { operation, role: "x", dtype });
  const y = toFiniteMatrix(givenY, { operation, role: "y", dtype });
  if (x.rows !== y.rows) {
    const hint =
      isColumn(givenX) && givenX.length === x.rows && y.rows === 1
        ? " A single sample is written as one row: [[a, b, ...]]."
        : " Every sample needs its label.";
    throw new ShapeError(operation, {
      rule: `x and y must have the same number of rows; x is ${formatShape(x.shape)}, y is ${formatShape(y.shape)}.${hint}`,
      shapes: [x.shape, y.shape],
    });
  }
  return { x, y };
}

/** Throws unless the targets fit the outputs of the network, the loss and the metrics. */
export function checkTargets(
  y: Matrix,
  {
    operation,
    outputs,
    loss,
    metrics,
  }: { operation: string; outputs: number; loss: Loss; metrics: readonly Metric[] },
): void {
  if (y.cols !== outputs) {
    const classes = y.cols === 1 && outputs > 1;
    const hint = classes
      ? ` If y holds class numbers, turn it into one-hot rows of ${outputs} first (oneHot).`
      : y.cols > 1 && outputs === 1
        ? ` For one-hot targets the last layer needs ${y.cols} units and the activation softmax.`
        : "";
    throw new ShapeError(operation, {
      rule:
        `the loss ${loss.name} needs one target for each of the ${outputs} output${outputs === 1 ? "" : "s"}; ` +
        `y is ${formatShape(y.shape)}.${hint}`,
      shapes: [y.shape, [y.rows, outputs]],
    });
  }
  loss.checkTarget(y, operation);
  for (const metric of metrics) metric.checkTarget(y, operation);
}

/**
 * The first rows to train on, the last ones to validate with: as in Keras, the cut is made before any shuffling,
 * after floor(rows · (1 - part)) rows. Throws DataError if one side would be empty.
 */
export function splitOffEnd({ x, y }: Samples, part: number): { training: Samples; validation: Samples } {
  const cut = Math.floor(x.rows * (1 - part));
  if (cut === 0 || cut === x.rows) {
    throw new DataError(
      "fit",
      `validationSplit ${part} of ${x.rows} rows leaves ${cut} to train on and ${x.rows - cut} to validate with; both need rows`,
    );
  }
  return {
    training: { x: x.sliceRows(0, cut), y: y.sliceRows(0, cut) },
    validation: { x: x.sliceRows(cut), y: y.sliceRows(cut) },
  };
}
