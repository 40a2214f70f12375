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

/** Functions that `fit` calls while it trains; one that returns a promise is waited for. */
export interface Callback {
  onTrainBegin?(context: TrainingContext): void | Promise<void>;
  onEpochBegin?(context: TrainingContext): void | Promise<void>;
  onBatchEnd?(context: TrainingContext): void | Promise<void>;
  onEpochEnd?(context: TrainingContext): void | Promise<void>;
  onTrainEnd?(context: TrainingContext): void | Promise<void>;
}
