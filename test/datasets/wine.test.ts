import { describe, expect, test } from "vitest";
import { duplicateRows, loadWine } from "../../src/datasets/index.js";
import { wineColumns, wineStatistics } from "../../src/datasets/wine-statistics.js";
import { realWine } from "./real-data.js";

describe.skipIf(!realWine.present)(`UCI Wine Quality${realWine.note}`, () => {
  test("1,599 red wines, then 4,898 white ones, in 12 columns and the colour, red being 1", () => {
    const wine = loadWine({ synthetic: false });
    expect([wine.x.shape, wine.y.shape, wine.synthetic]).toEqual([[6497, 12], [6497, 2], false]);
    expect(wine.codes).toEqual(Array.from({ length: 6497 }, (_, row) => (row < 1599 ? 1 : 0)));
    expect([wine.labels[0], wine.labels[6496], wine.classNames]).toEqual(["red", "white", ["white", "red"]]);
    expect([...wine.featureNames, "colour"].length).toBe(13);
  });

  test("the five sample rows of the notes are there", () => {
    // COURSE.md, section E1: rows 964, 664, 1692, 5801, 2207, counted from 0, with the colour behind.
    const wine = loadWine({ synthetic: false });
    const rows = [964, 664, 1692, 5801, 2207].map((row) => [...wine.x.row(row), wine.codes[row]]);
    expect(rows).toEqual([
      [8.5, 0.47, 0.27, 1.9, 0.058, 18, 38, 0.99518, 3.16, 0.85, 11.1, 6, 1],
      [12.1, 0.4, 0.52, 2, 0.092, 15, 54, 1, 3.03, 0.66, 10.2, 5, 1],
      [6.9, 0.21, 0.33, 1.8, 0.034, 48, 136, 0.9899, 3.25, 0.41, 12.6, 7, 0],
      [6.7, 0.24, 0.31, 2.3, 0.044, 37, 113, 0.99013, 3.29, 0.46, 12.9, 6, 0],
      [6.1, 0.28, 0.25, 17.75, 0.044, 48, 161, 0.9993, 3.34, 0.48, 9.5, 5, 0],
    ]);
  });

  test("1,177 rows repeat an earlier one", () => {
    expect(duplicateRows(loadWine({ synthetic: false })).indices.length).toBe(1177);
  });
});

describe("the stand-in for wine", () => {
  const wine = loadWine({ synthetic: true });

  test("has the shape and the repeated rows of the real table and says that it is none", () => {
    expect([wine.x.shape, wine.y.shape, wine.synthetic, wine.name]).toEqual([
      [6497, 12],
      [6497, 2],
      true,
      "wine (synthetic)",
    ]);
    expect(wine.codes.reduce((sum, code) => sum + code, 0)).toBe(1599);
    expect(duplicateRows(wine).indices.length).toBe(1177);
    expect(loadWine({ synthetic: true }).x.equals(wine.x)).toBe(true);
  });

  // What lies beyond the limits is drawn again, which moves a mean a little: a fifth of a deviation allows for that.
  test.each(wineColumns)("%s: mean and limits of each colour are the published ones", (column) => {
    const j = wine.featureNames.indexOf(column);
    for (const colour of ["red", "white"] as const) {
      const { mean, deviation, least, greatest } = wineStatistics(colour, column);
      const values = wine.x.column(j).filter((_, row) => wine.labels[row] === colour);
      const drawn = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(Math.abs(drawn - mean)).toBeLessThan(0.2 * deviation);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(least);
      expect(Math.max(...values)).toBeLessThanOrEqual(greatest);
    }
  });
});
