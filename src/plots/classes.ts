import { type CheckedGrid, describe, type GridLike, readGrid } from "./numbers.js";

/** Samples with the class of each: labels, or one-hot rows, or a column of class numbers. */
export interface ClassifiedData {
  readonly x: GridLike;
  /** One a sample; with `classNames`, numbers are positions in it. */
  readonly labels?: ArrayLike<string | number>;
  /** Used when there are no labels: one-hot rows [n, classes], or a column or list of class numbers 0, 1, ... */
  readonly y?: GridLike | ArrayLike<number>;
  readonly featureNames?: readonly string[];
  readonly classNames?: readonly string[];
}

export interface Classified {
  readonly x: CheckedGrid;
  readonly classNames: readonly string[];
  /** The class of each sample, as a position in `classNames`. */
  readonly classes: readonly number[];
  readonly featureNames: readonly string[];
}

/**
 * Reads samples and their classes. Without `classNames`, labels are ordered as numbers or by code point, the order in
 * which label encoders number them, so that class k is the model's k-th output.
 *
 * @throws RangeError when the numbers of samples and labels differ or a label is unknown.
 */
export function readClassified(where: string, data: ClassifiedData): Classified {
  if (typeof data !== "object" || data === null || data.x === undefined) {
    throw new TypeError(`${where}: data must be { x, labels } or { x, y }, got ${describe(data)}`);
  }
  const x = readGrid(data.x, `${where}: data.x`);
  const featureNames = data.featureNames ?? Array.from({ length: x.cols }, (_, i) => `x${i + 1}`);
  if (featureNames.length !== x.cols) {
    throw new RangeError(
      `${where}: ${featureNames.length} featureNames for ${x.cols} features; data.x is [${x.rows}, ${x.cols}]`,
    );
  }
  const { classes, classNames } = readClasses(where, data);
  if (classes.length !== x.rows) {
    throw new RangeError(
      `${where}: ${classes.length} labels for ${x.rows} samples. Give every row of data.x one label.`,
    );
  }
  return { x, classes, classNames, featureNames };
}

function readClasses(
  where: string,
  data: ClassifiedData,
): { classes: number[]; classNames: readonly string[] } {
  if (data.labels !== undefined) {
    const labels = Array.from(data.labels, (label) =>
      typeof label === "number" && data.classNames !== undefined
        ? (data.classNames[label] ?? String(label))
        : String(label),
    );
    const classNames = data.classNames ?? [...new Set(labels)].sort(byNumberThenName);
    const classes = labels.map((label, i) => {
      const at = classNames.indexOf(label);
      if (at < 0) {
        throw new RangeError(
          `${where}: labels[${i}] is "${label}", which is not among classNames [${classNames.join(", ")}]`,
        );
      }
      return at;
    });
    return { classes, classNames };
  }
  if (data.y === undefined) {
    throw new TypeError(
      `${where}: data has neither labels nor y, so the points have no class. Give { x, labels } or { x, y }.`,
    );
  }
  const y = readGrid(isFlat(data.y) ? Array.from(data.y, (value) => [value]) : data.y, `${where}: data.y`);
  const classes = Array.from({ length: y.rows }, (_, row) =>
    y.cols === 1 ? y.at(row, 0) : hotPosition(where, y, row),
  );
  const strange = classes.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (strange >= 0) {
    throw new RangeError(
      `${where}: data.y[${strange}] is ${classes[strange]}; a class number is 0, 1, 2, ...`,
    );
  }
  const count = Math.max(y.cols, 2, 1 + classes.reduce((most, value) => Math.max(most, value), 0));
  const classNames = data.classNames ?? Array.from({ length: count }, (_, i) => String(i));
  if (classNames.length < count) {
    throw new RangeError(`${where}: data.y has ${count} classes, but classNames has ${classNames.length}`);
  }
  return { classes, classNames };
}

function isFlat(y: GridLike | ArrayLike<number>): y is ArrayLike<number> {
  return "length" in y && y.length > 0 && typeof y[0] === "number";
}

function hotPosition(where: string, y: CheckedGrid, row: number): number {
  const values = Array.from({ length: y.cols }, (_, col) => y.at(row, col));
  const hot = values.indexOf(1);
  if (hot < 0 || values.some((value, col) => value !== (col === hot ? 1 : 0))) {
    throw new RangeError(
      `${where}: data.y[${row}] is [${values.join(", ")}], not one-hot: a single 1 and zeros`,
    );
  }
  return hot;
}

/** 2 before 10, and words in code-point order, which is the same on every machine. */
export function byNumberThenName(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference) && difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
