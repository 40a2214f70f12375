import type { Callback } from "./callbacks.js";
import type { ClassWeight } from "./sample-weights.js";
import type { SamplesLike } from "./training-data.js";

/** The part of an AbortSignal that `fit` reads. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/** The options of `fit`. */
export interface FitOptions {
  /** How often all rows are seen; with `initialEpoch` the number of the epoch to end before. Default 1. */
  readonly epochs?: number;
  /**
   * The number of the first epoch, where an earlier `fit` has left off: after `epochs: 5`, `{ initialEpoch: 5, epochs: 10 }` trains
   * epochs 5 to 9, with the optimizer's memory and the generator of the order as they were, so that the two equal ten at once. Default 0.
   */
  readonly initialEpoch?: number;
  /** Rows per step. Default 32. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  readonly validationData?: SamplesLike;
  /** The part of the rows, taken from the end before shuffling, that is kept for validation. Default 0. */
  readonly validationSplit?: number;
  /** How much each row counts in the loss. The divisor stays the number of rows, as in Keras; metrics are not weighted. */
  readonly sampleWeight?: ArrayLike<number>;
  /** The same by class number: `{ 0: 1, 1: 5 }`; a class that is not named counts 1. Validation is not weighted by it. */
  readonly classWeight?: ClassWeight;
  /** New order of the rows in each epoch. Default true. */
  readonly shuffle?: boolean;
  /** 0 silences the progress reporter. Default 1. */
  readonly verbose?: 0 | 1;
  readonly callbacks?: readonly Callback[];
  /** Seed of the order of the rows; without it the model's own generator goes on. */
  readonly seed?: number;
  /** Aborting it ends training within about 30 ms: `fit` rejects with the signal's reason, the weights stay as they are. */
  readonly signal?: StopSignal;
}
