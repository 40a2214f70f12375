import { DataError, Matrix, toFiniteMatrix } from "../engine/index.js";
import type { MatrixLike } from "../engine/index.js";
import type { Dataset } from "./dataset.js";

/** Two parts of a table, to learn from and to test with. */
export interface Split {
  /** The features to learn from. */
  readonly xTrain: Matrix;
  /** The features to test with. */
  readonly xTest: Matrix;
  /** The targets to learn from. */
  readonly yTrain: Matrix;
  /** The targets to test with. */
  readonly yTest: Matrix;
  /** Row numbers in the whole table: row `i` of `xTrain` is row `trainIndices[i]` of `x`. */
  readonly trainIndices: readonly number[];
  /** Row `i` of `xTest` is row `testIndices[i]` of `x`. */
  readonly testIndices: readonly number[];
}

/** The two parts of a data set, with their labels. */
export interface DatasetSplit extends Split {
  /** The class names of the training rows. */
  readonly labelsTrain: readonly string[];
  /** The class names of the test rows. */
  readonly labelsTest: readonly string[];
  /** The same two parts as data sets, for plots and further splits. */
  readonly train: Dataset;
  /** The test part as a data set. */
  readonly test: Dataset;
}

/** Which rows go where. */
export interface Parts {
  readonly trainIndices: readonly number[];
  readonly testIndices: readonly number[];
}

/** The two parts of `x` and `y`. */
export function splitMatrices(x: Matrix, y: Matrix, { trainIndices, testIndices }: Parts): Split {
  return {
    xTrain: x.takeRows(trainIndices),
    xTest: x.takeRows(testIndices),
    yTrain: y.takeRows(trainIndices),
    yTest: y.takeRows(testIndices),
    trainIndices,
    testIndices,
  };
}

/** The two parts of a data set. */
export function splitDataset(data: Dataset, parts: Parts): DatasetSplit {
  const train = { ...datasetRows(data, parts.trainIndices), name: `${data.name} (train)` };
  const test = { ...datasetRows(data, parts.testIndices), name: `${data.name} (test)` };
  return {
    xTrain: train.x,
    xTest: test.x,
    yTrain: train.y,
    yTest: test.y,
    ...parts,
    labelsTrain: train.labels,
    labelsTest: test.labels,
    train,
    test,
  };
}

/**
 * The data set of these rows, in this order: `datasetRows(wine, duplicateRows(wine).firstIndices)`.
 *
 * @throws Error for a row that does not exist.
 *
 * @example
 * import { datasetRows, loadIris } from "gradus";
 * const three = datasetRows(loadIris(), [0, 50, 100]);
 * console.log(three.labels); // [ 'setosa', 'versicolor', 'virginica' ]
 */
export function datasetRows(data: Dataset, indices: readonly number[]): Dataset {
  return {
    ...data,
    x: data.x.takeRows(indices),
    y: data.y.takeRows(indices),
    labels: indices.map((row) => data.labels[row]),
    codes: indices.map((row) => data.codes[row]),
  };
}

/** `x` and `y` as checked matrices with as many rows. */
export function asPair(operation: string, x: MatrixLike, y: MatrixLike): { x: Matrix; y: Matrix } {
  const pair = { x: asTable(operation, x, "x"), y: asTable(operation, y, "y") };
  if (pair.x.rows !== pair.y.rows) {
    throw new DataError(
      operation,
      `x has ${pair.x.rows} rows and y has ${pair.y.rows}; row i of both must be the same example.`,
    );
  }
  return pair;
}

/** The values as a matrix without gaps, in the format they have. */
export function asTable(operation: string, values: MatrixLike, role = "x"): Matrix {
  const dtype = values instanceof Matrix ? values.dtype : "float64";
  return toFiniteMatrix(values, { operation, role, dtype });
}

/** The class of each row of `y`: equal rows, equal classes. */
export function rowClasses(y: Matrix): readonly string[] {
  return y.toArray().map((row) => row.join(","));
}

export function isDataset(value: unknown): value is Dataset {
  return typeof value === "object" && value !== null && "x" in value && "y" in value && "labels" in value;
}
