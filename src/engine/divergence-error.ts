/**
 * Thrown when training has left the finite numbers; epoch and batch are counted from 0.
 *
 * @example
 * import { dense, DivergenceError, Sequential, sgd } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
 * model.compile({ loss: "mse", optimizer: sgd({ learningRate: 1e6 }) });
 * try {
 *   await model.fit([[1], [2]], [[2], [4]], { epochs: 100, batchSize: 1 });
 * } catch (error) {
 *   if (error instanceof DivergenceError) console.log("stopped in epoch", error.epoch + 1);
 * }
 * // stopped in epoch 3
 */
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
