/**
 * Thrown when the numbers themselves are unusable: missing values, no rows, labels that the loss cannot read.
 *
 * @example
 * import { DataError, oneHot } from "gradus";
 * try {
 *   oneHot(["cat", "bird"], { classes: ["cat", "dog"] });
 * } catch (error) {
 *   if (error instanceof DataError) console.log(error.message);
 * }
 * // oneHot: row 1: unknown label "bird"; the classes are "cat", "dog".
 */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly operation: string;

  constructor(operation: string, problem: string) {
    super(`${operation}: ${problem}`);
    this.operation = operation;
  }
}
