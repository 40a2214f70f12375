/** Thrown when training has left the finite numbers; epoch and batch are counted from 0. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  readonly epoch: number;
  readonly batch: number;

  constructor(message: string, { epoch, batch }: { readonly epoch: number; readonly batch: number }) {
    super(message);
    this.epoch = epoch;
    this.batch = batch;
  }
}
