import { DataError, Matrix, OptionError } from "../engine/index.js";

/** What `labelEncode` answers. */
export interface LabelEncoding<Label extends string | number> {
  /** `codes[i]` is the position of label `i` in `classes`. */
  readonly codes: readonly number[];
  /** The distinct labels, sorted. */
  readonly classes: readonly Label[];
}

/**
 * Numbers the classes: `classes[codes[i]] === labels[i]`, with classes in sorted order as in scikit-learn's
 * `LabelEncoder` (numbers by value, text by UTF-16 code unit).
 * To number new labels the way the training labels were numbered, hand over those classes:
 * `labelEncode(testLabels, { classes: trained.classes })`.
 *
 * @throws Error naming the row of a label that is not in `classes`, or that is neither text nor a finite number.
 *
 * @example
 * import { labelEncode } from "gradus";
 * const { codes, classes } = labelEncode(["dog", "cat", "dog"]);
 * console.log(codes, classes); // [ 1, 0, 1 ] [ 'cat', 'dog' ]
 * console.log(labelEncode(["cat"], { classes }).codes); // [ 0 ]
 */
export function labelEncode<Label extends string | number>(
  labels: readonly Label[],
  { classes }: { classes?: readonly Label[] } = {},
): LabelEncoding<Label> {
  checkLabels("labelEncode", labels);
  const known = classes === undefined ? sortedClasses(labels) : distinct("labelEncode", classes);
  return { codes: codesOf("labelEncode", labels, known), classes: known };
}

/**
 * `y[i][k] = 1` where label `i` is class `k`, else 0; shape `[labels, classes]`.
 * Text labels take the sorted distinct labels as classes. Numbers are taken as class numbers 0, 1, 2, … up to the
 * largest one, as in Keras' `to_categorical`; `classes: 10` sets how many there are, which matters when a batch does
 * not contain the last class. `classes: ["cat", "dog"]` names the classes and their order.
 *
 * @throws Error naming the row of a label that is no class.
 *
 * @example
 * import { oneHot } from "gradus";
 * console.log(oneHot([0, 2, 1]).toArray()); // [ [ 1, 0, 0 ], [ 0, 0, 1 ], [ 0, 1, 0 ] ]
 * console.log(oneHot(["cat", "dog"], { classes: ["dog", "cat"] }).toArray()); // [ [ 0, 1 ], [ 1, 0 ] ]
 */
export function oneHot(
  labels: readonly (string | number)[],
  { classes }: { classes?: number | readonly (string | number)[] } = {},
): Matrix {
  checkLabels("oneHot", labels);
  const known = oneHotClasses(labels, classes);
  const rows = codesOf("oneHot", labels, known).map((code) =>
    known.map((_, column) => (column === code ? 1 : 0)),
  );
  return Matrix.from(rows);
}

function oneHotClasses(
  labels: readonly (string | number)[],
  classes: number | readonly (string | number)[] | undefined,
): readonly (string | number)[] {
  if (Array.isArray(classes)) return distinct("oneHot", classes as readonly (string | number)[]);
  const numbers = labels.every((label) => typeof label === "number");
  if (!numbers && classes === undefined) return sortedClasses(labels);
  if (!numbers) {
    throw new DataError(
      "oneHot",
      `classes: ${String(classes)} counts class numbers, but the labels are text. Hand over the class names: ` +
        `classes: ["${String(labels[0])}", …].`,
    );
  }
  for (const [row, label] of (labels as readonly number[]).entries()) {
    if (!Number.isInteger(label) || label < 0) {
      throw new DataError("oneHot", `row ${row}: a class number is 0, 1, 2, …, got ${label}.`);
    }
  }
  const count = classes ?? labels.reduce<number>((most, label) => Math.max(most, (label as number) + 1), 0);
  if (!Number.isInteger(count) || (count as number) < 1) {
    throw new OptionError(
      `oneHot: classes must be a whole number from 1 on, or a list of class names, got ${String(count)}.`,
      { option: "classes", value: count },
    );
  }
  return Array.from({ length: count as number }, (_, code) => code);
}

function codesOf<Label>(operation: string, labels: readonly Label[], classes: readonly Label[]): number[] {
  const codes = new Map(classes.map((label, code) => [label, code]));
  return labels.map((label, row) => {
    const code = codes.get(label);
    if (code === undefined) {
      throw new DataError(
        operation,
        `row ${row}: unknown label ${JSON.stringify(label)}; the classes are ` +
          `${classes.map((name) => JSON.stringify(name)).join(", ")}.`,
      );
    }
    return code;
  });
}

function checkLabels(operation: string, labels: readonly unknown[]): void {
  if (!Array.isArray(labels))
    throw new DataError(operation, `expected a list of labels, got ${typeof labels}.`);
  if (labels.length === 0) throw new DataError(operation, `the list of labels is empty.`);
  const kind = typeof labels[0];
  for (const [row, label] of (labels as readonly unknown[]).entries()) {
    if (typeof label !== "string" && !(typeof label === "number" && Number.isFinite(label))) {
      throw new DataError(operation, `row ${row}: a label is text or a finite number, got ${String(label)}.`);
    }
    if (typeof label !== kind) {
      throw new DataError(
        operation,
        `row ${row} is a ${typeof label} (${JSON.stringify(label)}) but row 0 is a ${kind} ` +
          `(${JSON.stringify(labels[0])}); labels must be all text or all numbers.`,
      );
    }
  }
}

function sortedClasses<Label extends string | number>(labels: readonly Label[]): Label[] {
  return [...new Set(labels)].sort((a, b) => (a < b ? -1 : 1));
}

function distinct<Label>(operation: string, classes: readonly Label[]): readonly Label[] {
  if (classes.length === 0) throw new DataError(operation, `the list of classes is empty.`);
  const repeated = classes.find((label, index) => classes.indexOf(label) !== index);
  if (repeated !== undefined)
    throw new DataError(operation, `class ${JSON.stringify(repeated)} is listed twice.`);
  return [...classes];
}
