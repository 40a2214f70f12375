import { DataError, OptionError, Random } from "../engine/index.js";
import type { MatrixLike } from "../engine/index.js";
import type { Dataset } from "./dataset.js";
import { asPair, isDataset, rowClasses, splitDataset, splitMatrices } from "./parts.js";
import type { DatasetSplit, Parts, Split } from "./parts.js";

/** The options of `trainTestSplit`. */
export interface SplitOptions {
  /** A share between 0 and 1, or a whole number of rows; default 0.25. */
  testSize?: number;
  /** The same seed gives the same split; default 0. */
  seed?: number;
  /**
   * Give every class the same share in both parts. `true` takes the labels of the data set (with `x, y`: the rows of
   * `y`); a list gives the class of each row. Default `false`.
   */
  stratify?: boolean | readonly (string | number)[];
}

/**
 * Shuffles the rows and parts them into training and test rows, in scikit-learn's words.
 * The test part has ⌈testSize · n⌉ rows (scikit-learn rounds the same way), the training part the rest.
 *
 * With `stratify`, a class of `c` rows gives ⌊c · nTest / n⌋ rows to the test part, and the rows still missing come
 * from the classes with the largest remainders (equal remainders: from the class that sorts first).
 *
 * @throws Error if a part would be empty, if `x` and `y` differ in rows, or, stratified, if a class has a single row
 *   or there are more classes than rows in a part.
 *
 * @example
 * import { loadIris, trainTestSplit } from "gradus";
 * const parts = trainTestSplit(loadIris(), { testSize: 0.2, seed: 1, stratify: true });
 * console.log(parts.xTrain.shape, parts.yTrain.shape, parts.xTest.shape);
 * // [ 120, 4 ] [ 120, 3 ] [ 30, 4 ]
 * console.log(parts.labelsTest.slice(0, 3)); // [ 'virginica', 'virginica', 'setosa' ]
 */
export function trainTestSplit(data: Dataset, options?: SplitOptions): DatasetSplit;
export function trainTestSplit(x: MatrixLike, y: MatrixLike, options?: SplitOptions): Split;
export function trainTestSplit(
  first: Dataset | MatrixLike,
  second: SplitOptions | MatrixLike = {},
  third: SplitOptions = {},
): DatasetSplit | Split {
  if (isDataset(first)) {
    return splitDataset(
      first,
      partRows(first.x.rows, second as SplitOptions, () => first.labels),
    );
  }
  const { x, y } = asPair("trainTestSplit", first, second as MatrixLike);
  return splitMatrices(
    x,
    y,
    partRows(x.rows, third, () => rowClasses(y)),
  );
}

function partRows(
  rows: number,
  { testSize = 0.25, seed = 0, stratify = false }: SplitOptions,
  ownClasses: () => readonly (string | number)[],
): Parts {
  const random = new Random(seed);
  const testRows = testRowCount(rows, testSize);
  if (stratify === false) return shuffledParts(rows, testRows, random);
  const classes = stratify === true ? ownClasses() : stratify;
  return stratifiedParts(classes, rows, testRows, random);
}

function testRowCount(rows: number, testSize: number): number {
  const share = testSize > 0 && testSize < 1;
  if (!share && !(Number.isInteger(testSize) && testSize >= 1)) {
    throw new OptionError(
      `trainTestSplit: testSize must be a share between 0 and 1 (such as 0.2) or a whole number of rows, got ${testSize}.`,
      { option: "testSize", value: testSize },
    );
  }
  const testRows = share ? Math.ceil(testSize * rows) : testSize;
  if (testRows >= rows) {
    throw new DataError(
      "trainTestSplit",
      `testSize ${testSize} of ${rows} rows puts ${testRows} rows into the test part and leaves none ` +
        `for training. Use a smaller testSize or more rows.`,
    );
  }
  return testRows;
}

function shuffledParts(rows: number, testRows: number, random: Random): Parts {
  const order = random.permutation(rows);
  return { testIndices: order.slice(0, testRows), trainIndices: order.slice(testRows) };
}

function stratifiedParts(
  classes: readonly (string | number)[],
  rows: number,
  testRows: number,
  random: Random,
): Parts {
  if (classes.length !== rows) {
    throw new DataError(
      "trainTestSplit",
      `stratify lists ${classes.length} classes for ${rows} rows; it needs one a row.`,
    );
  }
  const members = new Map<string | number, number[]>();
  for (const [row, name] of classes.entries()) {
    const list = members.get(name);
    if (list === undefined) members.set(name, [row]);
    else list.push(row);
  }
  const groups = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, group] of groups) {
    if (group.length < 2) {
      throw new DataError(
        "trainTestSplit",
        `class ${JSON.stringify(name)} has a single row (${group[0]}); with stratify every class ` +
          `needs at least 2 rows, one for each part.`,
      );
    }
  }
  const smaller = Math.min(testRows, rows - testRows);
  if (groups.length > smaller) {
    throw new DataError(
      "trainTestSplit",
      `${groups.length} classes do not fit into ${smaller} ${smaller === testRows ? "test" : "training"} ` +
        `rows; with stratify every part needs at least one row a class. Change testSize.`,
    );
  }
  const shares = largestRemainder(
    groups.map(([, group]) => group.length),
    testRows,
  );
  const test: number[] = [];
  const train: number[] = [];
  for (const [index, [, group]] of groups.entries()) {
    const order = random.permutation(group.length).map((place) => group[place]);
    test.push(...order.slice(0, shares[index]));
    train.push(...order.slice(shares[index]));
  }
  return { testIndices: reorder(test, random), trainIndices: reorder(train, random) };
}

function reorder(rows: readonly number[], random: Random): number[] {
  return random.permutation(rows.length).map((place) => rows[place]);
}

/** Parts `seats` in proportion to `counts` (whole numbers, exact): floors first, then the largest remainders. */
function largestRemainder(counts: readonly number[], seats: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => Math.floor((count * seats) / total));
  const missing = seats - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = counts
    .map((count, index) => ({ index, remainder: (count * seats) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) shares[index]++;
  return shares;
}
