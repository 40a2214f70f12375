import { DataError } from "./data-error.js";
import { outOfRange } from "./options.js";
import type { Matrix } from "./matrix.js";

/** How much each row counts in the loss: `classWeight: { 0: 1, 1: 5 }` by class number; a class that is not named counts 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/** A checked copy of the weights, one for each of `rows` rows. Throws DataError for another number or a weight below 0. */
export function toSampleWeights(
  weights: ArrayLike<number>,
  { operation, rows }: { readonly operation: string; readonly rows: number },
): Float64Array {
  if (weights.length !== rows) {
    throw new DataError(operation, `sampleWeight needs one number a row: ${rows}, got ${weights.length}`);
  }
  const bad = Array.from(weights).findIndex((weight) => !(Number.isFinite(weight) && weight >= 0));
  if (bad >= 0) {
    throw new DataError(
      operation,
      `sampleWeight must be finite and at least 0, got ${typeof weights[bad] === "string" ? "a text" : weights[bad]} in row ${bad}`,
    );
  }
  return Float64Array.from(weights);
}

/** The weight of each row's class: of the largest column for several columns, of the rounded number for one (as in Keras). */
export function weightsByClass(y: Matrix, classWeight: ClassWeight): Float64Array {
  for (const [name, value] of Object.entries(classWeight)) {
    const number = Number(name);
    if (!Number.isInteger(number) || number < 0 || (y.cols > 1 && number >= y.cols)) {
      const range = y.cols > 1 ? `0 to ${y.cols - 1}` : "0, 1, 2, ...";
      throw outOfRange("fit", { option: "classWeight", value: name, rule: `by class number, ${range}` });
    }
    if (!(Number.isFinite(value) && value >= 0)) {
      throw outOfRange("fit", {
        option: `classWeight of class ${name}`,
        value,
        rule: "a finite number of at least 0",
      });
    }
  }
  const classes = y.cols === 1 ? Array.from(y.data, Math.round) : y.argmax();
  return Float64Array.from(classes, (number) => classWeight[number] ?? 1);
}
