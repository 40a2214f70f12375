import { expect, test } from "vitest";
import { datasetRows, duplicateRows, loadIris } from "../../src/datasets/index.js";

test("rows that repeat an earlier row are found, with the row they repeat", () => {
  const rows = [
    [1, 2],
    [12, 0],
    [1, 2],
    [1, 20],
    [1, 2],
    [-0, 0],
    [0, 0],
  ];
  expect(duplicateRows(rows)).toEqual({ indices: [2, 4, 6], repeats: [0, 0, 5], firstIndices: [0, 1, 3, 5] });
});

test("iris holds one flower twice: rows 101 and 142", () => {
  const iris = loadIris();
  expect(duplicateRows(iris)).toMatchObject({ indices: [142], repeats: [101] });
  const distinct = datasetRows(iris, duplicateRows(iris).firstIndices);
  expect(distinct.labels).toHaveLength(149);
  expect(duplicateRows(distinct).indices).toEqual([]);
});

test("in a data set, equal features with different labels are two rows", () => {
  const iris = loadIris();
  const relabelled = { ...iris, labels: iris.labels.map((label, row) => (row === 142 ? "other" : label)) };
  expect(duplicateRows(relabelled).indices).toEqual([]);
  expect(duplicateRows(relabelled.x).indices).toEqual([142]);
});

test("a gap is refused", () => {
  expect(() => duplicateRows([[NaN]])).toThrow("duplicateRows: x has NaN in row 0, column 0");
});
