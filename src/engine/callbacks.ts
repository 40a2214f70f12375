import type { Logs } from "./history.js";
import type { Sequential } from "./sequential.js";

/** What a callback is told. Epochs and batches are counted from 0. */
export interface TrainingContext {
  readonly model: Sequential;
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  /** Batches in one epoch. */
  readonly batches: number;
  /** In onBatchEnd the means over this epoch so far; in onEpochEnd and onTrainEnd those of the epoch, with `val_` entries. */
  readonly logs: Logs;
  /** Ends training after this batch or epoch; `fit` then returns what it has. */
  stop(): void;
}

/**
 * Functions that `fit` calls while it trains; one that returns a promise is waited for.
 *
 * @example
 * import { type Callback, dense, Sequential } from "gradus";
 * const announce: Callback = {
 *   onEpochEnd: ({ epoch, logs, stop }) => {
 *     console.log("epoch", epoch + 1, logs.loss.toFixed(2));
 *     if (logs.loss < 3.5) stop();
 *   },
 * };
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros" })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * await model.fit([[1]], [[2]], { epochs: 100, callbacks: [announce], verbose: 0 });
 * // epoch 1 4.00
 * // epoch 2 3.69
 * // epoch 3 3.40
 */
export interface Callback {
  /** Once, before the first epoch. */
  onTrainBegin?(context: TrainingContext): void | Promise<void>;
  /** Before each epoch; `logs` is empty. */
  onEpochBegin?(context: TrainingContext): void | Promise<void>;
  /** After each step of the optimizer. */
  onBatchEnd?(context: TrainingContext): void | Promise<void>;
  /** After each epoch, with the figures of training and validation. */
  onEpochEnd?(context: TrainingContext): void | Promise<void>;
  /** Once, at the end of training, however it ended well. */
  onTrainEnd?(context: TrainingContext): void | Promise<void>;
}
