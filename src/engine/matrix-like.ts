import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import { Matrix } from "./matrix.js";

/** What functions accept as a matrix: a Matrix, an array of rows, or an array of numbers, which is one column. */
export type MatrixLike = Matrix | readonly (readonly number[])[] | readonly number[];

export interface DataRole {
  /** Who asks, for the message: `fit`. */
  readonly operation: string;
  /** What it is, for the message: `x`. */
  readonly role: string;
  readonly dtype: Dtype;
}

/** The value as a matrix of the wanted format, unchecked; a Matrix that already has it is returned as it is. */
export function toMatrix(value: MatrixLike, { operation, role, dtype }: DataRole): Matrix {
  if (value instanceof Matrix) return value.dtype === dtype ? value : value.copy({ dtype });
  if (!Array.isArray(value)) {
    throw new DataError(operation, `${role} must be a Matrix or an array of rows, got ${describe(value)}`);
  }
  if (value.length === 0) throw new DataError(operation, `${role} is empty`);
  const rows = isColumn(value) ? value.map((number) => [number]) : (value as readonly (readonly number[])[]);
  rows.forEach((row, r) => {
    if (!Array.isArray(row))
      throw new DataError(operation, `row ${r} of ${role} is no array but ${describe(row)}`);
    row.forEach((cell: unknown, c) => {
      if (typeof cell !== "number") {
        throw new DataError(
          operation,
          `${role} has ${describe(cell)} in row ${r}, column ${c}; only numbers can be computed with`,
        );
      }
    });
  });
  return Matrix.from(rows, { dtype });
}

/** `toMatrix`, and every number is finite and there is at least one row. Throws DataError with row and column, counted from 0. */
export function toFiniteMatrix(value: MatrixLike, role: DataRole): Matrix {
  const matrix = toMatrix(value, role);
  if (matrix.rows === 0 || matrix.cols === 0) {
    throw new DataError(
      role.operation,
      `${role.role} is empty: its shape is [${matrix.rows}, ${matrix.cols}]`,
    );
  }
  const bad = matrix.data.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0) {
    const [r, c] = [Math.floor(bad / matrix.cols), bad % matrix.cols];
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

function describe(value: unknown): string {
  if (typeof value === "string") return `the text ${JSON.stringify(value)}`;
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}
