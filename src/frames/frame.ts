import { jupyterDisplay } from "../display/index.js";
import type { Displayable, MimeBundle } from "../display/index.js";
import { Matrix, Random } from "../engine/index.js";
import { asCell, asCsv, asNumber, columnType, compareCells, isNumeric } from "./cell.js";
import type { Cell, ColumnType } from "./cell.js";
import { danfo } from "./danfo.js";
import type { DanfoFrame } from "./danfo.js";
import { Grouping } from "./grouping.js";
import { quantile, statistics } from "./statistics.js";
import { htmlTable, textTable } from "./table.js";
import type { TableView } from "./table.js";

/** What stands before a row: its number in the table that it comes from, unless it was named. */
export type RowLabel = string | number;
/** One row by column name. */
export type Row = Readonly<Record<string, Cell>>;

const SHOWN_ROWS = 10;

/**
 * A table over a danfojs DataFrame, in danfojs's words, that never counts a missing value as 0.
 * Every method returns a new frame and leaves this one as it is. Row labels (`index`) stay with their rows.
 *
 * What is done here and not by danfojs-node 1.2.0, because danfojs gives wrong answers: `describe` and `groupby` with
 * missing values, `groupby` on several columns whose texts contain "-", `sortValues` with missing values, and `sample`,
 * which draws from the first rows only. Everything else of danfojs is within reach as `frame.danfo`.
 *
 * @example
 * import { frame } from "gradus";
 * const people = frame.from({ name: ["Ada", "Alan", "Grace"], age: [36, 41, null] });
 * console.log(people);
 * //    name       age
 * // 0  Ada         36
 * // 1  Alan        41
 * // 2  Grace  missing
 * // 3 rows × 2 columns
 * console.log(people.shape, people.missing()); // [ 3, 2 ] { name: 0, age: 1 }
 */
export class Frame implements Displayable {
  /** The names of the columns, left to right. */
  readonly columns: readonly string[];
  /** The row labels, top to bottom. */
  readonly index: readonly RowLabel[];
  /** The column types in danfojs's words; its "float32" only means "numbers with a fraction", they are kept in float64. */
  readonly dtypes: readonly ColumnType[];
  readonly #rows: readonly (readonly Cell[])[];

  /**
   * From rows of cells; `frame.from` is more convenient. Throws Error for two columns of one name and for rows of another
   * length.
   */
  constructor(
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
    index: readonly RowLabel[] = rows.map((_, row) => row),
  ) {
    const repeated = columns.find((name, at) => columns.indexOf(name) !== at);
    if (repeated !== undefined)
      throw new Error(`frame: two columns are named "${repeated}"; rename one of them.`);
    const ragged = rows.findIndex((cells) => cells.length !== columns.length);
    if (ragged !== -1) {
      throw new Error(
        `frame: row ${ragged} has ${rows[ragged].length} cells for ${columns.length} columns (${columns.join(", ")}).`,
      );
    }
    this.columns = [...columns];
    this.index = [...index];
    this.#rows = rows.map((cells, row) =>
      cells.map((cell, column) => asCell(cell, () => `row ${row}, column "${columns[column]}"`)),
    );
    this.dtypes = columns.map((_, column) => columnType(this.#rows.map((cells) => cells[column])));
  }

  /** [rows, columns] */
  get shape(): readonly [number, number] {
    return [this.#rows.length, this.columns.length];
  }

  /** The cells, row by row, as a copy. */
  get values(): Cell[][] {
    return this.#rows.map((cells) => [...cells]);
  }

  /**
   * The table as a danfojs DataFrame, a fresh copy at every reading, for whatever is not offered here.
   * Where values are missing, its `groupby`, `describe`, `sortValues`, scalers and arithmetic throw rather than count 0.
   */
  get danfo(): DanfoFrame {
    return new (danfo().DataFrame)(this.values, {
      columns: [...this.columns],
      index: [...this.index],
      dtypes: [...this.dtypes],
    });
  }

  /**
   * One column, from the top.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ name: ["Ada", "Alan"], age: [36, 41] }).column("age")); // [ 36, 41 ]
   */
  column(name: string): Cell[] {
    const at = this.#at(name);
    return this.#rows.map((cells) => cells[at]);
  }

  /**
   * The rows as objects, `{ sepal_length: 5.1, … }`.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ name: ["Ada"], age: [36] }).rows()); // [ { name: 'Ada', age: 36 } ]
   */
  rows(): Row[] {
    return this.#rows.map((cells) =>
      Object.fromEntries(this.columns.map((name, column) => [name, cells[column]])),
    );
  }

  /**
   * The first `count` rows.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ n: [1, 2, 3, 4] }).head(2).column("n")); // [ 1, 2 ]
   */
  head(count: number = 5): Frame {
    return this.#take(range(0, Math.min(wholeNumber("head", count), this.shape[0])));
  }

  /**
   * The last `count` rows.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ n: [1, 2, 3, 4] }).tail(2).column("n")); // [ 3, 4 ]
   */
  tail(count: number = 5): Frame {
    return this.#take(range(Math.max(0, this.shape[0] - wholeNumber("tail", count)), this.shape[0]));
  }

  /**
   * These columns, in this order.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ a: [1], b: [2], c: [3] }).select(["c", "a"]).columns); // [ 'c', 'a' ]
   */
  select(columns: readonly string[]): Frame {
    const places = columns.map((name) => this.#at(name));
    return new Frame(
      columns,
      this.#rows.map((cells) => places.map((at) => cells[at])),
      this.index,
    );
  }

  /**
   * All columns but these.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ a: [1], b: [2], c: [3] }).drop(["b"]).columns); // [ 'a', 'c' ]
   */
  drop(columns: readonly string[]): Frame {
    columns.forEach((name) => this.#at(name));
    return this.select(this.columns.filter((name) => !columns.includes(name)));
  }

  /**
   * The rows for which `keep` answers true: `iris.filter((row) => row.species === "setosa")`.
   *
   * @example
   * import { frame, loadIris } from "gradus";
   * const iris = frame.fromDataset(loadIris());
   * console.log(iris.filter((row) => row.label === "setosa").shape); // [ 50, 5 ]
   */
  filter(keep: (row: Row, position: number) => boolean): Frame {
    const rows = this.rows();
    return this.#take(range(0, rows.length).filter((position) => keep(rows[position], position)));
  }

  /**
   * Sorted by one column; missing values come last in either direction, equal ones keep their order.
   *
   * @example
   * import { frame } from "gradus";
   * const people = frame.from({ name: ["Ada", "Alan", "Grace"], age: [36, null, 85] });
   * console.log(people.sortValues("age", { ascending: false }).column("name"));
   * // [ 'Grace', 'Ada', 'Alan' ]
   */
  sortValues(column: string, { ascending = true }: { ascending?: boolean } = {}): Frame {
    const cells = this.column(column);
    return this.#take(range(0, cells.length).sort((a, b) => compareCells(cells[a], cells[b], ascending)));
  }

  /**
   * With one more column, or that column replaced; the values as a list or computed from each row.
   *
   * @example
   * import { frame } from "gradus";
   * const boxes = frame.from({ width: [2, 3], height: [5, 4] });
   * console.log(boxes.addColumn("area", (row) => Number(row.width) * Number(row.height)).column("area"));
   * // [ 10, 12 ]
   */
  addColumn(name: string, values: readonly Cell[] | ((row: Row, position: number) => Cell)): Frame {
    const cells = typeof values === "function" ? this.rows().map(values) : values;
    if (cells.length !== this.shape[0]) {
      throw new Error(`addColumn: "${name}" has ${cells.length} values for ${this.shape[0]} rows.`);
    }
    const replaced = this.columns.indexOf(name);
    const place = replaced === -1 ? this.columns.length : replaced;
    return new Frame(
      [...this.columns.slice(0, place), name, ...this.columns.slice(place + 1)],
      this.#rows.map((row, position) => [...row.slice(0, place), cells[position], ...row.slice(place + 1)]),
      this.index,
    );
  }

  /**
   * With columns renamed: `{ old: "new" }`.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ sl: [5.1], sw: [3.5] }).rename({ sl: "sepal_length" }).columns);
   * // [ 'sepal_length', 'sw' ]
   */
  rename(names: Readonly<Record<string, string>>): Frame {
    Object.keys(names).forEach((name) => this.#at(name));
    return new Frame(
      this.columns.map((name) => (Object.hasOwn(names, name) ? names[name] : name)),
      this.#rows,
      this.index,
    );
  }

  /**
   * How many values are missing in each column.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.parse("a,b\n1,\n,\n3,x").missing()); // { a: 1, b: 2 }
   */
  missing(): Record<string, number> {
    return Object.fromEntries(
      this.columns.map((name) => [name, this.column(name).filter((cell) => cell === null).length]),
    );
  }

  /**
   * Without the rows that miss a value in one of these columns (all columns by default).
   *
   * @example
   * import { frame } from "gradus";
   * const table = frame.from({ a: [1, null, 3], b: ["x", "y", null] });
   * console.log(table.dropNa().shape, table.dropNa(["a"]).shape); // [ 1, 2 ] [ 2, 2 ]
   */
  dropNa(columns: readonly string[] = this.columns): Frame {
    const places = columns.map((name) => this.#at(name));
    return this.#take(
      range(0, this.shape[0]).filter((position) => places.every((at) => this.#rows[position][at] !== null)),
    );
  }

  /**
   * With missing values replaced by one value, or column by column: `{ age: 30 }`.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ age: [36, null], name: ["Ada", null] }).fillNa({ age: 30, name: "?" }).values);
   * // [ [ 36, 'Ada' ], [ 30, '?' ] ]
   */
  fillNa(value: Exclude<Cell, null> | Readonly<Record<string, Exclude<Cell, null>>>): Frame {
    const byColumn = typeof value === "object" ? value : undefined;
    Object.keys(byColumn ?? {}).forEach((name) => this.#at(name));
    const fillings = this.columns.map((name) =>
      byColumn === undefined ? (value as Cell) : (byColumn[name] ?? null),
    );
    return new Frame(
      this.columns,
      this.#rows.map((cells) => cells.map((cell, column) => cell ?? fillings[column])),
      this.index,
    );
  }

  /**
   * `count` rows drawn without putting back, every row equally likely, in drawn order.
   * The same seed draws the same rows.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(frame.from({ n: [10, 20, 30, 40] }).sample(2, { seed: 1 }).column("n")); // [ 20, 10 ]
   */
  sample(count: number, { seed = 0 }: { seed?: number } = {}): Frame {
    if (wholeNumber("sample", count) > this.shape[0]) {
      throw new Error(`sample: cannot draw ${count} rows from ${this.shape[0]} without putting back.`);
    }
    return this.#take(new Random(seed).permutation(this.shape[0]).slice(0, count));
  }

  /**
   * Count, mean, sample standard deviation, least, quartiles and greatest of every numeric column, of the present values
   * only: what pandas' `describe` answers. A figure that does not exist (the mean of no values) is missing.
   *
   * @example
   * import { frame, loadIris } from "gradus";
   * console.log(frame.fromDataset(loadIris()).select(["sepal_length", "petal_length"]).describe());
   * //        sepal_length  petal_length
   * // count           150           150
   * // mean        5.84333         3.758
   * // std        0.828066        1.7653
   * // min             4.3             1
   * // 25%             5.1           1.6
   * // 50%             5.8          4.35
   * // 75%             6.4           5.1
   * // max             7.9           6.9
   * // 8 rows × 2 columns
   */
  describe(): Frame {
    const names = this.columns.filter((_, column) => isNumeric(this.dtypes[column]));
    if (names.length === 0)
      throw new Error(`describe: there is no numeric column among ${this.columns.join(", ")}.`);
    const columns = names.map((name) => this.column(name).filter((cell) => typeof cell === "number"));
    const lines: Record<string, (values: readonly number[]) => number | null> = {
      count: statistics.count,
      mean: statistics.mean,
      std: statistics.std,
      min: statistics.min,
      "25%": (values) => quantile(values, 0.25),
      "50%": (values) => quantile(values, 0.5),
      "75%": (values) => quantile(values, 0.75),
      max: statistics.max,
    };
    return new Frame(
      names,
      Object.values(lines).map((rule) => columns.map(rule)),
      Object.keys(lines),
    );
  }

  /**
   * The rows grouped by the values of one or several columns: `iris.groupby("species").mean()`.
   *
   * @example
   * import { frame, loadIris } from "gradus";
   * console.log(frame.fromDataset(loadIris()).groupby("label").mean(["petal_length"]));
   * //    label       petal_length_mean
   * // 0  setosa                  1.462
   * // 1  versicolor               4.26
   * // 2  virginica               5.552
   * // 3 rows × 2 columns
   */
  groupby(by: string | readonly string[]): Grouping {
    const keys = typeof by === "string" ? [by] : by;
    if (keys.length === 0) throw new Error("groupby: name at least one column.");
    keys.forEach((name) => this.#at(name));
    return new Grouping(this, keys);
  }

  /**
   * These columns as numbers for training, `[rows, columns]` float64 (all columns by default); true is 1, false 0.
   *
   * @throws Error naming row label and column of a cell that is missing or text.
   *
   * @example
   * import { frame } from "gradus";
   * const table = frame.from({ name: ["Ada", "Alan"], age: [36, 41], tall: [false, true] });
   * console.log(table.toMatrix(["age", "tall"]));
   * // Matrix [2, 2] float64
   * //   [36, 0]
   * //   [41, 1]
   */
  toMatrix(columns: readonly string[] = this.columns): Matrix {
    if (this.shape[0] === 0 || columns.length === 0) {
      throw new Error(`toMatrix: nothing to convert: ${this.shape[0]} rows, ${columns.length} columns.`);
    }
    const places = columns.map((name) => this.#at(name));
    return Matrix.from(
      this.#rows.map((cells, row) =>
        places.map((at) => asNumber(cells[at], () => `row ${this.index[row]}, column "${this.columns[at]}"`)),
      ),
    );
  }

  /**
   * Comma-separated values with a header line; a missing value is an empty cell, and so is empty text.
   *
   * @example
   * import { frame } from "gradus";
   * console.log(JSON.stringify(frame.from({ name: ["Ada", "Alan"], age: [36, null] }).toCsv()));
   * // "name,age\nAda,36\nAlan,\n"
   */
  toCsv(): string {
    const line = (cells: readonly Cell[]): string => `${cells.map(asCsv).join(",") || '""'}\n`;
    return [this.columns, ...this.#rows].map(line).join("");
  }

  /** The first 10 rows as text in aligned columns, and the size of the whole. */
  toString(): string {
    return textTable(this.#view());
  }

  /** An HTML table of the first rows with the size of the whole, and the same as text. */
  [jupyterDisplay](): MimeBundle {
    return { "text/html": htmlTable(this.#view()), "text/plain": textTable(this.#view()) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #view(): TableView {
    const { columns, index } = this;
    return { columns, index, rows: this.#rows.slice(0, SHOWN_ROWS), totalRows: this.shape[0] };
  }

  #take(positions: readonly number[]): Frame {
    return new Frame(
      this.columns,
      positions.map((position) => this.#rows[position]),
      positions.map((position) => this.index[position]),
    );
  }

  #at(name: string): number {
    const at = this.columns.indexOf(name);
    if (at === -1) {
      throw new Error(
        `frame: there is no column ${JSON.stringify(name)}; the columns are ${this.columns.join(", ")}.`,
      );
    }
    return at;
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);
}

function wholeNumber(operation: string, count: number): number {
  if (!Number.isInteger(count) || count < 0) {
    throw new Error(`${operation}: the number of rows must be a whole number from 0 on, got ${count}.`);
  }
  return count;
}
