import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import { firstNotFinite } from "./kernels/elements.js";
import { Matrix } from "./matrix.js";
import { ShapeError } from "./shape-error.js";

/** What functions accept as a matrix: a Matrix, an array of rows, or an array of numbers, which is one column. */
export type MatrixLike = Matrix | readonly (readonly number[])[] | readonly number[];

/** For messages, what is read and for whom; and the wanted number format. */
export interface DataRole {
  /** Who asks, for the message: `fit`. */
  readonly operation: string;
  /** What it is, for the message: `x`. */
  readonly role: string;
  readonly dtype: Dtype;
}

/**
 * The value as a matrix of the wanted format, unchecked; a Matrix that already has it is returned as it is.
 *
 * @example
 * import { toMatrix } from "gradus";
 * const column = toMatrix([1, 2, 3], { operation: "my function", role: "y", dtype: "float64" });
 * console.log(column.shape); // [ 3, 1 ]
 */
export function toMatrix(value: MatrixLike, { operation, role, dtype }: DataRole): Matrix {
  if (value instanceof Matrix) return value.dtype === dtype ? value : value.copy({ dtype });
  if (!Array.isArray(value)) {
    throw new DataError(operation, `${role} must be a Matrix or an array of rows, got ${describe(value)}`);
  }
  if (value.length === 0) throw new DataError(operation, `${role} is empty`);
  const rows = isColumn(value) ? value.map((number) => [number]) : (value as readonly (readonly number[])[]);
  rows.forEach((row, r) => {
    if (!Array.isArray(row)) {
      const hint = ArrayBuffer.isView(row) ? "; write Array.from(row)" : remedy(row);
      throw new DataError(operation, `row ${r} of ${role} is no array but ${describe(row)}${hint}`);
    }
    if (row.length !== rows[0].length) {
      throw new ShapeError(operation, {
        rule: `all rows of ${role} must have the same length; row 0 has ${rows[0].length} numbers, row ${r} has ${row.length}`,
        shapes: [
          [1, rows[0].length],
          [1, row.length],
        ],
      });
    }
    for (let c = 0; c < row.length; c++) {
      const cell: unknown = row[c];
      if (typeof cell === "number") continue;
      throw new DataError(
        operation,
        `${role} has ${describe(cell)} in row ${r}, column ${c}; only numbers can be computed with${remedy(cell)}`,
      );
    }
  });
  return Matrix.from(rows, { dtype });
}

/**
 * `toMatrix`, and every number is finite and there is at least one row. Throws DataError with row and column, counted from 0.
 *
 * @example
 * import { toFiniteMatrix } from "gradus";
 * try {
 *   toFiniteMatrix([[1, NaN]], { operation: "my function", role: "x", dtype: "float64" });
 * } catch (error) {
 *   console.log(String(error));
 * }
 * // DataError: my function: x has NaN in row 0, column 1 (counted from 0). Drop the row or fill in the value first.
 */
export function toFiniteMatrix(value: MatrixLike, role: DataRole): Matrix {
  const matrix = toMatrix(value, role);
  if (matrix.rows === 0 || matrix.cols === 0) {
    throw new DataError(
      role.operation,
      `${role.role} is empty: its shape is [${matrix.rows}, ${matrix.cols}]`,
    );
  }
  const bad = firstNotFinite(matrix.data);
  if (bad >= 0) {
    const [r, c] = [Math.floor(bad / matrix.cols), bad % matrix.cols];
    const given = toMatrix(value, { ...role, dtype: "float64" }).data[bad];
    if (Number.isFinite(given)) {
      throw new DataError(
        role.operation,
        `${role.role} has ${given} in row ${r}, column ${c} (counted from 0), which is beyond float32 (3.4e38). Scale the column first.`,
      );
    }
    throw new DataError(
      role.operation,
      `${role.role} has ${matrix.data[bad]} in row ${r}, column ${c} (counted from 0). Drop the row or fill in the value first.`,
    );
  }
  return matrix;
}

/** True for a plain array of numbers, which is read as one column. */
export function isColumn(value: unknown): value is readonly number[] {
  return Array.isArray(value) && typeof value[0] === "number";
}

/** What to do about it. */
function remedy(value: unknown): string {
  if (typeof value !== "string") return "";
  return value.trim() !== "" && Number.isFinite(Number(value))
    ? `. Turn texts into numbers first: Number(${JSON.stringify(value)})`
    : ". Number the classes first (labelEncode or oneHot), or leave the column out";
}

function describe(value: unknown): string {
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}
