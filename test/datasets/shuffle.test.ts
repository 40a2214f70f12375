import { expect, test } from "vitest";
import { datasetRows, loadIris, shuffle } from "../../src/datasets/index.js";

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test("x and y are shuffled alike, every row is kept, and the given data stays as it is", () => {
  const x = numbers(40);
  const shuffled = shuffle(
    x,
    x.map((value) => -value),
    { seed: 5 },
  );
  expect(shuffled.x.column(0)).toEqual(shuffled.indices);
  expect(shuffled.y.column(0)).toEqual(shuffled.x.column(0).map((value) => -value));
  expect([...shuffled.indices].sort((a, b) => a - b)).toEqual(numbers(40));
  expect(shuffled.indices).not.toEqual(numbers(40));
  expect(x).toEqual(numbers(40));
});

test("a data set keeps its rows together", () => {
  const iris = loadIris();
  const mixed = shuffle(iris, { seed: 1 });
  expect(mixed.labels).toEqual(mixed.codes.map((code) => iris.classNames[code]));
  expect(mixed.y.argmax()).toEqual(mixed.codes);
  expect(mixed.labels).not.toEqual(iris.labels);
  expect([...mixed.labels].sort()).toEqual([...iris.labels].sort());
  const rows = (table: typeof iris): string[] =>
    table.x.toArray().map((row, r) => `${row} ${table.labels[r]}`);
  expect(rows(mixed).sort()).toEqual(rows(iris).sort());
});

test("the seed decides", () => {
  const order = (seed?: number): readonly string[] =>
    shuffle(loadIris(), seed === undefined ? {} : { seed }).labels;
  expect(order(1)).toEqual(order(1));
  expect(order(1)).not.toEqual(order(2));
  expect(order()).toEqual(order(0));
});

test("rows of a data set are taken in the order asked for", () => {
  const taken = datasetRows(loadIris(), [149, 0]);
  expect(taken.labels).toEqual(["virginica", "setosa"]);
  expect(taken.x.row(1)).toEqual(loadIris().x.row(0));
  expect(() => datasetRows(loadIris(), [150])).toThrow(
    "there is no row 150; a [150, 4] matrix has rows 0 to 149",
  );
});

test("x and y of different lengths are refused", () => {
  expect(() => shuffle([1, 2], [1])).toThrow(
    "shuffle: x has 2 rows and y has 1; row i of both must be the same example.",
  );
});
