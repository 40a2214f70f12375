/** Rows and columns, in this order. */
export type Shape = readonly [number, number];

/**
 * Thrown when sizes do not fit: the message names the operation, the broken rule and the shapes; they are on the error too.
 *
 * @example
 * import { Matrix, ShapeError } from "gradus";
 * try {
 *   Matrix.zeros(2, 3).matmul(Matrix.zeros(2, 3));
 * } catch (error) {
 *   if (error instanceof ShapeError) console.log(error.message);
 * }
 * // matmul: the columns of the left must equal the rows of the right; [2, 3] · [2, 3] has 3 and 2. Did you mean a.matmul(b.transpose())?
 */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  readonly operation: string;
  readonly shapes: readonly Shape[];

  constructor(operation: string, problem: { readonly rule: string; readonly shapes: readonly Shape[] }) {
    super(`${operation}: ${problem.rule}`);
    this.operation = operation;
    this.shapes = problem.shapes;
  }
}

/**
 * `[32, 5]`, as shapes are written in every message.
 *
 * @example
 * import { formatShape } from "gradus";
 * console.log(formatShape([32, 4])); // [32, 4]
 */
export function formatShape(shape: Shape): string {
  return `[${shape[0]}, ${shape[1]}]`;
}
