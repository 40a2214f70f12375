import { expect, test } from "vitest";
import { r2, rmse } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";
import { reference } from "./metrics-reference.js";

test.each(reference.regression)("$name: as by scikit-learn", (expected) => {
  // Sums of 30 squares; far from 0 the mean of 1e6 costs six digits of the spread.
  expectClose(rmse(expected.actual, expected.predicted), expected.rmse, { tolerance: 1e-13 });
  expectClose(r2(expected.actual, expected.predicted), expected.r2, { tolerance: 1e-9 });
});

test("answering the mean gives R² 0, and units do not matter to it", () => {
  const actual = [1, 2, 6];
  expect(r2(actual, [3, 3, 3])).toBe(0);
  const predicted = [1.5, 2, 5];
  const scaled = (values: number[]): number[] => values.map((value) => 8 * value);
  expect(r2(scaled(actual), scaled(predicted))).toBe(r2(actual, predicted));
  expect(rmse(scaled(actual), scaled(predicted))).toBe(8 * rmse(actual, predicted));
});

test.each([
  [() => rmse([1, 2], [1]), "rmse: actual and predicted must have the same shape, got [2, 1] and [1, 1]"],
  [() => r2([[1, 2]], [1, 2]), "r2: actual and predicted must have the same shape, got [1, 2] and [2, 1]"],
  [() => r2([1], [1]), "r2: needs at least 2 rows; a single row has no spread to compare the errors with"],
  [() => rmse([1, NaN], [1, 2]), "rmse: actual has NaN in row 1, column 0"],
  [() => rmse([1, 2], [1, Infinity]), "rmse: predicted has Infinity in row 1, column 0"],
  [() => rmse([], []), "rmse: actual is empty"],
])("bad input is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
