/** Rows and columns, in this order. */
export type Shape = readonly [number, number];

/** Thrown when sizes do not fit: the message names the operation, the broken rule and the shapes; they are on the error too. */
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

/** `[32, 5]`, as shapes are written in every message. */
export function formatShape(shape: Shape): string {
  return `[${shape[0]}, ${shape[1]}]`;
}
