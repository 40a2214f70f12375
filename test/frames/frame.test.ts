import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadIris } from "../../src/datasets/index.js";
import { frame } from "../../src/frames/index.js";

interface Described {
  lines: string[];
  iris: number[][];
  gaps: { values: (number | null)[]; described: number[] };
}
/** NumPy's answers, written by fixtures/datasets/make_describe.py. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/datasets/describe.json", import.meta.url), "utf8"),
) as Described;

const gaps = frame.from({ g: ["x", "x", "y", "y"], a: [1, null, 4, 6], b: [10, 20, 30, 40] });

function expectNear(actual: readonly unknown[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 10);
}

describe("missing values never count as 0", () => {
  test("describe answers as NumPy does for the present values", () => {
    const table = frame
      .from({ v: reference.gaps.values, text: reference.gaps.values.map(() => "t") })
      .describe();
    expect(table.index).toEqual(reference.lines);
    expect(table.columns).toEqual(["v"]);
    expectNear(table.column("v"), reference.gaps.described);
  });

  test("describe of iris answers as NumPy does", () => {
    const table = frame.fromDataset(loadIris()).describe();
    for (const [column, name] of table.columns.entries())
      expectNear(table.column(name), reference.iris[column]);
  });

  test("describe of a column without values has count 0 and no other figure", () => {
    const table = frame.from({ a: [null, null], b: [1, null] }).describe();
    expect(table.column("a")).toEqual([0, null, null, null, null, null, null, null]);
    expect(table.column("b").slice(0, 3)).toEqual([1, 1, null]);
  });

  test.each([
    ["mean", [1, 5], [15, 35]],
    ["sum", [1, 10], [30, 70]],
    ["count", [1, 2], [2, 2]],
    ["min", [1, 4], [10, 30]],
    ["max", [1, 6], [20, 40]],
    ["median", [1, 5], [15, 35]],
    ["std", [null, Math.SQRT2], [Math.sqrt(50), Math.sqrt(50)]],
  ] as const)("groupby.%s leaves them out", (statistic, a, b) => {
    const table = gaps.groupby("g")[statistic]();
    expect(table.columns).toEqual(["g", `a_${statistic}`, `b_${statistic}`]);
    expect(table.column("g")).toEqual(["x", "y"]);
    for (const [name, expected] of [
      ["a", a],
      ["b", b],
    ] as const) {
      for (const [group, cell] of table.column(`${name}_${statistic}`).entries()) {
        if (expected[group] === null) expect(cell).toBeNull();
        else expect(cell).toBeCloseTo(expected[group], 12);
      }
    }
  });

  test("sortValues puts them last in either direction", () => {
    const table = frame.from({ v: [2, null, -3, 10] });
    expect(table.sortValues("v").column("v")).toEqual([-3, 2, 10, null]);
    expect(table.sortValues("v", { ascending: false }).column("v")).toEqual([10, 2, -3, null]);
    expect(table.sortValues("v").index).toEqual([2, 0, 3, 1]);
  });

  test("toMatrix refuses them with row and column, and takes the filled table", () => {
    expect(() => gaps.toMatrix(["a", "b"])).toThrow(
      'toMatrix: row 1, column "a" is missing. Use dropNa() or fillNa(value) first.',
    );
    expect(() => gaps.toMatrix()).toThrow(
      'toMatrix: row 0, column "g" is the text "x". Name the numeric columns, or encode text with labelEncode or oneHot.',
    );
    expect(gaps.fillNa({ a: 0 }).toMatrix(["b", "a"]).toArray()).toEqual([
      [10, 1],
      [20, 0],
      [30, 4],
      [40, 6],
    ]);
    expect(gaps.dropNa().toMatrix(["a"]).toArray()).toEqual([[1], [4], [6]]);
    expect(
      frame
        .from({ yes: [true, false] })
        .toMatrix()
        .toArray(),
    ).toEqual([[1], [0]]);
    expect(() => gaps.filter(() => false).toMatrix(["a"])).toThrow(
      "toMatrix: nothing to convert: 0 rows, 1 columns.",
    );
  });

  test("NaN and undefined count as missing", () => {
    const table = frame.from({ v: [NaN, undefined as never, Infinity, 1] });
    expect(table.column("v")).toEqual([null, null, null, 1]);
    expect(table.missing()).toEqual({ v: 3 });
  });
});

describe("groupby", () => {
  test("keeps keys apart that danfojs joins with a hyphen", () => {
    const table = frame.from({ k: ["a-b", "a"], j: ["c", "b-c"], v: [1, 2] });
    expect(table.groupby(["k", "j"]).mean().values).toEqual([
      ["a", "b-c", 2],
      ["a-b", "c", 1],
    ]);
  });

  test("sorts numeric keys by value and puts rows without a key last", () => {
    const table = frame.from({ k: [10, null, 9, 9], v: [1, 2, 3, 4] });
    expect(table.groupby("k").size().values).toEqual([
      [9, 2],
      [10, 1],
      [null, 1],
    ]);
  });

  test("agg asks several statistics at once", () => {
    const table = gaps.groupby("g").agg({ a: ["mean", "count"], b: "max" });
    expect(table.columns).toEqual(["g", "a_mean", "a_count", "b_max"]);
    expect(table.values).toEqual([
      ["x", 1, 1, 20],
      ["y", 5, 2, 40],
    ]);
  });

  test("refuses text, unknown columns and unknown statistics", () => {
    expect(() =>
      frame
        .from({ k: [1], t: ["x"] })
        .groupby("k")
        .mean(["t"]),
    ).toThrow('groupby.mean: column "t" is not numeric: it contains "x".');
    expect(() =>
      frame
        .from({ k: [1], t: ["x"] })
        .groupby("k")
        .mean(),
    ).toThrow("groupby.mean: there is no numeric column besides k.");
    expect(() => gaps.groupby("q")).toThrow('frame: there is no column "q"; the columns are g, a, b.');
    expect(() => gaps.groupby("g").agg({ a: "average" as never })).toThrow(
      'groupby.agg: unknown statistic "average"; known are count, sum, mean, std, min, max, median.',
    );
  });
});

describe("sample", () => {
  const ten = frame.from({ v: Array.from({ length: 10 }, (_, value) => value) });

  test("draws without putting back, the same rows for the same seed", () => {
    const drawn = ten.sample(4, { seed: 3 }).column("v");
    expect(new Set(drawn).size).toBe(4);
    expect(ten.sample(4, { seed: 3 }).column("v")).toEqual(drawn);
    expect(ten.sample(4, { seed: 4 }).column("v")).not.toEqual(drawn);
    expect([...ten.sample(10).column("v")].sort()).toEqual(ten.column("v"));
  });

  test("draws every row equally often", () => {
    const counts = Array.from({ length: 10 }, () => 0);
    for (let seed = 0; seed < 2000; seed++) {
      for (const row of ten.sample(3, { seed }).column("v")) counts[row as number]++;
    }
    // 600 expected, standard deviation √(2000 · 0.3 · 0.7) = 20.5; five of them.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(103);
  });

  test("works on filtered rows and keeps their labels", () => {
    const upper = ten.filter((row) => (row.v as number) >= 5);
    const drawn = upper.sample(5);
    expect(drawn.index).toEqual(drawn.column("v"));
  });

  test("refuses more rows than there are", () => {
    expect(() => ten.sample(11)).toThrow("sample: cannot draw 11 rows from 10 without putting back.");
    expect(() => ten.sample(-1)).toThrow(
      "sample: the number of rows must be a whole number from 0 on, got -1.",
    );
  });
});

test("head, tail, select, drop, rename, filter and addColumn give new tables with their row labels", () => {
  expect(gaps.head(2).column("b")).toEqual([10, 20]);
  expect(gaps.tail(1).index).toEqual([3]);
  expect(gaps.head(99).shape).toEqual([4, 3]);
  expect(gaps.select(["b", "g"]).columns).toEqual(["b", "g"]);
  expect(gaps.drop(["a"]).columns).toEqual(["g", "b"]);
  expect(gaps.rename({ a: "age" }).columns).toEqual(["g", "age", "b"]);
  expect(gaps.filter((row) => row.g === "y").index).toEqual([2, 3]);
  expect(gaps.addColumn("c", (row, position) => (row.b as number) + position).column("c")).toEqual([
    10, 21, 32, 43,
  ]);
  expect(gaps.addColumn("a", [7, 7, 7, 7]).values[1]).toEqual(["x", 7, 20]);
  expect(gaps.columns).toEqual(["g", "a", "b"]);
  expect(() => gaps.addColumn("c", [1])).toThrow('addColumn: "c" has 1 values for 4 rows.');
  expect(() => gaps.rename({ a: "b" })).toThrow('frame: two columns are named "b"; rename one of them.');
});

test("column types are danfojs's words", () => {
  const table = frame.from({
    i: [1, 2],
    f: [1, 2.5],
    m: [1, null],
    t: ["a", null],
    b: [true, null],
    x: [1, "a"],
  });
  expect(table.dtypes).toEqual(["int32", "float32", "float32", "string", "boolean", "string"]);
});

test("from takes rows too, and refuses ragged ones", () => {
  expect(frame.from([{ a: 1, b: "x" }]).values).toEqual([[1, "x"]]);
  expect(() => frame.from([{ a: 1 }, { b: 2 }])).toThrow(
    "frame.from: row 1 and row 0 differ in the columns b, a.",
  );
  expect(() => frame.from({ a: [1], b: [1, 2] })).toThrow(
    'frame.from: column "a" has 1 values and column "b" 2; all need the same number.',
  );
  expect(() => frame.from({ a: [1n as never] })).toThrow('frame: row 0, column "a" is of type bigint');
});
