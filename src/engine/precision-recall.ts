import { readClassPair, type ClassesOption, type ClassNumbers } from "./class-numbers.js";
import { DataError } from "./data-error.js";
import { lookUp, outOfRange, wholeNumber } from "./options.js";

/**
 * How the scores of several classes become one number: `binary` is the score of the class `positive` alone, `macro` the mean over
 * the classes, `weighted` the mean weighted by actual rows, `micro` the score of all decisions together; `none` gives all.
 */
export type Average = "binary" | "macro" | "weighted" | "micro" | "none";

/** The options of `precision`, `recall` and `f1`. */
export interface ScoreOptions<Wanted extends Average = Average> extends ClassesOption {
  /** Default "binary", as in scikit-learn. */
  readonly average?: Wanted;
  /** The class that counts as found, for "binary"; default 1. */
  readonly positive?: number;
  /** The score of a class whose denominator is 0, such as the precision of a class that was never predicted; default 0. */
  readonly zeroDivision?: 0 | 1;
}

/** A number; with `average: "none"`, the score of each class number. */
export interface ClassScore {
  (actual: ClassNumbers, predicted: ClassNumbers, options: ScoreOptions<"none">): number[];
  (actual: ClassNumbers, predicted: ClassNumbers, options?: ScoreOptions<Exclude<Average, "none">>): number;
}

/**
 * tp / (tp + fp): of the rows taken for a class, the share that belongs to it. scikit-learn's `precision_score`.
 *
 * @throws DataError for rows without a partner, a class that is no class number, or more than two classes with "binary".
 *
 * @example
 * import { precision } from "gradus";
 * console.log(precision([1, 1, 1, 0], [1, 1, 0, 1]).toFixed(3)); // 0.667
 * console.log(precision([0, 1, 2], [0, 2, 2], { average: "none" })); // [ 1, 0, 0.5 ]
 */
export const precision: ClassScore = score("precision");

/**
 * tp / (tp + fn): of the rows of a class, the share that was found. scikit-learn's `recall_score`; throws as `precision`.
 *
 * @example
 * import { recall } from "gradus";
 * console.log(recall([1, 1, 1, 0], [1, 1, 0, 0]).toFixed(3)); // 0.667
 */
export const recall: ClassScore = score("recall");

/**
 * 2 tp / (2 tp + fp + fn): the harmonic mean of precision and recall. scikit-learn's `f1_score`; throws as `precision`.
 *
 * @example
 * import { f1 } from "gradus";
 * console.log(f1([1, 1, 1, 0], [1, 1, 0, 0])); // 0.8
 * console.log(f1([0, 1, 2, 2], [0, 1, 2, 1], { average: "macro" }).toFixed(3)); // 0.778
 */
export const f1: ClassScore = score("f1");

/** Rows of a class that were found (tp), rows of others taken for it (fp), its rows taken for others (fn). */
export interface Tally {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** Numerator and denominator of a score. */
type Ratio = (tally: Tally) => readonly [numerator: number, denominator: number];

export type RatioName = "precision" | "recall" | "f1";

const ratios: Readonly<Record<RatioName, Ratio>> = {
  precision: ({ tp, fp }) => [tp, tp + fp],
  recall: ({ tp, fn }) => [tp, tp + fn],
  f1: ({ tp, fp, fn }) => [2 * tp, 2 * tp + fp + fn],
};

interface Scoring {
  readonly operation: string;
  readonly tallies: readonly Tally[];
  readonly positive: number;
  /** Whether the caller said how many classes there are. */
  readonly named: boolean;
  readonly of: (tally: Tally) => number;
}

const averages: Readonly<Record<Average, (scoring: Scoring) => number | number[]>> = {
  none: ({ tallies, of }) => tallies.map(of),
  binary: ({ operation, tallies, positive, of }) => {
    wholeNumber(operation, { option: "positive", value: positive, least: 0 });
    if (tallies.length > 2) {
      throw new DataError(
        operation,
        `average "binary" is for classes 0 and 1, but there are ${tallies.length} classes; ` +
          `choose average "macro", "weighted", "micro" or "none"`,
      );
    }
    if (positive > 1) throw outOfRange(operation, { option: "positive", value: positive, rule: "0 or 1" });
    return of(tallies[positive] ?? { tp: 0, fp: 0, fn: 0 });
  },
  // A class number that occurs on neither side is no class, unless `classes` says that it is one (as in scikit-learn).
  macro: ({ tallies, named, of }) =>
    mean(
      tallies.filter((tally) => named || tally.tp + tally.fp + tally.fn > 0).map((tally) => [of(tally), 1]),
    ),
  weighted: ({ tallies, of }) => mean(tallies.map((tally) => [of(tally), tally.tp + tally.fn])),
  micro: ({ tallies, of }) =>
    of({
      tp: sum(tallies.map(({ tp }) => tp)),
      fp: sum(tallies.map(({ fp }) => fp)),
      fn: sum(tallies.map(({ fn }) => fn)),
    }),
};

function score(operation: RatioName): ClassScore {
  function scored(
    actual: ClassNumbers,
    predicted: ClassNumbers,
    options: ScoreOptions = {},
  ): number | number[] {
    const { average = "binary", positive = 1, zeroDivision = 0, classes } = options;
    if (zeroDivision !== 0 && zeroDivision !== 1) {
      throw outOfRange(operation, { option: "zeroDivision", value: zeroDivision, rule: "0 or 1" });
    }
    const tallies = tally(operation, { actual, predicted, ...(classes === undefined ? {} : { classes }) });
    return averageScore(operation, tallies, {
      average,
      positive,
      zeroDivision,
      named: classes !== undefined,
    });
  }
  return scored as ClassScore;
}

/** The score of these counts. With `average: "none"` an array, else a number. */
export function averageScore(
  operation: RatioName,
  tallies: readonly Tally[],
  {
    average,
    positive = 1,
    zeroDivision = 0,
    named = false,
  }: {
    readonly average: Average;
    readonly positive?: number;
    readonly zeroDivision?: 0 | 1;
    readonly named?: boolean;
  },
): number | number[] {
  const of = (one: Tally): number => {
    const [numerator, denominator] = ratios[operation](one);
    return denominator === 0 ? zeroDivision : numerator / denominator;
  };
  const rule = lookUp(averages, { kind: "average", name: average });
  return rule({ operation, tallies, positive, named, of });
}

function tally(operation: string, given: Parameters<typeof readClassPair>[1]): Tally[] {
  const { actual, predicted, classes } = readClassPair(operation, given);
  const tallies = Array.from({ length: classes }, () => ({ tp: 0, fp: 0, fn: 0 }));
  for (let row = 0; row < actual.length; row++) {
    if (actual[row] === predicted[row]) {
      tallies[actual[row]].tp++;
    } else {
      tallies[predicted[row]].fp++;
      tallies[actual[row]].fn++;
    }
  }
  return tallies;
}

function mean(scores: readonly (readonly [value: number, weight: number])[]): number {
  const weights = sum(scores.map(([, weight]) => weight));
  return weights === 0 ? 0 : sum(scores.map(([value, weight]) => value * weight)) / weights;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
