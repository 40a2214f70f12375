import { parseNumber } from "../datasets/index.js";

/** One value of a table; `null` is a missing value. */
export type Cell = number | string | boolean | null;

/** What a column holds, in danfojs's words. */
export type ColumnType = "float32" | "int32" | "boolean" | "string";

/** A value as a cell: `undefined`, NaN and ±Infinity count as missing, a bigint or an object is refused. */
export function asCell(value: unknown, place: () => string): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  throw new Error(
    `frame: ${place()} is of type ${typeof value}; a cell is a number, text, true, false or null.`,
  );
}

/** A column of text as numbers if every present cell is one, else as true and false if every one is, else as text. */
export function parseCells(texts: readonly string[], missing: ReadonlySet<string>): Cell[] {
  const present = texts.map((text) => (missing.has(text.trim()) ? null : text));
  const numbers = present.map((text) => (text === null ? null : parseNumber(text)));
  if (numbers.every((value) => value !== undefined)) return numbers;
  const booleans = present.map((text) => (text === null ? null : asBoolean(text.trim().toLowerCase())));
  if (booleans.every((value) => value !== undefined)) return booleans;
  return present;
}

/** The type of a column by its present cells; a column of several kinds is text to danfojs. */
export function columnType(cells: readonly Cell[]): ColumnType {
  const present = cells.filter((cell) => cell !== null);
  if (present.every((cell) => typeof cell === "number")) {
    return present.length === cells.length && present.every(Number.isInteger) ? "int32" : "float32";
  }
  return present.every((cell) => typeof cell === "boolean") ? "boolean" : "string";
}

export function isNumeric(type: ColumnType): boolean {
  return type === "float32" || type === "int32";
}

/** Sorting order: numbers by value, text by code unit, false before true; missing cells always last. */
export function compareCells(a: Cell, b: Cell, ascending: boolean = true): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order = a === b ? 0 : a < b ? -1 : 1;
  return ascending ? order : -order;
}

function asBoolean(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** A cell as a number for training; true is 1, false 0. Throws for a missing cell and for text. */
export function asNumber(cell: Cell, place: () => string): number {
  if (typeof cell === "number") return cell;
  if (typeof cell === "boolean") return Number(cell);
  if (cell === null) throw new Error(`toMatrix: ${place()} is missing. Use dropNa() or fillNa(value) first.`);
  throw new Error(
    `toMatrix: ${place()} is the text ${JSON.stringify(cell)}. ` +
      `Name the numeric columns, or encode text with labelEncode or oneHot.`,
  );
}

/** A cell as CSV; text with a comma, a quote, a line break or outer space is quoted. */
export function asCsv(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
