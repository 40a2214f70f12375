import { expect, test } from "vitest";
import { numericColumn, parseCsv, parseNumber, textColumn } from "../../src/datasets/index.js";

test("a table is read with header, cells and the line of each row", () => {
  const table = parseCsv("\uFEFFa, b \r\n1,x\r\n\r\n2,\r\n");
  expect(table.header).toEqual(["a", "b"]);
  expect(table.rows).toEqual([
    ["1", "x"],
    ["2", ""],
  ]);
  expect(table.lines).toEqual([2, 4]);
});

test("quoted cells keep delimiters, quotes and line breaks, and later lines are still counted right", () => {
  const table = parseCsv('name;n\n"a;""b""\nc";1\nd;2\n"";3', { delimiter: ";" });
  expect(textColumn(table, "name")).toEqual(['a;"b"\nc', "d", ""]);
  expect(numericColumn(table, "n")).toEqual([1, 2, 3]);
  expect(table.lines).toEqual([2, 4, 5]);
});

test("a quoted empty cell in a table of one column is a row, a blank line is not", () => {
  expect(parseCsv('a\n""\n\n1\n').rows).toEqual([[""], ["1"]]);
});

test.each([
  ["", "CSV text: is empty; expected a header line and rows of values."],
  ["\n \n", "CSV text: is empty; expected a header line and rows of values."],
  [
    "a,b\n1\n",
    'CSV text, line 2: expected 2 cells (a, b), got 1. A missing value is an empty cell; a cell that contains "," needs quotes.',
  ],
  [
    "a,b\n1,2\n1,2,3\n",
    'CSV text, line 3: expected 2 cells (a, b), got 3. A missing value is an empty cell; a cell that contains "," needs quotes.',
  ],
  ["a,b,a\n1,2,3\n", 'CSV text, line 1: columns 1 and 3 are both named "a". Rename one of them.'],
  ["a,,c\n1,2,3\n", "CSV text, line 1: column 2 has no name in the header."],
  ['a,b\n1,"2\n3,4\n', "CSV text, line 2, column 2: the quote is never closed."],
  [
    'a,b\n1,"2"x\n',
    'CSV text, line 2, column 2: text follows a closing quote. A quote within a quoted cell is written twice ("").',
  ],
])("%j is refused with its place", (text, message) => {
  expect(() => parseCsv(text)).toThrow(message);
});

test("a bad number is refused with source, line and column", () => {
  const table = parseCsv("a,b\n1,2\n3,four\n5,\n", { source: "my.csv" });
  expect(() => numericColumn(table, "b")).toThrow(
    'my.csv, line 3, column "b": expected a number, got "four".',
  );
  const gap = parseCsv('a\n1\n""\n', { source: "my.csv" });
  expect(() => numericColumn(gap, "a")).toThrow(
    'my.csv, line 3, column "a": expected a number, the cell is empty.',
  );
  expect(() => numericColumn(table, "c")).toThrow('my.csv: has no column "c"; its columns are a, b.');
});

test("only decimal notation is a number", () => {
  expect(["5", "-0.1", ".5", "5.", " 1e-3 ", "+2E2"].map(parseNumber)).toEqual([5, -0.1, 0.5, 5, 0.001, 200]);
  for (const cell of ["", " ", "0x10", "1,5", "NaN", "Infinity", "1e999", "5 cm", "1_000"]) {
    expect(parseNumber(cell), cell).toBeUndefined();
  }
});
