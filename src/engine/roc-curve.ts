import { checkLengths, readClassNumbers, type ClassNumbers } from "./class-numbers.js";
import { DataError } from "./data-error.js";
import { toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { wholeNumber } from "./options.js";

/** Points of a curve from (0, 0) to (1, 1), by falling threshold: a row is taken for positive if its score ≥ threshold. */
export interface RocCurve {
  /** Share of the negative rows that are taken for positive. */
  readonly falsePositiveRates: readonly number[];
  /** Share of the positive rows that are found: the recall. */
  readonly truePositiveRates: readonly number[];
  /** The first is Infinity, where nothing is taken for positive. */
  readonly thresholds: readonly number[];
}

/** The options of `auc`. */
export interface RocOptions {
  /** The class that is to be found; all others are negative. Default 1. */
  readonly positive?: number;
}

/** The options of `rocCurve`. */
export interface RocCurveOptions extends RocOptions {
  /** Leave out points on a straight line between their neighbours; default true, as in scikit-learn. */
  readonly dropIntermediate?: boolean;
}

/**
 * What a classifier finds (true positive rate) and what it takes for found by mistake (false positive rate) at every
 * threshold on its scores. `scores` is one number a row: a probability or a logit. scikit-learn's `roc_curve`.
 *
 * Source: T. Fawcett (2006), "An introduction to ROC analysis", Pattern Recognition Letters 27(8), 861-874, algorithm 1.
 *
 * @throws DataError for scores that are not finite or no column, and if all rows are positive or all are negative.
 *
 * @example
 * import { rocCurve } from "gradus";
 * const { falsePositiveRates, truePositiveRates, thresholds } = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * console.log(falsePositiveRates, truePositiveRates); // [ 0, 0, 0.5, 0.5, 1 ] [ 0, 0.5, 0.5, 1, 1 ]
 * console.log(thresholds); // [ Infinity, 0.8, 0.4, 0.35, 0.1 ]
 */
export function rocCurve(
  actual: ClassNumbers,
  scores: MatrixLike,
  { positive = 1, dropIntermediate = true }: RocCurveOptions = {},
): RocCurve {
  const steps = countSteps("rocCurve", { actual, scores, positive });
  const kept = dropIntermediate ? steps.filter((_, i) => isCorner(steps, i)) : steps;
  const points = [{ fp: 0, tp: 0, threshold: Infinity }, ...kept];
  const all = steps[steps.length - 1];
  return {
    falsePositiveRates: points.map(({ fp }) => fp / all.fp),
    truePositiveRates: points.map(({ tp }) => tp / all.tp),
    thresholds: points.map(({ threshold }) => threshold),
  };
}

/**
 * The area under the ROC curve: the chance that a positive row drawn at random has a higher score than a negative one, ties
 * counting half. 0.5 is guessing, 1 is perfect. scikit-learn's `roc_auc_score`; throws as `rocCurve`.
 *
 * @example
 * import { auc } from "gradus";
 * console.log(auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])); // 0.75
 */
export function auc(actual: ClassNumbers, scores: MatrixLike, { positive = 1 }: RocOptions = {}): number {
  const steps = countSteps("auc", { actual, scores, positive });
  let doubledArea = 0;
  let previous = { fp: 0, tp: 0 };
  for (const step of steps) {
    // Whole numbers up to here, so the sum is exact.
    doubledArea += (step.fp - previous.fp) * (step.tp + previous.tp);
    previous = step;
  }
  return doubledArea / (2 * previous.fp * previous.tp);
}

/** Negative and positive rows with a score of at least the threshold. */
interface Step {
  readonly fp: number;
  readonly tp: number;
  readonly threshold: number;
}

/** One step for each distinct score, falling. */
function countSteps(
  operation: string,
  given: { readonly actual: ClassNumbers; readonly scores: MatrixLike; readonly positive: number },
): Step[] {
  const positive = wholeNumber(operation, { option: "positive", value: given.positive, least: 0 });
  const actual = readClassNumbers(given.actual, { operation, role: "actual" });
  const scores = toFiniteMatrix(given.scores, { operation, role: "scores", dtype: "float64" });
  if (scores.cols !== 1) {
    throw new DataError(
      operation,
      `scores must be one number a row, got ${scores.cols} columns; hand over one of them, such as scores.column(1)`,
    );
  }
  checkLengths(operation, { actual: actual.length, scores: scores.rows });
  const order = Array.from(scores.data, (_, row) => row).sort((a, b) => scores.data[b] - scores.data[a]);
  const steps: Step[] = [];
  let [fp, tp] = [0, 0];
  order.forEach((row, place) => {
    if (actual[row] === positive) tp++;
    else fp++;
    const threshold = scores.data[row];
    const last = place + 1 === order.length || scores.data[order[place + 1]] !== threshold;
    if (last) steps.push({ fp, tp, threshold });
  });
  if (fp === 0 || tp === 0) {
    throw new DataError(
      operation,
      `needs rows of class ${positive} and of another class; all ${order.length} rows are ` +
        (tp === 0 ? `of other classes` : `of class ${positive}`),
    );
  }
  return steps;
}

/** False for a point that lies, equally far from both, on the line between its neighbours. */
function isCorner(steps: readonly Step[], i: number): boolean {
  if (i === 0 || i === steps.length - 1) return true;
  const [before, here, after] = [steps[i - 1], steps[i], steps[i + 1]];
  return after.fp - here.fp !== here.fp - before.fp || after.tp - here.tp !== here.tp - before.tp;
}
