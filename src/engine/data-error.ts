/** Thrown when the numbers themselves are unusable: missing values, no rows, labels that the loss cannot read. */
export class DataError extends Error {
  override readonly name = "DataError";
  readonly operation: string;

  constructor(operation: string, problem: string) {
    super(`${operation}: ${problem}`);
    this.operation = operation;
  }
}
