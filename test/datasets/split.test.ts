import { expect, test } from "vitest";
import { loadIris, trainTestSplit } from "../../src/datasets/index.js";
import { reference } from "./reference.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test.each(reference.splitSizes)("$rows rows with testSize $testSize part as in scikit-learn", (expected) => {
  const rows = numbers(expected.rows);
  const split = trainTestSplit(rows, rows, { testSize: expected.testSize });
  expect([split.xTrain.rows, split.xTest.rows]).toEqual([expected.train, expected.test]);
});

test.each(reference.stratified)(
  "classes of $counts rows give $test rows to the test part, as in scikit-learn",
  ({ counts, testSize, test: expected }) => {
    const labels = counts.flatMap((count, name) => Array.from({ length: count }, () => name));
    for (const seed of [0, 1, 2]) {
      const { yTest } = trainTestSplit(labels, labels, { testSize, seed, stratify: true });
      expect(counts.map((_, name) => yTest.toArray().filter(([label]) => label === name).length)).toEqual(
        expected,
      );
    }
  },
);

test.each([false, true])(
  "every row is in exactly one part and keeps its answer (stratify %s)",
  (stratify) => {
    const iris = loadIris();
    const split = trainTestSplit(iris, { testSize: 0.2, seed: 7, stratify });
    expect([...split.trainIndices, ...split.testIndices].sort((a, b) => a - b)).toEqual(numbers(150));
    for (const [part, indices] of [
      [split.train, split.trainIndices],
      [split.test, split.testIndices],
    ] as const) {
      for (const [row, index] of indices.entries()) {
        expect([...part.x.row(row)]).toEqual([...iris.x.row(index)]);
        expect([...part.y.row(row)]).toEqual([...iris.y.row(index)]);
        expect(part.labels[row]).toBe(iris.labels[index]);
        expect(part.codes[row]).toBe(iris.codes[index]);
      }
    }
    expect(split.xTest).toBe(split.test.x);
    expect(split.labelsTrain).toBe(split.train.labels);
    expect(split.test.name).toBe("iris (test)");
  },
);

test("the same seed gives the same split, another seed another, and the rows are shuffled", () => {
  const iris = loadIris();
  const indices = (seed?: number): readonly number[] =>
    trainTestSplit(iris, seed === undefined ? {} : { seed }).testIndices;
  expect(indices(3)).toEqual(indices(3));
  expect(indices(3)).not.toEqual(indices(4));
  expect(indices()).toEqual(indices(0));
  const sorted = [...indices(3)].sort((a, b) => a - b);
  expect(indices(3)).not.toEqual(sorted);
  expect(sorted).not.toEqual(numbers(sorted.length));
});

test("a stratified split mixes the classes within each part", () => {
  const { test: part, train } = trainTestSplit(loadIris(), { testSize: 0.2, stratify: true });
  expect(part.codes).not.toEqual([...part.codes].sort());
  expect(train.codes).not.toEqual([...train.codes].sort());
});

test("stratify takes a list of classes, and one-hot rows of y", () => {
  const rows = numbers(12);
  const byList = trainTestSplit(rows, rows, {
    testSize: 4,
    stratify: rows.map((row) => (row < 9 ? "a" : "b")),
  });
  expect(byList.testIndices.filter((row) => row >= 9)).toHaveLength(1);
  const y = rows.map((row) => (row < 9 ? [1, 0] : [0, 1]));
  expect(
    trainTestSplit(rows, y, { testSize: 4, stratify: true }).testIndices.filter((row) => row >= 9),
  ).toHaveLength(1);
});

test.each([
  [
    () => trainTestSplit([1, 2, 3], [1, 2]),
    "trainTestSplit: x has 3 rows and y has 2; row i of both must be the same example.",
  ],
  [
    () => trainTestSplit([1, 2], [1, 2], { testSize: 1.5 }),
    "trainTestSplit: testSize must be a share between 0 and 1 (such as 0.2) or a whole number of rows, got 1.5.",
  ],
  [
    () => trainTestSplit([1, 2], [1, 2], { testSize: NaN }),
    "trainTestSplit: testSize must be a share between 0 and 1 (such as 0.2) or a whole number of rows, got NaN.",
  ],
  [
    () => trainTestSplit([1, 2], [1, 2], { testSize: 0.9 }),
    "trainTestSplit: testSize 0.9 of 2 rows puts 2 rows into the test part and leaves none for training. Use a smaller testSize or more rows.",
  ],
  [
    () => trainTestSplit([1, 2, 3, 4], [0, 0, 0, 1], { stratify: ["a", "a", "a", "b"] }),
    'trainTestSplit: class "b" has a single row (3); with stratify every class needs at least 2 rows, one for each part.',
  ],
  [
    () => trainTestSplit([1, 2, 3, 4], [0, 0, 1, 1], { testSize: 1, stratify: true }),
    "trainTestSplit: 2 classes do not fit into 1 test rows; with stratify every part needs at least one row a class. Change testSize.",
  ],
  [
    () => trainTestSplit([1, 2], [1, 2], { stratify: ["a"] }),
    "trainTestSplit: stratify lists 1 classes for 2 rows; it needs one a row.",
  ],
  [
    () =>
      trainTestSplit(
        [
          [1, 2],
          [3, NaN],
        ],
        [1, 2],
      ),
    "trainTestSplit: x has NaN in row 1, column 1 (counted from 0). Drop the row or fill in the value first.",
  ],
])("a bad split is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
