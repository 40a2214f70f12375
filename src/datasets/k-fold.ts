import { DataError, OptionError, Random } from "../engine/index.js";
import type { MatrixLike } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { asPair, isDataset, rowClasses, splitDataset, splitMatrices } from "./parts.js";
import type { DatasetSplit, Parts, Split } from "./parts.js";

/** The options of `kFold` and `stratifiedKFold`. */
export interface KFoldOptions {
  /** How many folds, at least 2; default 5. */
  splits?: number;
  /** Draw the folds by lot; default false, so that a fold is a run of neighbouring rows. */
  shuffle?: boolean;
  /** The same seed gives the same folds; default 0. Only read with `shuffle`. */
  seed?: number;
}

/**
 * Parts n rows into k folds and gives k splits: each fold is the test part once, the other rows are the training part.
 * The first n mod k folds have ⌈n / k⌉ rows, the others ⌊n / k⌋; rows keep their order within a part. scikit-learn's `KFold`.
 * A table that is sorted by class, such as iris, needs `shuffle: true` or `stratifiedKFold`.
 *
 * @throws Error if there are fewer rows than folds, or if `x` and `y` differ in rows.
 *
 * @example
 * import { kFold } from "gradus";
 * const x = [[0], [10], [20], [30], [40]];
 * const y = [0, 1, 2, 3, 4];
 * const folds = kFold(x, y, { splits: 2 });
 * for (const { trainIndices, testIndices } of folds) console.log(trainIndices, testIndices);
 * // [ 3, 4 ] [ 0, 1, 2 ]
 * // [ 0, 1, 2 ] [ 3, 4 ]
 */
export function kFold(data: Dataset, options?: KFoldOptions): DatasetSplit[];
export function kFold(x: MatrixLike, y: MatrixLike, options?: KFoldOptions): Split[];
export function kFold(
  first: Dataset | MatrixLike,
  second: KFoldOptions | MatrixLike = {},
  third: KFoldOptions = {},
): Split[] {
  return splitAll("kFold", { first, second, third }, neighbouringFolds);
}

/**
 * `kFold` in which every fold has the same share of each class, as nearly as whole rows allow; fold sizes differ by at most 1.
 * The classes are the labels of the data set, or the distinct rows of `y`. Without `shuffle` the folds are those of
 * scikit-learn's `StratifiedKFold`, row by row.
 *
 * @throws Error if a class has fewer rows than there are folds (scikit-learn only warns), or if `x` and `y` differ in rows.
 *
 * @example
 * import { loadIris, stratifiedKFold } from "gradus";
 * const folds = stratifiedKFold(loadIris(), { splits: 5, shuffle: true, seed: 1 });
 * const setosas = folds.map(({ labelsTest }) => labelsTest.filter((label) => label === "setosa").length);
 * console.log(setosas); // [ 10, 10, 10, 10, 10 ]
 */
export function stratifiedKFold(data: Dataset, options?: KFoldOptions): DatasetSplit[];
export function stratifiedKFold(x: MatrixLike, y: MatrixLike, options?: KFoldOptions): Split[];
export function stratifiedKFold(
  first: Dataset | MatrixLike,
  second: KFoldOptions | MatrixLike = {},
  third: KFoldOptions = {},
): Split[] {
  return splitAll("stratifiedKFold", { first, second, third }, stratifiedFolds);
}

interface Arguments {
  readonly first: Dataset | MatrixLike;
  readonly second: KFoldOptions | MatrixLike;
  readonly third: KFoldOptions;
}

/** The fold of each row, from the class of each row. */
type FoldRule = (classes: readonly string[], splits: number, random: Random | undefined) => number[];

function splitAll(operation: string, { first, second, third }: Arguments, rule: FoldRule): Split[] {
  if (isDataset(first)) {
    const folds = foldParts(operation, { classes: first.labels, options: second as KFoldOptions, rule });
    return folds.map((parts) => splitDataset(first, parts));
  }
  const { x, y } = asPair(operation, first, second as MatrixLike);
  const folds = foldParts(operation, { classes: rowClasses(y), options: third, rule });
  return folds.map((parts) => splitMatrices(x, y, parts));
}

function foldParts(
  operation: string,
  { classes, options, rule }: { classes: readonly string[]; options: KFoldOptions; rule: FoldRule },
): Parts[] {
  const { splits = 5, shuffle = false, seed = 0 } = options;
  if (!Number.isSafeInteger(splits) || splits < 2) {
    throw new OptionError(
      `${operation}: splits must be a whole number of at least 2, got ${String(splits)}.`,
      {
        option: "splits",
        value: splits,
      },
    );
  }
  if (splits > classes.length) {
    throw new DataError(
      operation,
      `${classes.length} rows cannot be parted into ${splits} folds; use at most ${classes.length} splits.`,
    );
  }
  const foldOf = rule(classes, splits, shuffle ? new Random(seed) : undefined);
  const rows = classes.map((_, row) => row);
  return Array.from({ length: splits }, (_, fold) => ({
    trainIndices: rows.filter((row) => foldOf[row] !== fold),
    testIndices: rows.filter((row) => foldOf[row] === fold),
  }));
}

function neighbouringFolds(classes: readonly string[], splits: number, random: Random | undefined): number[] {
  const rows = classes.length;
  const larger = rows % splits;
  const sizes = Array.from(
    { length: splits },
    (_, fold) => Math.floor(rows / splits) + (fold < larger ? 1 : 0),
  );
  const folds = sizes.flatMap((size, fold) => new Array<number>(size).fill(fold));
  return random === undefined ? folds : random.shuffle(folds);
}

/**
 * Rows sorted by class (classes in order of appearance) are dealt to the folds in turn like cards; this says how many rows of a
 * class each fold gets. Within the class, the first rows go to the first fold, and so on.
 */
function stratifiedFolds(classes: readonly string[], splits: number, random: Random | undefined): number[] {
  const members = new Map<string, number[]>();
  classes.forEach((name, row) => {
    const list = members.get(name);
    if (list === undefined) members.set(name, [row]);
    else list.push(row);
  });
  const foldOf = new Array<number>(classes.length);
  let dealt = 0;
  for (const [name, rows] of members) {
    if (rows.length < splits) {
      throw new DataError(
        "stratifiedKFold",
        `class ${JSON.stringify(name)} has ${rows.length} row${rows.length === 1 ? "" : "s"} for ${splits} folds; ` +
          `every fold needs one. Use at most ${rows.length} splits, or kFold.`,
      );
    }
    const folds = rows.map((_, place) => (dealt + place) % splits).sort((a, b) => a - b);
    random?.shuffle(folds);
    rows.forEach((row, place) => (foldOf[row] = folds[place]));
    dealt += rows.length;
  }
  return foldOf;
}
