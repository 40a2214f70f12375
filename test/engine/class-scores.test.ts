import { describe, expect, test } from "vitest";
import { confusionMatrix, f1, Matrix, precision, recall, topKAccuracy } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";
import { reference } from "./metrics-reference.js";

const scores = { precision, recall, f1 };
const names = Object.keys(scores) as (keyof typeof scores)[];
/** Sums of a few quotients in another order differ in the last bits of float64. */
const rounding = { tolerance: 1e-14 };

describe.each(reference.classes)("$name: as by scikit-learn", (expected) => {
  const { actual, predicted, zeroDivision } = expected;
  const classes = expected.classes === undefined ? {} : { classes: expected.classes };
  const options = { zeroDivision, ...classes };

  test("the confusion matrix", () => {
    expect(confusionMatrix(actual, predicted, classes).toArray()).toEqual(expected.confusion);
  });

  test.each(names)("%s in every average", (name) => {
    for (const average of ["macro", "weighted", "micro"] as const) {
      expectClose(
        scores[name](actual, predicted, { ...options, average }),
        expected[name][average],
        rounding,
      );
    }
    expectClose(
      scores[name](actual, predicted, { ...options, average: "none" }),
      expected[name].none,
      rounding,
    );
    for (const positive of [0, 1] as const) {
      const binary = expected[name][`binary ${positive}`];
      if (binary === undefined) continue;
      expectClose(scores[name](actual, predicted, { ...options, positive }), binary, rounding);
    }
  });
});

test("class numbers are read from lists, columns, one-hot rows and probabilities alike", () => {
  const actual = [0, 2, 1, 2];
  const oneHot = Matrix.from(actual.map((code) => [0, 1, 2].map((column) => (column === code ? 1 : 0))));
  const probabilities = Matrix.from([
    [0.6, 0.3, 0.1],
    [0.2, 0.3, 0.5],
    [0.5, 0.4, 0.1],
    [0.1, 0.1, 0.8],
  ]);
  const expected = [
    [1, 0, 0],
    [1, 0, 0],
    [0, 0, 2],
  ];
  expect(confusionMatrix(actual, [0, 2, 0, 2]).toArray()).toEqual(expected);
  expect(confusionMatrix(oneHot, probabilities).toArray()).toEqual(expected);
  expect(confusionMatrix(Matrix.from([[0], [2], [1], [2]]), Int32Array.of(0, 2, 0, 2)).toArray()).toEqual(
    expected,
  );
});

test("the confusion matrix counts every row once, and swapping the sides turns it", () => {
  for (const { actual, predicted } of reference.classes) {
    const counts = confusionMatrix(actual, predicted);
    expect(counts.sum()).toBe(actual.length);
    expect(confusionMatrix(predicted, actual).equals(counts.transpose())).toBe(true);
  }
});

test("micro precision is the accuracy; f1 lies between precision and recall", () => {
  for (const { actual, predicted } of reference.classes) {
    const right = actual.filter((code, row) => code === predicted[row]).length;
    expect(precision(actual, predicted, { average: "micro" })).toBe(right / actual.length);
    const [p, r, both] = [precision, recall, f1].map((of) => of(actual, predicted, { average: "none" }));
    both.forEach((value, code) => {
      expect(value).toBeGreaterThanOrEqual(Math.min(p[code], r[code]));
      expect(value).toBeLessThanOrEqual(Math.max(p[code], r[code]));
    });
  }
});

test.each(reference.topK)(
  "top-k accuracy of every k, as by scikit-learn (%#)",
  ({ actual, scores: table, accuracy }) => {
    for (const [k, expected] of Object.entries(accuracy)) {
      expectClose(topKAccuracy(actual, table, { k: Number(k) }), expected, rounding);
    }
    expect(topKAccuracy(actual, table)).toBe(topKAccuracy(actual, table, { k: 2 }));
  },
);

test("of equal scores the first column comes first, so that k = 1 is the accuracy of argmax", () => {
  expect(
    topKAccuracy(
      [0, 1, 2],
      [
        [1, 1, 0],
        [1, 1, 0],
        [0, 0, 0],
      ],
      { k: 1 },
    ),
  ).toBeCloseTo(1 / 3, 15);
});

test.each([
  [
    () => confusionMatrix([0, 1], [0]),
    "confusionMatrix: actual has 2 rows and predicted has 1; every row needs both",
  ],
  [() => confusionMatrix([], []), "confusionMatrix: actual is empty; there is nothing to count"],
  [
    () => confusionMatrix([0, -1], [0, 1]),
    "confusionMatrix: actual has -1 in row 1; classes are numbers 0, 1, 2, …",
  ],
  [
    () => precision([0, 1], [0.2, 0.9]),
    "precision: predicted has 0.2 in row 0; classes are numbers 0, 1, 2, …; make a class of a probability first, such as p > 0.5 ? 1 : 0",
  ],
  [
    () => recall(["cat"] as never, [0]),
    'recall: actual has "cat" in row 0; classes are numbers 0, 1, 2, …; labelEncode numbers them',
  ],
  [
    () => f1([[1, 0]] as never, [0]),
    "f1: actual has a list in row 0; hand over one-hot rows as a Matrix (Matrix.from)",
  ],
  [() => f1(Matrix.from([[1, NaN]]), [0]), "f1: actual has NaN in row 0, column 1"],
  [
    () => f1(undefined as never, [0]),
    "f1: actual must be a list of class numbers or a Matrix, got undefined",
  ],
  [
    () => confusionMatrix([0, 3], [0, 1], { classes: 3 }),
    "confusionMatrix: actual has class 3 in row 1, but 3 classes are numbered 0 to 2",
  ],
  [
    () => confusionMatrix([0], [0], { classes: 0 }),
    "confusionMatrix: classes must be a whole number of at least 1, got 0",
  ],
  [
    () => precision([0, 1, 2], [0, 1, 2]),
    'precision: average "binary" is for classes 0 and 1, but there are 3 classes; choose average "macro", "weighted", "micro" or "none"',
  ],
  [() => precision([0, 1], [0, 1], { positive: 2 }), "precision: positive must be 0 or 1, got 2"],
  [
    () => precision([0], [0], { zeroDivision: NaN as never }),
    "precision: zeroDivision must be 0 or 1, got NaN",
  ],
  [
    () => precision([0], [0], { average: "mean" as never }),
    'average "mean" is unknown; known are none, binary, macro, weighted, micro.',
  ],
  [
    () => topKAccuracy([0], [[0.1, 0.9]]),
    "topKAccuracy: k must be a whole number from 1 to 1, below the 2 classes of scores, got 2",
  ],
  [
    () => topKAccuracy([2], [[0.1, 0.9]], { k: 1 }),
    "topKAccuracy: actual has class 2 in row 0, but 2 classes are numbered 0 to 1",
  ],
  [
    () => topKAccuracy([0, 1], [[0.1, 0.9]], { k: 1 }),
    "topKAccuracy: actual has 2 rows and scores has 1; every row needs both",
  ],
])("bad input is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
