import { expect, test } from "vitest";
import { fitStandardizer, loadIris, standardize, trainTestSplit } from "../../src/datasets/index.js";
import { reference } from "./reference.js";

/** Two float64 sums of a few numbers in different order differ by a few units in the last place. */
function expectNear(actual: readonly number[], expected: readonly number[], tolerance = 1e-12): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(
      Math.abs(actual[index] - value),
      `element ${index}: ${actual[index]} is not ${value}`,
    ).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
  }
}

test.each(reference.standardized)("$x is measured and scaled as by scikit-learn", (expected) => {
  const scaler = fitStandardizer(expected.x);
  expectNear(scaler.mean, expected.mean);
  expectNear(scaler.scale, expected.scale);
  expectNear(scaler.transform(expected.x).toArray().flat(), expected.transformed.flat());
});

test("iris is measured as by scikit-learn", () => {
  const { x } = loadIris();
  const scaler = fitStandardizer(x);
  expectNear(scaler.mean, reference.iris.mean);
  expectNear(scaler.scale, reference.iris.scale);
  expectNear([...standardize(x).row(0)], reference.iris.firstRowStandardized);
});

test("test rows are scaled by the figures of the training rows, and inverse undoes it", () => {
  const { xTrain, xTest } = trainTestSplit(loadIris());
  const scaler = fitStandardizer(xTrain);
  const scaled = scaler.transform(xTest);
  expect(scaled.at(3, 2)).toBe((xTest.at(3, 2) - scaler.mean[2]) / scaler.scale[2]);
  expect(scaled.toArray()).not.toEqual(standardize(xTest).toArray());
  expectNear(scaler.inverse(scaled).toArray().flat(), xTest.toArray().flat());
});

test("columns have mean 0 and population standard deviation 1, a constant column becomes 0", () => {
  const rows = standardize([
    [1, 5, 0.1],
    [2, 5, 0.1],
    [9, 5, 0.1],
  ]).toArray();
  expectNear([rows.reduce((sum, row) => sum + row[0], 0)], [0]);
  expectNear([rows.reduce((sum, row) => sum + row[0] ** 2, 0) / 3], [1]);
  expectNear(
    rows.flatMap((row) => row.slice(1)),
    [0, 0, 0, 0, 0, 0],
  );
});

test("gaps and other columns are refused", () => {
  expect(() =>
    fitStandardizer([
      [1, 2],
      [3, Infinity],
    ]),
  ).toThrow(
    "fitStandardizer: x has Infinity in row 1, column 1 (counted from 0). Drop the row or fill in the value first.",
  );
  expect(() => fitStandardizer([[1, 2]]).transform([[1], [2]])).toThrow(
    "standardizer.transform: was fitted on 2 columns, got 1; input is [2, 1]. Hand over the same features in the same order.",
  );
});
