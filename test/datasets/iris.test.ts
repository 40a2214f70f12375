import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { loadIris } from "../../src/datasets/index.js";
import { reference } from "./reference.js";

const table = readFileSync(new URL("../../data/iris/iris.csv", import.meta.url), "utf8");
const card = readFileSync(new URL("../../data/iris/README.md", import.meta.url), "utf8");

test("iris has the rows and column sums of scikit-learn's load_iris", () => {
  const { x } = loadIris();
  expect(x.shape).toEqual([150, 4]);
  for (const [row, figures] of Object.entries(reference.iris.rows)) {
    expect([...x.row(Number(row))], `row ${row}`).toEqual(figures);
  }
  const sums = [0, 1, 2, 3].map((column) => {
    let sum = 0;
    for (let row = 0; row < x.rows; row++) sum += x.at(row, column);
    return Math.round(sum * 10) / 10;
  });
  expect(sums).toEqual(reference.iris.columnSums);
});

test("iris names its columns and has 50 flowers of each species in the order of the table", () => {
  const iris = loadIris();
  expect(iris.featureNames).toEqual(["sepal_length", "sepal_width", "petal_length", "petal_width"]);
  expect(iris.classNames).toEqual(["setosa", "versicolor", "virginica"]);
  expect(iris.codes).toEqual(Array.from({ length: 150 }, (_, row) => Math.floor(row / 50)));
  expect(iris.labels).toEqual(iris.codes.map((code) => iris.classNames[code]));
  expect(iris.y.shape).toEqual([150, 3]);
  expect([...iris.y.row(50)]).toEqual([0, 1, 0]);
});

test("iris is found from any working directory", () => {
  const before = process.cwd();
  process.chdir(tmpdir());
  try {
    expect(loadIris().x.rows).toBe(150);
  } finally {
    process.chdir(before);
  }
});

test("the data card states the hash of the table", () => {
  expect(card).toContain(createHash("sha256").update(table).digest("hex"));
});

test("the data card names the only repeated rows of the table", () => {
  const lines = table.trim().split("\n").slice(1);
  const repeated = lines.flatMap((line, row) =>
    lines.indexOf(line) === row ? [] : [[lines.indexOf(line) + 1, row + 1]],
  );
  expect(repeated).toEqual([[102, 143]]);
  expect(card).toContain("102 and 143");
});
