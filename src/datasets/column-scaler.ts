import { DataError } from "../engine/index.js";
import type { Matrix, MatrixLike } from "../engine/index.js";
import { asTable } from "./parts.js";

/** What was measured on one table, applied to others column by column. */
export interface ColumnScaler {
  /** Scaled, same shape. */
  transform(x: MatrixLike): Matrix;
  /** Back to the units of the table. */
  inverse(x: MatrixLike): Matrix;
}

interface ColumnRules {
  /** How many columns the table had. */
  readonly columns: number;
  readonly transform: (value: number, column: number) => number;
  readonly inverse: (value: number, column: number) => number;
}

/** `name` is for messages: `standardizer`. */
export function columnScaler(name: string, rules: ColumnRules): ColumnScaler {
  const apply = (direction: "transform" | "inverse", values: MatrixLike): Matrix => {
    const matrix = asTable(`${name}.${direction}`, values);
    if (matrix.cols !== rules.columns) {
      throw new DataError(
        `${name}.${direction}`,
        `was fitted on ${rules.columns} columns, got ${matrix.cols}; input is [${matrix.rows}, ${matrix.cols}]. ` +
          `Hand over the same features in the same order.`,
      );
    }
    return matrix.map((value, _row, column) => rules[direction](value, column));
  };
  return {
    transform: (values) => apply("transform", values),
    inverse: (values) => apply("inverse", values),
  };
}
