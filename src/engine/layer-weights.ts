import type { StateArray } from "./layer.js";
import type { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** Copies of a layer's arrays by name. */
export function copyWeights(arrays: readonly StateArray[]): Record<string, Matrix> {
  return Object.fromEntries(arrays.map(({ name, value }) => [name, value.copy()]));
}

/**
 * Writes values into the arrays of the same names; a plain array of numbers is read as one row where one row is due.
 * Throws ShapeError for a name that is not there or another shape, DataError for a number that is not finite; then nothing is changed.
 */
export function assignWeights(
  arrays: readonly StateArray[],
  { values, label }: { readonly values: Readonly<Record<string, MatrixLike>>; readonly label: string },
): void {
  const pairs = Object.entries(values).map(([name, value]) => {
    const target = arrays.find((array) => array.name === name)?.value;
    if (target === undefined) {
      const known = arrays.map((array) => array.name).join(", ") || "none at all";
      throw new ShapeError(label, { rule: `has no weights "${name}", only ${known}`, shapes: [] });
    }
    const rows = target.rows === 1 && isColumn(value) ? [value] : value;
    const matrix = toFiniteMatrix(rows, { operation: label, role: name, dtype: target.dtype });
    if (matrix.rows !== target.rows || matrix.cols !== target.cols) {
      throw new ShapeError(label, {
        rule: `${name} must be ${formatShape(target.shape)}, got ${formatShape(matrix.shape)}`,
        shapes: [target.shape, matrix.shape],
      });
    }
    return { target, matrix };
  });
  for (const { target, matrix } of pairs) target.data.set(matrix.data);
}
