import { describe, expect, test } from "vitest";
import { kFold, loadIris, stratifiedKFold, type KFoldOptions, type Split } from "../../src/datasets/index.js";
import { reference } from "./folds-reference.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test.each(reference.folds)("$rows rows in $splits folds, as by scikit-learn", ({ rows, splits, tests }) => {
  const folds = kFold(numbers(rows), numbers(rows), { splits });
  expect(folds.map(({ testIndices }) => testIndices)).toEqual(tests);
});

test.each(reference.stratified)(
  "classes in $splits folds, as by scikit-learn",
  ({ labels, splits, tests }) => {
    const folds = stratifiedKFold(numbers(labels.length), labels, { splits });
    expect(folds.map(({ testIndices }) => testIndices)).toEqual(tests);
  },
);

const rules: Record<string, (options: KFoldOptions) => Split[]> = {
  kFold: (options) => kFold(loadIris(), options),
  stratifiedKFold: (options) => stratifiedKFold(loadIris(), options),
};

describe.each(Object.keys(rules))("%s", (name) => {
  const rule = rules[name];

  test.each([false, true])(
    "every row is tested once and learnt from in all other folds (shuffle %s)",
    (shuffle) => {
      const folds = rule({ splits: 7, shuffle, seed: 3 });
      expect(folds).toHaveLength(7);
      expect(folds.flatMap(({ testIndices }) => testIndices).sort((a, b) => a - b)).toEqual(numbers(150));
      const { x, y } = loadIris();
      for (const fold of folds) {
        expect([...fold.trainIndices, ...fold.testIndices].sort((a, b) => a - b)).toEqual(numbers(150));
        expect([21, 22]).toContain(fold.testIndices.length);
        expect(fold.xTest.equals(x.takeRows(fold.testIndices))).toBe(true);
        expect(fold.yTest.equals(y.takeRows(fold.testIndices))).toBe(true);
        expect(fold.xTrain.equals(x.takeRows(fold.trainIndices))).toBe(true);
        expect(fold.yTrain.equals(y.takeRows(fold.trainIndices))).toBe(true);
      }
    },
  );

  test("shuffled folds follow the seed", () => {
    const tests = (options: KFoldOptions): (readonly number[])[] =>
      rule(options).map((fold) => fold.testIndices);
    expect(tests({ shuffle: true, seed: 1 })).toEqual(tests({ shuffle: true, seed: 1 }));
    expect(tests({ shuffle: true, seed: 1 })).not.toEqual(tests({ shuffle: true, seed: 2 }));
    expect(tests({ shuffle: true })).not.toEqual(tests({}));
    expect(tests({ seed: 9 })).toEqual(tests({}));
  });
});

test("stratified folds hold every class in equal share, also shuffled", () => {
  for (const { test: part, labelsTest } of stratifiedKFold(loadIris(), { splits: 10, shuffle: true })) {
    expect(part.name).toBe("iris (test)");
    expect(labelsTest).toHaveLength(15);
    for (const name of part.classNames) expect(labelsTest.filter((label) => label === name)).toHaveLength(5);
  }
  expect(kFold(loadIris(), { splits: 3 })[0].labelsTrain).not.toContain("setosa");
});

test.each([
  [() => kFold([1, 2], [1, 2], { splits: 1 }), "kFold: splits must be a whole number of at least 2, got 1."],
  [
    () => kFold([1, 2], [1, 2], { splits: 3 }),
    "kFold: 2 rows cannot be parted into 3 folds; use at most 2 splits.",
  ],
  [
    () => kFold([1, 2, 3], [1, 2], { splits: 2 }),
    "kFold: x has 3 rows and y has 2; row i of both must be the same example.",
  ],
  [
    () => stratifiedKFold([1, 2, 3, 4], [0, 0, 0, 7], { splits: 2 }),
    'stratifiedKFold: class "7" has 1 row for 2 folds; every fold needs one. Use at most 1 splits, or kFold.',
  ],
])("impossible folds are refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
