/** A table of text cells. Every row has as many cells as the header has names. */
export interface CsvTable {
  /** What the errors call this table: a path, or "CSV text". */
  readonly source: string;
  /** The names of the columns. */
  readonly header: readonly string[];
  /** The cells, row by row; all of them are text. */
  readonly rows: readonly (readonly string[])[];
  /** `lines[i]` is the line of the file, counted from 1, on which `rows[i]` begins. */
  readonly lines: readonly number[];
}

/** The options of `parseCsv`. */
export interface CsvOptions {
  /** One character between cells; default `","`. */
  delimiter?: string;
  /** The names of the columns, for a text without a header line: then its first line is a row, too. */
  names?: readonly string[];
  /** What the errors call this text; default `"CSV text"`. */
  source?: string;
}

/**
 * Reads comma-separated values with a header line (or with `names` for the columns), strictly: RFC 4180 (quoted cells, doubled quotes, line breaks
 * within quotes), LF or CRLF, a leading byte order mark dropped, blank lines skipped.
 * Cells stay text, header names lose their outer spaces.
 *
 * @throws Error naming line and column for an empty text, an empty or repeated header name, a row that is too short
 *   or too long, and a quote that is not closed or is followed by more text.
 *
 * @example
 * import { parseCsv } from "gradus";
 * const table = parseCsv(`name,height\nAda,1.65\n"Lovelace, A.",1.7`);
 * console.log(table.header); // [ 'name', 'height' ]
 * console.log(table.rows); // [ [ 'Ada', '1.65' ], [ 'Lovelace, A.', '1.7' ] ]
 */
export function parseCsv(
  text: string,
  { delimiter = ",", names, source = "CSV text" }: CsvOptions = {},
): CsvTable {
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new Error(`${source}: the delimiter must be one character, got ${JSON.stringify(delimiter)}.`);
  }
  const records = readRecords(text.startsWith("\uFEFF") ? text.slice(1) : text, delimiter, source);
  if (records.length === 0) {
    throw new Error(
      `${source}: is empty; expected ${names === undefined ? "a header line and rows" : "rows"} of values.`,
    );
  }
  const [first, ...body] = names === undefined ? records : [{ cells: names, line: 0 }, ...records];
  const header = first.cells.map((name) => name.trim());
  checkHeader(header, first.line, source);
  for (const { cells, line } of body) {
    if (cells.length !== header.length) {
      throw new Error(
        `${source}, line ${line}: expected ${header.length} cells (${header.join(", ")}), got ${cells.length}. ` +
          `A missing value is an empty cell; a cell that contains "${delimiter}" needs quotes.`,
      );
    }
  }
  return {
    source,
    header,
    rows: body.map((record) => record.cells),
    lines: body.map((record) => record.line),
  };
}

/**
 * The finite number that a cell spells in decimal notation (`5`, `-0.1`, `1e-3`), or `undefined`.
 * Stricter than `Number()`, which takes an empty cell for 0 and `0x10` for 16.
 *
 * @example
 * import { parseNumber } from "gradus";
 * console.log(parseNumber(" 1e-3 "), parseNumber("5 cm"), parseNumber("")); // 0.001 undefined undefined
 */
export function parseNumber(cell: string): number | undefined {
  const trimmed = cell.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * One column of a table as numbers.
 *
 * @throws Error naming line and column of a cell that is no number.
 *
 * @example
 * import { numericColumn, parseCsv } from "gradus";
 * const table = parseCsv("name,height\nAda,1.65\nAlan,1.78");
 * console.log(numericColumn(table, "height")); // [ 1.65, 1.78 ]
 */
export function numericColumn(table: CsvTable, name: string): number[] {
  const column = columnIndex(table, name);
  return table.rows.map((cells, row) => {
    const value = parseNumber(cells[column]);
    if (value === undefined) {
      const cell = cells[column].trim() === "" ? "the cell is empty" : `got ${JSON.stringify(cells[column])}`;
      throw new Error(
        `${table.source}, line ${table.lines[row]}, column "${name}": expected a number, ${cell}.`,
      );
    }
    return value;
  });
}

/**
 * One column of a table as text.
 *
 * @example
 * import { parseCsv, textColumn } from "gradus";
 * const table = parseCsv("name,height\nAda,1.65\nAlan,1.78");
 * console.log(textColumn(table, "name")); // [ 'Ada', 'Alan' ]
 */
export function textColumn(table: CsvTable, name: string): string[] {
  const column = columnIndex(table, name);
  return table.rows.map((cells) => cells[column]);
}

function columnIndex(table: CsvTable, name: string): number {
  const index = table.header.indexOf(name);
  if (index === -1) {
    throw new Error(
      `${table.source}: has no column ${JSON.stringify(name)}; its columns are ${table.header.join(", ")}.`,
    );
  }
  return index;
}

function checkHeader(header: readonly string[], line: number, source: string): void {
  const seen = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    if (name === "")
      throw new Error(`${source}, line ${line}: column ${index + 1} has no name in the header.`);
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      throw new Error(
        `${source}, line ${line}: columns ${earlier + 1} and ${index + 1} are both named "${name}". Rename one of them.`,
      );
    }
    seen.set(name, index);
  }
}

interface CsvRecord {
  readonly cells: string[];
  readonly line: number;
}

function readRecords(text: string, delimiter: string, source: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const record: CsvRecord = { cells: [], line };
    let quoted = false;
    for (;;) {
      let cell: string;
      if (text[at] === '"') {
        quoted = true;
        const start = line;
        [cell, at] = readQuoted(text, at, () => {
          throw new Error(
            `${source}, line ${start}, column ${record.cells.length + 1}: the quote is never closed.`,
          );
        });
        line += cell.split("\n").length - 1;
        if (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r") {
          throw new Error(
            `${source}, line ${line}, column ${record.cells.length + 1}: text follows a closing quote. ` +
              `A quote within a quoted cell is written twice ("").`,
          );
        }
      } else {
        let end = at;
        while (end < text.length && text[end] !== delimiter && text[end] !== "\n" && text[end] !== "\r")
          end++;
        cell = text.slice(at, end);
        at = end;
      }
      record.cells.push(cell);
      if (text[at] !== delimiter) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    const blank = record.cells.length === 1 && record.cells[0].trim() === "" && !quoted;
    if (!blank) records.push(record);
  }
  return records;
}

/** The cell that opens with the quote at `at`, and the position after its closing quote. */
function readQuoted(text: string, at: number, unclosed: () => never): [cell: string, next: number] {
  let end = at + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end === -1) return unclosed();
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  return [text.slice(at + 1, end).replaceAll('""', '"'), end + 1];
}
