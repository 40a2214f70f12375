import { expect, test } from "vitest";
import { fitMinMaxScaler, loadIris, minMaxScale, trainTestSplit } from "../../src/datasets/index.js";
import { expectClose } from "../expect-close.js";
import { reference } from "./folds-reference.js";

test.each(reference.minMax)("scaled to $range as by scikit-learn", ({ x, range, min, max, transformed }) => {
  const scaler = fitMinMaxScaler(x, { range });
  expect(scaler.min).toEqual(min);
  expect(scaler.max).toEqual(max);
  // scikit-learn multiplies and adds where we divide: a few units in the last place of float64.
  expectClose(scaler.transform(x), transformed, { tolerance: 1e-14 });
});

test("the ends of the range are met exactly, a constant column becomes the low end", () => {
  const scaled = minMaxScale([
    [0.1, 7],
    [0.3, 7],
    [0.7, 7],
  ]);
  expect(scaled.at(0, 0)).toBe(0);
  expect(scaled.at(2, 0)).toBe(1);
  expect(scaled.column(1)).toEqual([0, 0, 0]);
});

test("test rows are scaled by the figures of the training rows, and inverse undoes it", () => {
  const { xTrain, xTest } = trainTestSplit(loadIris());
  const scaler = fitMinMaxScaler(xTrain, { range: [-1, 1] });
  const scaled = scaler.transform(xTest);
  expect(scaled.equals(minMaxScale(xTest, { range: [-1, 1] }))).toBe(false);
  expectClose(scaler.inverse(scaled), xTest, { tolerance: 1e-14 });
});

test.each([
  [
    () => minMaxScale([[1]], { range: [1, 1] }),
    "fitMinMaxScaler: range must be two finite numbers, the smaller first, got [1, 1].",
  ],
  [() => minMaxScale([[1], [NaN]]), "fitMinMaxScaler: x has NaN in row 1, column 0"],
  [
    () => fitMinMaxScaler([[1, 2]]).transform([[1]]),
    "minMaxScaler.transform: was fitted on 2 columns, got 1; input is [1, 1].",
  ],
])("bad input is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
