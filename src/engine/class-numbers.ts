import { DataError } from "./data-error.js";
import { Matrix } from "./matrix.js";
import { wholeNumber } from "./options.js";

/**
 * The class of each row: class numbers 0, 1, 2, … as a list or a matrix of one column; or a matrix of several columns
 * (one-hot rows, probabilities), where the largest element names the class.
 */
export type ClassNumbers = ArrayLike<number> | Matrix;

/** How many classes there are, for scores that cannot see all of them in the data. */
export interface ClassesOption {
  /** How many classes there are; default one more than the largest class number. */
  readonly classes?: number;
}

/** Who asks and for which of its arguments, for messages. */
interface Role {
  readonly operation: string;
  readonly role: string;
}

/** Checked class numbers. Throws DataError that names the first row whose class is none. */
export function readClassNumbers(values: ClassNumbers, { operation, role }: Role): ArrayLike<number> {
  if (typeof values !== "object" || values === null) {
    throw new DataError(
      operation,
      `${role} must be a list of class numbers or a Matrix, got ${typeof values}`,
    );
  }
  if (values instanceof Matrix && values.cols > 1) return argmaxOfFinite(values, { operation, role });
  const numbers = values instanceof Matrix ? values.data : values;
  if (!(numbers.length > 0)) throw new DataError(operation, `${role} is empty; there is nothing to count`);
  for (let row = 0; row < numbers.length; row++) {
    const value: unknown = numbers[row];
    if (Number.isSafeInteger(value) && (value as number) >= 0) continue;
    throw new DataError(operation, `${role} has ${show(value)} in row ${row}; ${hint(value)}`);
  }
  return numbers;
}

/** Actual and predicted class numbers, as long as each other, and how many classes there are. */
export function readClassPair(
  operation: string,
  given: { readonly actual: ClassNumbers; readonly predicted: ClassNumbers } & ClassesOption,
): { actual: ArrayLike<number>; predicted: ArrayLike<number>; classes: number } {
  const actual = readClassNumbers(given.actual, { operation, role: "actual" });
  const predicted = readClassNumbers(given.predicted, { operation, role: "predicted" });
  checkLengths(operation, { actual: actual.length, predicted: predicted.length });
  const classes =
    given.classes === undefined
      ? Math.max(classCount(actual), classCount(predicted))
      : wholeNumber(operation, { option: "classes", value: given.classes, least: 1 });
  checkRange(actual, { operation, role: "actual" }, classes);
  checkRange(predicted, { operation, role: "predicted" }, classes);
  return { actual, predicted, classes };
}

/** Throws DataError unless both sides have as many rows. */
export function checkLengths(operation: string, lengths: Readonly<Record<string, number>>): void {
  const [[first, a], [second, b]] = Object.entries(lengths);
  if (a === b) return;
  throw new DataError(operation, `${first} has ${a} rows and ${second} has ${b}; every row needs both`);
}

/** Throws DataError that names the first class number that is not below `classes`. */
export function checkRange(numbers: ArrayLike<number>, { operation, role }: Role, classes: number): void {
  for (let row = 0; row < numbers.length; row++) {
    if (numbers[row] < classes) continue;
    throw new DataError(
      operation,
      `${role} has class ${numbers[row]} in row ${row}, but ${classes} classes are numbered 0 to ${classes - 1}`,
    );
  }
}

function classCount(numbers: ArrayLike<number>): number {
  let most = 0;
  for (let row = 0; row < numbers.length; row++) most = Math.max(most, numbers[row] + 1);
  return most;
}

function argmaxOfFinite(matrix: Matrix, { operation, role }: Role): number[] {
  if (matrix.rows === 0) throw new DataError(operation, `${role} is empty; there is nothing to count`);
  const bad = matrix.data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return matrix.argmax();
  const [row, column] = [Math.floor(bad / matrix.cols), bad % matrix.cols];
  throw new DataError(operation, `${role} has ${matrix.data[bad]} in row ${row}, column ${column}`);
}

function hint(value: unknown): string {
  if (typeof value === "string") return "classes are numbers 0, 1, 2, …; labelEncode numbers them";
  if (Array.isArray(value)) return "hand over one-hot rows as a Matrix (Matrix.from)";
  return typeof value === "number" && value > 0 && value < 1
    ? "classes are numbers 0, 1, 2, …; make a class of a probability first, such as p > 0.5 ? 1 : 0"
    : "classes are numbers 0, 1, 2, …";
}

function show(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : Array.isArray(value) ? "a list" : String(value);
}
