/** A list of numbers: an array, a typed array, or a matrix of one column or one row. */
export type Numbers = ArrayLike<number> | Grid;

/** A table of numbers in row-major order; the engine's `Matrix` is one. */
export interface Grid {
  readonly rows: number;
  readonly cols: number;
  readonly data: ArrayLike<number>;
}

/** A table of numbers, as a matrix or as rows. */
export type GridLike = Grid | readonly ArrayLike<number>[];

/** Marks a table as read and checked: every value finite, every row of the same length. */
export interface CheckedGrid {
  readonly rows: number;
  readonly cols: number;
  at(row: number, col: number): number;
  column(col: number): number[];
}

/**
 * Reads a list of finite numbers.
 *
 * @param where names the call and the argument in errors, as in `plot.line: y`.
 * @throws TypeError when it is no list of numbers; RangeError when it is empty or holds NaN or an infinity.
 */
export function readNumbers(values: Numbers, where: string): number[] {
  if (isGrid(values)) {
    if (values.cols !== 1 && values.rows !== 1) {
      throw new RangeError(
        `${where} must be one list of numbers, got a matrix [${values.rows}, ${values.cols}]. ` +
          `Take one column of it, for example matrix.toArray().map((row) => row[0]).`,
      );
    }
    return checkFinite(Array.from(values.data), where);
  }
  if (typeof values !== "object" || values === null || typeof values.length !== "number") {
    throw new TypeError(`${where} must be an array of numbers, got ${describe(values)}`);
  }
  return checkFinite(Array.from(values), where);
}

/**
 * Reads every number of a list or of a whole matrix, where only their distribution counts.
 *
 * @throws as `readNumbers`.
 */
export function readEveryNumber(values: Numbers, where: string): number[] {
  return isGrid(values) ? checkFinite(Array.from(values.data), where) : readNumbers(values, where);
}

/**
 * Reads a table of finite numbers from a matrix or from rows.
 *
 * @throws TypeError when it is no table; RangeError when it is empty, ragged, or holds NaN or an infinity.
 */
export function readGrid(values: GridLike, where: string): CheckedGrid {
  const { rows, cols, flat } = isGrid(values) ? fromGrid(values, where) : fromRows(values, where);
  if (rows === 0 || cols === 0)
    throw new RangeError(`${where} is empty: [${rows}, ${cols}]. Nothing can be drawn.`);
  flat.forEach((value, i) => {
    if (Number.isFinite(value)) return;
    const place = `${where}[${Math.floor(i / cols)}][${i % cols}]`;
    throw typeof value === "number"
      ? notFinite(place, value)
      : new TypeError(`${place} must be a number, got ${describe(value)}`);
  });
  return {
    rows,
    cols,
    at: (row, col) => flat[row * cols + col],
    column: (col) => Array.from({ length: rows }, (_, row) => flat[row * cols + col]),
  };
}

/**
 * Numbers with about six significant digits of their spread, so that a notebook stays small: 0.30000000000000004
 * becomes 0.3. Values far from zero but close to each other keep the digits that tell them apart.
 */
export function rounded(values: readonly number[]): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const spread = high - low;
  const offset = spread > 0 ? Math.max(Math.abs(low), Math.abs(high)) / spread : 1;
  const digits = Math.min(15, Math.max(6, 6 + Math.round(Math.log10(offset))));
  return values.map((value) => Number(value.toPrecision(digits)));
}

/** A few words for an error message about a value that is not what was asked for. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Promise) return "a promise (did you forget to await it?)";
  return typeof value === "object"
    ? `an object with ${Object.keys(value).slice(0, 5).join(", ") || "no fields"}`
    : `${typeof value} ${String(value)}`;
}

export function isGrid(value: unknown): value is Grid {
  const grid = value as Partial<Grid> | null;
  return (
    typeof grid === "object" &&
    grid !== null &&
    typeof grid.rows === "number" &&
    typeof grid.cols === "number" &&
    typeof grid.data === "object"
  );
}

function fromGrid(grid: Grid, where: string): { rows: number; cols: number; flat: number[] } {
  const flat = Array.from(grid.data);
  if (flat.length !== grid.rows * grid.cols) {
    throw new RangeError(`${where} says it is [${grid.rows}, ${grid.cols}] but holds ${flat.length} numbers`);
  }
  return { rows: grid.rows, cols: grid.cols, flat };
}

function fromRows(
  table: readonly ArrayLike<number>[],
  where: string,
): { rows: number; cols: number; flat: number[] } {
  if (!Array.isArray(table))
    throw new TypeError(`${where} must be a matrix or an array of rows, got ${describe(table)}`);
  const cols = table.length === 0 ? 0 : lengthOf(table[0], `${where}[0]`);
  const flat: number[] = [];
  table.forEach((row: ArrayLike<number>, i) => {
    const length = lengthOf(row, `${where}[${i}]`);
    if (length !== cols) {
      throw new RangeError(
        `${where}: row ${i} has ${length} values but row 0 has ${cols}. All rows must be equally long.`,
      );
    }
    for (const value of Array.from(row)) flat.push(value);
  });
  return { rows: table.length, cols, flat };
}

function lengthOf(row: unknown, where: string): number {
  const length = typeof row === "object" && row !== null ? (row as { length?: unknown }).length : undefined;
  if (typeof length !== "number")
    throw new TypeError(`${where} must be a row of numbers, got ${describe(row)}`);
  return length;
}

function checkFinite(values: number[], where: string): number[] {
  if (values.length === 0) throw new RangeError(`${where} is empty. Nothing can be drawn.`);
  values.forEach((value, i) => {
    if (typeof value !== "number")
      throw new TypeError(`${where}[${i}] must be a number, got ${describe(value)}`);
    if (!Number.isFinite(value)) throw notFinite(`${where}[${i}]`, value);
  });
  return values;
}

function notFinite(place: string, value: number): RangeError {
  return new RangeError(
    `${place} is ${value}, which has no place on an axis. Filter such values out, or look where they come from.`,
  );
}
