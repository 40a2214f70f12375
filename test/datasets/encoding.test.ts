import { expect, test } from "vitest";
import { labelEncode, oneHot } from "../../src/datasets/index.js";
import { reference } from "./reference.js";

test.each(reference.encoded)(
  "labelEncode numbers $labels as scikit-learn does",
  ({ labels, classes, codes }) => {
    expect(labelEncode(labels)).toEqual({ classes, codes });
  },
);

test("labelEncode numbers new labels by the classes it is given", () => {
  const { classes } = labelEncode(["cat", "dog", "bird"]);
  expect(labelEncode(["dog", "dog"], { classes }).codes).toEqual([2, 2]);
  expect(() => labelEncode(["dog", "fish"], { classes })).toThrow(
    'labelEncode: row 1: unknown label "fish"; the classes are "bird", "cat", "dog".',
  );
});

test("oneHot puts a single 1 into the column of the class", () => {
  expect(oneHot([0, 2, 1, 2]).toArray()).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  expect(oneHot(["b", "a"]).toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test("oneHot keeps a class that does not occur if classes says so", () => {
  expect(oneHot([0, 1], { classes: 4 }).shape).toEqual([2, 4]);
  expect(oneHot(["dog"], { classes: ["dog", "cat"] }).toArray()).toEqual([[1, 0]]);
  expect(oneHot([7, 5], { classes: [5, 7] }).toArray()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test.each([
  [() => oneHot([]), "oneHot: the list of labels is empty."],
  [() => oneHot([0, 1.5]), "oneHot: row 1: a class number is 0, 1, 2, …, got 1.5."],
  [() => oneHot([0, -1]), "oneHot: row 1: a class number is 0, 1, 2, …, got -1."],
  [() => oneHot([0, 3], { classes: 3 }), "oneHot: row 1: unknown label 3; the classes are 0, 1, 2."],
  [
    () => oneHot([0], { classes: 0 }),
    "oneHot: classes must be a whole number from 1 on, or a list of class names, got 0.",
  ],
  [() => oneHot(["a"], { classes: ["a", "a"] }), 'oneHot: class "a" is listed twice.'],
  [
    () => oneHot(["a"], { classes: 2 }),
    'oneHot: classes: 2 counts class numbers, but the labels are text. Hand over the class names: classes: ["a", …].',
  ],
  [() => labelEncode([1, NaN]), "labelEncode: row 1: a label is text or a finite number, got NaN."],
  [
    () => labelEncode(["a", 1]),
    'labelEncode: row 1 is a number (1) but row 0 is a string ("a"); labels must be all text or all numbers.',
  ],
])("bad labels are refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
