import { readClassPair, type ClassesOption, type ClassNumbers } from "./class-numbers.js";
import { Matrix } from "./matrix.js";

/**
 * Element (i, j): how many rows of class i were taken for class j; the diagonal is what was right. Shape [classes, classes],
 * as scikit-learn's `confusion_matrix`. `plot.confusionMatrix` draws it.
 *
 * `confusionMatrix(test.codes, model.predict(test.x))`
 *
 * @throws DataError for rows without a partner, or for a class that is no whole number from 0 to `classes - 1`.
 *
 * @example
 * import { confusionMatrix } from "gradus";
 * const actual = [0, 0, 1, 1, 1];
 * const predicted = [0, 1, 1, 1, 1];
 * console.log(confusionMatrix(actual, predicted));
 * // Matrix [2, 2] float64
 * //   [1, 1]
 * //   [0, 3]
 */
export function confusionMatrix(
  actual: ClassNumbers,
  predicted: ClassNumbers,
  { classes }: ClassesOption = {},
): Matrix {
  const given = classes === undefined ? { actual, predicted } : { actual, predicted, classes };
  const pair = readClassPair("confusionMatrix", given);
  const counts = Matrix.zeros(pair.classes, pair.classes);
  for (let row = 0; row < pair.actual.length; row++) {
    counts.data[pair.actual[row] * pair.classes + pair.predicted[row]]++;
  }
  return counts;
}
