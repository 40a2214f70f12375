import { describe, expect, test } from "vitest";
import { auc, Matrix, rocCurve } from "../../src/engine/index.js";
import { reference } from "./metrics-reference.js";

describe.each(reference.roc)("$name: as by scikit-learn", ({ actual, scores, kept, dropped, auc: area }) => {
  test.each([
    [true, dropped],
    [false, kept],
  ])("the curve (dropIntermediate %s), to the last bit", (dropIntermediate, expected) => {
    expect(rocCurve(actual, scores, { dropIntermediate })).toEqual({
      falsePositiveRates: expected.fpr,
      truePositiveRates: expected.tpr,
      thresholds: [Infinity, ...expected.thresholds],
    });
  });

  test("the area", () => {
    expect(Math.abs(auc(actual, scores) - area)).toBeLessThanOrEqual(1e-15);
  });

  test("the area is the share of pairs in which the positive row scores higher, ties counting half", () => {
    let [won, pairs] = [0, 0];
    actual.forEach((a, i) =>
      actual.forEach((b, j) => {
        if (a !== 1 || b !== 0) return;
        pairs++;
        won += scores[i] > scores[j] ? 1 : scores[i] === scores[j] ? 0.5 : 0;
      }),
    );
    expect(auc(actual, scores)).toBe(won / pairs);
  });

  test("negated scores give the rest of the square, and a rising function of the scores changes nothing", () => {
    expect(
      auc(
        actual,
        scores.map((score) => -score),
      ),
    ).toBeCloseTo(1 - area, 14);
    expect(
      auc(
        actual,
        scores.map((score) => 3 * score + 1),
      ),
    ).toBe(auc(actual, scores));
  });
});

test("one class against all others", () => {
  expect(auc([0, 2, 1, 2], [0.1, 0.9, 0.2, 0.8], { positive: 2 })).toBe(1);
  expect(auc([0, 1], Matrix.from([[0.1], [0.9]], { dtype: "float32" }))).toBe(1);
});

test.each([
  [
    () => rocCurve([1, 1], [0.1, 0.2]),
    "rocCurve: needs rows of class 1 and of another class; all 2 rows are of class 1",
  ],
  [
    () => auc([0, 0], [0.1, 0.2]),
    "auc: needs rows of class 1 and of another class; all 2 rows are of other classes",
  ],
  [() => auc([0, 1], [0.1]), "auc: actual has 2 rows and scores has 1; every row needs both"],
  [
    () =>
      auc(
        [0, 1],
        [
          [0.1, 0.9],
          [0.5, 0.5],
        ],
      ),
    "auc: scores must be one number a row, got 2 columns; hand over one of them, such as scores.column(1)",
  ],
  [() => auc([0, 1], [0.1, NaN]), "auc: scores has NaN in row 1, column 0"],
  [() => auc([0, 0.5], [0.1, 0.2]), "auc: actual has 0.5 in row 1"],
  [
    () => auc([0, 1], [0.1, 0.2], { positive: -1 }),
    "auc: positive must be a whole number of at least 0, got -1",
  ],
])("bad input is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
