import { checkLengths, checkRange, readClassNumbers, type ClassNumbers } from "./class-numbers.js";
import { toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { OptionError } from "./options.js";

/**
 * The share of rows whose class is among the k classes with the largest scores; of equal scores, the first column comes first,
 * as in `argmax`. `scores` is [rows, classes]: probabilities or logits. k = 1 is the accuracy. scikit-learn's
 * `top_k_accuracy_score`, with its default k = 2.
 *
 * @throws DataError for a class that has no column; OptionError unless 1 ≤ k < classes (k = classes would always give 1).
 *
 * @example
 * import { topKAccuracy } from "gradus";
 * const scores = [[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]];
 * console.log(topKAccuracy([1, 0], scores, { k: 2 })); // 0.5
 */
export function topKAccuracy(
  actual: ClassNumbers,
  scores: MatrixLike,
  { k = 2 }: { readonly k?: number } = {},
): number {
  const operation = "topKAccuracy";
  const table = toFiniteMatrix(scores, { operation, role: "scores", dtype: "float64" });
  const classes = readClassNumbers(actual, { operation, role: "actual" });
  checkLengths(operation, { actual: classes.length, scores: table.rows });
  if (!Number.isSafeInteger(k) || k < 1 || k >= table.cols) {
    const rule = `a whole number from 1 to ${table.cols - 1}, below the ${table.cols} classes of scores`;
    throw new OptionError(`${operation}: k must be ${rule}, got ${String(k)}`, { option: "k", value: k });
  }
  checkRange(classes, { operation, role: "actual" }, table.cols);
  let found = 0;
  for (let row = 0; row < table.rows; row++) {
    const start = row * table.cols;
    const own = table.data[start + classes[row]];
    let ahead = 0;
    for (let c = 0; c < table.cols; c++) {
      const other = table.data[start + c];
      if (other > own || (other === own && c < classes[row])) ahead++;
    }
    if (ahead < k) found++;
  }
  return found / table.rows;
}
