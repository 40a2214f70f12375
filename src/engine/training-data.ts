import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import { toInputs, type BatchRows, type Inputs, type InputsLike } from "./inputs.js";
import type { Loss } from "./loss.js";
import type { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import type { CompiledMetric } from "./metrics.js";
import { toSampleWeights } from "./sample-weights.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** Inputs and targets, row by row. */
export interface Samples {
  readonly x: Inputs;
  readonly y: Matrix;
  /** How much each row counts in the loss; undefined: all the same. */
  readonly weight?: Float64Array | undefined;
}

/** The rows of one step. */
export interface Batch extends Omit<Samples, "x"> {
  readonly x: BatchRows;
}

/** Inputs and targets as a caller may write them: `{ x, y }`, or `[x, y]` as in Keras; with sample weights if they count. */
export type SamplesLike =
  | {
      readonly x: InputsLike;
      readonly y: MatrixLike;
      readonly sampleWeight?: ArrayLike<number> | undefined;
    }
  | readonly [x: InputsLike, y: MatrixLike, sampleWeight?: ArrayLike<number>];

export interface SamplesRole {
  /** `fit`, `evaluate`, ...: for the messages. */
  readonly operation: string;
  readonly dtype: Dtype;
}

/** Checked matrices in the model's format. Throws DataError for empty or missing values, ShapeError for different lengths. */
export function toSamples(samples: SamplesLike, { operation, dtype }: SamplesRole): Samples {
  const { x: givenX, y: givenY, sampleWeight } = named(samples);
  const x = toInputs(givenX, { operation, role: "x", dtype });
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
  const weight = sampleWeight && toSampleWeights(sampleWeight, { operation, rows: x.rows });
  return { x, y, weight };
}

function named(samples: SamplesLike): Extract<SamplesLike, { readonly x: InputsLike }> {
  if (!Array.isArray(samples)) return samples as Extract<SamplesLike, { readonly x: InputsLike }>;
  const [x, y, sampleWeight] = samples as Extract<SamplesLike, readonly unknown[]>;
  return { x, y, sampleWeight };
}

/** Throws unless the targets fit the outputs of the network, the loss and the metrics. */
export function checkTargets(
  y: Matrix,
  {
    operation,
    outputs,
    loss,
    metrics,
  }: { operation: string; outputs: number; loss: Loss; metrics: readonly CompiledMetric[] },
): void {
  const due = loss.targetColumns(outputs);
  if (y.cols !== due && due !== outputs) {
    throw new ShapeError(operation, { rule: otherColumns({ y, outputs, loss }), shapes: [y.shape] });
  }
  if (y.cols !== due) {
    const classes = y.cols === 1 && outputs > 1;
    const hint = classes
      ? ` If y holds class numbers, turn it into one-hot rows of ${outputs} first (oneHot), or use the loss sparseCategoricalCrossentropy.`
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
  loss.checkTarget(y, operation, outputs);
  for (const metric of metrics) metric.checkTarget(y, operation, outputs);
}

/** The rule for the losses whose target is not as wide as the output. */
function otherColumns({ y, outputs, loss }: { y: Matrix; outputs: number; loss: Loss }): string {
  if (loss.sparse) {
    return (
      `the loss ${loss.name} needs one class number a row; y is ${formatShape(y.shape)}. ` +
      `For one-hot rows use the loss categoricalCrossentropy.`
    );
  }
  return (
    `the loss ${loss.name} needs ${2 * y.cols} outputs for y ${formatShape(y.shape)}, ` +
    `a mean and a log-variance for each column; the last layer has ${outputs}.`
  );
}

/**
 * The first rows to train on, the last ones to validate with: as in Keras, the cut is made before any shuffling,
 * after floor(rows · (1 - part)) rows. Throws DataError if one side would be empty.
 */
export function splitOffEnd(
  { x, y, weight }: Samples,
  part: number,
): { training: Samples; validation: Samples } {
  const cut = Math.floor(x.rows * (1 - part));
  if (cut === 0 || cut === x.rows) {
    throw new DataError(
      "fit",
      `validationSplit ${part} of ${x.rows} rows leaves ${cut} to train on and ${x.rows - cut} to validate with; both need rows`,
    );
  }
  return {
    training: { x: x.sliceRows(0, cut), y: y.sliceRows(0, cut), weight: weight?.slice(0, cut) },
    validation: { x: x.sliceRows(cut), y: y.sliceRows(cut), weight: weight?.slice(cut) },
  };
}
