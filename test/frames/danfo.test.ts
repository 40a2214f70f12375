import { createRequire } from "node:module";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type * as danfojs from "danfojs-node";
import { expect, test } from "vitest";
import { frame } from "../../src/frames/index.js";

// danfojs-node itself, over the stand-ins of src/frames/stand-ins: it must install, load and compute.
const require = createRequire(import.meta.url);

const gaps = frame.from({ g: ["x", "x", "y"], a: [1, null, 4], b: [0.1, 0.2, 0.3] });

test("frame.danfo is a danfojs DataFrame of the same table", () => {
  const { danfo } = gaps.filter((row) => row.g === "y");
  expect(danfo.columns).toEqual(["g", "a", "b"]);
  expect(danfo.values).toEqual([["y", 4, 0.3]]);
  expect(danfo.index).toEqual([2]);
  expect(danfo.dtypes).toEqual(["string", "int32", "float32"]);
  expect(danfo.toString()).toContain("║");
});

test("danfojs computes in float64 over our tensors", () => {
  const { danfo } = frame.from({ p: [0.1, 3, 5], q: [0.2, 0, -2] });
  expect(danfo.add(0.2).values).toEqual([
    [0.1 + 0.2, 0.4],
    [3.2, 0.2],
    [5.2, -1.8],
  ]);
  expect(danfo.mul(danfo).values[2]).toEqual([25, 4]);
  expect(danfo.div([2, 4], { axis: 1 }).values[0]).toEqual([0.05, 0.05]);
  expect(danfo.sub([1, 2, 3], { axis: 0 }).values[2]).toEqual([2, -5]);
  expect(danfo.mod(3).values[2]).toEqual([2, 1]);
  expect(danfo.gt(1).values).toEqual([
    [false, false],
    [true, false],
    [true, false],
  ]);
  expect(danfo["p"].argMax()).toBe(2);
  expect(danfo["q"].argMin()).toBe(2);
  expect(danfo["p"].std()).toBeCloseTo(Math.sqrt((2.6 ** 2 + 0.3 ** 2 + 2.3 ** 2) / 2), 12);
});

test("danfojs scalers work on whole tables and refuse missing values, which they used to count as 0", () => {
  const { StandardScaler, MinMaxScaler } = require("danfojs-node") as typeof danfojs;
  const whole = frame.from({ a: [1, 2, 3], b: [0, 10, 5] }).danfo;
  expect(new MinMaxScaler().fitTransform(whole).values).toEqual([
    [0, 0],
    [0.5, 1],
    [1, 0.5],
  ]);
  const scaler = new StandardScaler();
  const scaled = scaler.fitTransform(whole);
  expect(scaled.values[0][0]).toBeCloseTo(-Math.sqrt(1.5), 12);
  expect(scaler.inverseTransform(scaled).values[1][1]).toBeCloseTo(10, 12);
  const broken = gaps.select(["a", "b"]).danfo;
  for (const Scaler of [StandardScaler, MinMaxScaler]) {
    expect(() => new Scaler().fit(broken)).toThrow(
      "row 1, column 0 is missing; drop the row or fill it in first",
    );
    expect(() => new Scaler().fit([1, NaN])).toThrow("row 1, column 0 is missing (NaN)");
  }
});

test("danfojs describe, mode and median work over our statistics, and refuse missing values", () => {
  const { danfo } = frame.from({ a: [1, 2, 2, 7] });
  expect(danfo.describe().values.flat()).toEqual([4, 3, Math.sqrt(22 / 3), 1, 2, 7, 22 / 3]);
  expect(danfo["a"].mode()).toEqual([2]);
  expect(() => gaps.danfo.describe()).toThrow("mean: value 1 is missing; drop it or fill it in first");
});

test("danfojs groupby and sortValues answer for whole tables and refuse what they used to get wrong", () => {
  const whole = frame.from({ g: ["x", "y", "x"], v: [3, 1, 2] }).danfo;
  expect(whole.groupby(["g"]).col(["v"]).mean().values).toEqual([
    ["x", 2.5],
    ["y", 1],
  ]);
  expect(whole.sortValues("v").index).toEqual([1, 2, 0]);
  expect(() => gaps.danfo.groupby(["g"])).toThrow("danfojs groupby: counts missing values as 0.");
  expect(() => gaps.danfo.sortValues("a")).toThrow("danfojs sortValues: counts missing values as 0.");
  const hyphens = frame.from({ k: ["a-b", "a"], j: ["c", "b-c"], v: [1, 2] }).danfo;
  expect(() => hyphens.groupby(["k", "j"])).toThrow('danfojs groupby: joins several keys with "-"');
  expect(hyphens.groupby(["k"]).col(["v"]).sum().values).toHaveLength(2);
});

test("danfojs sample draws from the whole table", async () => {
  const { danfo } = frame.from({ v: Array.from({ length: 10 }, (_, value) => value) });
  const drawn = new Set<number>();
  for (let seed = 0; seed < 50; seed++) {
    for (const [value] of (await danfo.sample(2, { seed })).values as number[][]) drawn.add(value);
  }
  expect(drawn.size).toBe(10);
});

test("danfojs reads CSV and JSON from an address over Node's fetch", async () => {
  const { readCSV, readJSON } = require("danfojs-node") as typeof danfojs;
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/no.csv" ? 404 : 200;
    response.end(request.url === "/t.json" ? '[{"a":1,"b":2}]' : "a,b\n1,2\n3,4\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await readCSV(`${base}/t.csv`)).values).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const fromJson = (await readJSON(`${base}/t.json`)) as danfojs.DataFrame;
    expect(fromJson.values).toEqual([[1, 2]]);
    await expect(readCSV(`${base}/no.csv`)).rejects.toThrow("HTTP 404: Not Found");
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test("Excel files are refused in one sentence", () => {
  const { toExcel } = require("danfojs-node") as typeof danfojs;
  expect(() => toExcel(gaps.danfo, { filePath: "x.xlsx" })).toThrow(
    "Excel files are not supported here: save the table as CSV (UTF-8) and read that.",
  );
});

test("no package of the big originals is installed", () => {
  for (const name of ["@tensorflow/tfjs-node", "mathjs", "node-fetch", "request", "xlsx"]) {
    const manifest = require(`${name}/package.json`) as { name: string };
    expect(manifest.name).toBe(`gradus-stand-in-${name.replace("@tensorflow/", "")}`);
  }
});
