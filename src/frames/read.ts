import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { parseCsv } from "../datasets/index.js";
import type { Dataset } from "../datasets/index.js";
import { parseCells } from "./cell.js";
import type { Cell } from "./cell.js";
import { Frame } from "./frame.js";

/** The options of `frame.read` and `frame.parse`. */
export interface ReadOptions {
  /** One character between cells; default `","`. */
  delimiter?: string;
  /** The names of the columns, for a file without a header line: then its first line is a row, too. */
  names?: readonly string[];
  /** Cells that count as missing; default: empty, `NA`, `N/A`, `NaN`, `nan`, `null`. */
  missing?: readonly string[];
}

const MISSING = ["", "NA", "N/A", "NaN", "nan", "null"];

/**
 * Reads a CSV file (UTF-8) with a header line, or with `names` for its columns, from a path, a path that begins with `~`, or an http(s) address.
 *
 * @throws Error naming the file for one that cannot be read, and line and column for a malformed one.
 *
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { frame } from "gradus";
 * await writeFile("people.csv", "name,age\nAda,36\nAlan,NA\n");
 * const people = await frame.read("people.csv");
 * console.log(people.column("age")); // [ 36, null ]
 */
export async function read(source: string, options: ReadOptions = {}): Promise<Frame> {
  if (typeof source !== "string" || source === "") {
    throw new Error(`frame.read: expected the path of a CSV file, got ${JSON.stringify(source)}.`);
  }
  if (source.includes("\n")) {
    throw new Error("frame.read: got text of several lines; to read CSV text use frame.parse(text).");
  }
  return parseTable(
    await (/^https?:\/\//.test(source) ? download(source) : readText(source)),
    source,
    options,
  );
}

/**
 * Reads CSV text with a header line, or with `names` for its columns.
 *
 * @example
 * import { frame } from "gradus";
 * console.log(frame.parse("name;age\nAda;36", { delimiter: ";" }).rows()); // [ { name: 'Ada', age: 36 } ]
 * console.log(frame.parse("Ada,36", { names: ["name", "age"] }).rows()); // [ { name: 'Ada', age: 36 } ]
 */
export function parse(text: string, options: ReadOptions = {}): Frame {
  return parseTable(text, "CSV text", options);
}

/**
 * A frame from columns, `{ name: ["a", "b"], n: [1, 2] }`, or from rows, `[{ name: "a", n: 1 }]`.
 *
 * @example
 * import { frame } from "gradus";
 * const byColumns = frame.from({ name: ["Ada", "Alan"], age: [36, 41] });
 * const byRows = frame.from([{ name: "Ada", age: 36 }, { name: "Alan", age: 41 }]);
 * console.log(byColumns.toCsv() === byRows.toCsv()); // true
 */
export function from(
  table: Readonly<Record<string, readonly Cell[]>> | readonly Readonly<Record<string, Cell>>[],
): Frame {
  if (isRows(table)) {
    const names = Object.keys(table[0] ?? {});
    for (const [row, record] of table.entries()) {
      const differs = [
        ...Object.keys(record).filter((name) => !names.includes(name)),
        ...names.filter((name) => !Object.hasOwn(record, name)),
      ];
      if (differs.length > 0) {
        throw new Error(`frame.from: row ${row} and row 0 differ in the columns ${differs.join(", ")}.`);
      }
    }
    return new Frame(
      names,
      table.map((record) => names.map((name) => record[name])),
    );
  }
  const names = Object.keys(table);
  const length = names.length === 0 ? 0 : table[names[0]].length;
  const odd = names.find((name) => table[name].length !== length);
  if (odd !== undefined) {
    throw new Error(
      `frame.from: column "${names[0]}" has ${length} values and column "${odd}" ${table[odd].length}; all need the same number.`,
    );
  }
  return new Frame(
    names,
    Array.from({ length }, (_, row) => names.map((name) => table[name][row])),
  );
}

/**
 * A data set as a frame: its features and a last column `label`.
 *
 * @example
 * import { frame, loadIris } from "gradus";
 * console.log(frame.fromDataset(loadIris()).head(2));
 * //    sepal_length  sepal_width  petal_length  petal_width  label
 * // 0           5.1          3.5           1.4          0.2  setosa
 * // 1           4.9            3           1.4          0.2  setosa
 * // 2 rows × 5 columns
 */
export function fromDataset(data: Dataset): Frame {
  return new Frame(
    [...data.featureNames, "label"],
    data.labels.map((label, row) => [...data.x.row(row), label]),
  );
}

/**
 * Where frames come from: a file or an address (`read`), CSV text (`parse`), columns or rows (`from`), a data set (`fromDataset`).
 *
 * @example
 * import { frame } from "gradus";
 * const table = frame.parse("name,age\nAda,36\nAlan,41");
 * console.log(table.column("age")); // [ 36, 41 ]
 */
export const frame: {
  readonly read: typeof read;
  readonly parse: typeof parse;
  readonly from: typeof from;
  readonly fromDataset: typeof fromDataset;
} = { read, parse, from, fromDataset };

function parseTable(
  text: string,
  source: string,
  { delimiter = ",", names, missing = MISSING }: ReadOptions,
): Frame {
  const table = parseCsv(text, { delimiter, source, ...(names === undefined ? {} : { names }) });
  const known = new Set(missing);
  const columns = table.header.map((_, column) =>
    parseCells(
      table.rows.map((cells) => cells[column]),
      known,
    ),
  );
  return new Frame(
    table.header,
    table.rows.map((_, row) => columns.map((cells) => cells[row])),
  );
}

async function readText(path: string): Promise<string> {
  const file = resolve(/^~(?=$|[/\\])/.test(path) ? homedir() + path.slice(1) : path);
  try {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new Error(`frame.read: ${reasonOf(cause, path, file)}`, { cause });
  }
}

function reasonOf(cause: unknown, path: string, file: string): string {
  const code = (cause as { code?: unknown }).code;
  if (code === "ENOENT")
    return `there is no file ${file}. Is ${JSON.stringify(path)} relative to the notebook's folder?`;
  if (code === "EISDIR") return `${file} is a folder, not a CSV file.`;
  if (code === "EACCES" || code === "EPERM") return `no permission to read ${file}.`;
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return `${file} is not UTF-8 text. Save it as CSV UTF-8.`;
  return `cannot read ${file}: ${String(cause)}`;
}

async function download(address: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (cause) {
    throw new Error(`frame.read: cannot reach ${address}. Is the network there?`, { cause });
  }
  if (!response.ok)
    throw new Error(`frame.read: ${address} answered ${response.status} ${response.statusText}.`);
  return response.text();
}

function isRows(
  table: Readonly<Record<string, readonly Cell[]>> | readonly Readonly<Record<string, Cell>>[],
): table is readonly Readonly<Record<string, Cell>>[] {
  return Array.isArray(table);
}
