/** Loss and metrics by name: `{ loss: 0.12, accuracy: 0.97, val_loss: 0.2 }`, the names that Keras and TensorFlow.js use. */
export type Logs = Record<string, number>;

/** What `fit` returns: one entry per finished epoch. */
export interface History {
  /** 0, 1, 2, ...; from `initialEpoch` on, if `fit` was given one. */
  readonly epoch: number[];
  /** `history.loss[3]` is the loss of epoch 3: the mean over its batches, measured while the weights were moving. */
  readonly history: Record<string, number[]>;
  readonly params: HistoryParams;
}

/** With what settings `fit` ran. */
export interface HistoryParams {
  /** The option `epochs`. */
  readonly epochs: number;
  /** Steps in one epoch. */
  readonly steps: number;
  readonly batchSize: number;
  /** Rows trained on, without those kept for validation. */
  readonly samples: number;
}

/** A history without epochs. */
export function emptyHistory(params: HistoryParams): History {
  return { epoch: [], history: {}, params };
}

/** Appends what the epoch with this number has measured. */
export function recordEpoch(history: History, logs: Logs, epoch: number): void {
  history.epoch.push(epoch);
  // A fit may record a hundred thousand epochs: no list of entries for each.
  for (const name in logs) (history.history[name] ??= []).push(logs[name]);
}
