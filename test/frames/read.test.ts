import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { loadIris } from "../../src/datasets/index.js";
import { frame } from "../../src/frames/index.js";

const folder = mkdtempSync(join(tmpdir(), "gradus-frames-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test("iris.csv is read with its types, equal to loadIris", async () => {
  const iris = await frame.read(fileURLToPath(new URL("../../data/iris/iris.csv", import.meta.url)));
  expect(iris.shape).toEqual([150, 5]);
  expect(iris.dtypes).toEqual(["float32", "float32", "float32", "float32", "string"]);
  expect(iris.toMatrix(loadIris().featureNames).equals(loadIris().x)).toBe(true);
});

test("numbers, booleans, text and missing values are told apart", () => {
  const table = frame.parse("n,b,t,m\n1,true,x,NA\n,FALSE, y ,2\n-2.5,,1e,\n");
  expect(table.values).toEqual([
    [1, true, "x", null],
    [null, false, " y ", 2],
    [-2.5, null, "1e", null],
  ]);
  expect(frame.parse("c\nNA\nDE\n", { missing: [""] }).column("c")).toEqual(["NA", "DE"]);
  expect(frame.parse("a;b\n1;2\n", { delimiter: ";" }).values).toEqual([[1, 2]]);
  expect(frame.parse("a,b\n").shape).toEqual([0, 2]);
});

test("toCsv and parse are inverse", () => {
  const table = frame.from({ 'a "b"': [1, null], t: ["x,\ny", ' "q" '], u: [0.1, 1e21] });
  expect(frame.parse(table.toCsv()).values).toEqual(table.values);
  expect(frame.parse(table.toCsv()).columns).toEqual(table.columns);
  const gap = frame.from({ only: [1, null, 2] });
  expect(frame.parse(gap.toCsv()).values).toEqual(gap.values);
});

test("malformed files are refused with file, line and column", async () => {
  const ragged = file("ragged.csv", "a,b\n1,2\n3\n");
  await expect(frame.read(ragged)).rejects.toThrow(`${ragged}, line 3: expected 2 cells (a, b), got 1.`);
  const twice = file("twice.csv", "a,b,a\n1,2,3\n");
  await expect(frame.read(twice)).rejects.toThrow(`${twice}, line 1: columns 1 and 3 are both named "a".`);
  const empty = file("empty.csv", "");
  await expect(frame.read(empty)).rejects.toThrow(`${empty}: is empty; expected a header line`);
  const latin = file("latin.csv", Uint8Array.of(0x61, 0x0a, 0xe9, 0x0a));
  await expect(frame.read(latin)).rejects.toThrow(`${latin} is not UTF-8 text. Save it as CSV UTF-8.`);
});

test("a file that is not there, a folder and wrong arguments are refused in one sentence", async () => {
  const absent = join(folder, "absent.csv");
  await expect(frame.read(absent)).rejects.toThrow(`frame.read: there is no file ${absent}. Is `);
  await expect(frame.read(folder)).rejects.toThrow(`frame.read: ${folder} is a folder, not a CSV file.`);
  await expect(frame.read("a,b\n1,2")).rejects.toThrow("to read CSV text use frame.parse(text)");
  await expect(frame.read("")).rejects.toThrow("frame.read: expected the path of a CSV file");
});

test("~ is the home folder", async () => {
  await expect(frame.read("~/gradus-no-such-file.csv")).rejects.toThrow(
    `there is no file ${join(homedir(), "gradus-no-such-file.csv")}`,
  );
});

test("an address is fetched, and a refusal is an error", async () => {
  const server = createServer((request, response) => {
    response.statusCode = request.url === "/t.csv" ? 200 : 404;
    response.end("a,b\n1,2\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect((await frame.read(`${base}/t.csv`)).values).toEqual([[1, 2]]);
    await expect(frame.read(`${base}/no.csv`)).rejects.toThrow(
      `frame.read: ${base}/no.csv answered 404 Not Found.`,
    );
  } finally {
    server.close();
    server.closeAllConnections();
  }
  await expect(frame.read(`${base}/t.csv`)).rejects.toThrow(`frame.read: cannot reach ${base}/t.csv.`);
});

test("names stand in for a header line, and the first line is a row", () => {
  const table = frame.parse("5.1,setosa\n7.0,versicolor", { names: ["length", "species"] });
  expect(table.rows()).toEqual([
    { length: 5.1, species: "setosa" },
    { length: 7, species: "versicolor" },
  ]);
  const parse = (text: string, names: string[]) => (): unknown => frame.parse(text, { names });
  expect(parse("1,2,3", ["a", "b"])).toThrow("line 1: expected 2 cells (a, b), got 3");
  expect(parse("1,2", ["a", "a"])).toThrow('"a"');
  expect(parse("", ["a"])).toThrow("is empty; expected rows of values");
});
