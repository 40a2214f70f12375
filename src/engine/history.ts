/** Loss and metrics by name: `{ loss: 0.12, accuracy: 0.97, val_loss: 0.2 }`, the names that Keras and TensorFlow.js use. */
export type Logs = Record<string, number>;

/** What `fit` returns: one entry per finished epoch. */
export interface History {
  /** 0, 1, 2, ... */
  readonly epoch: number[];
  /** `history.loss[3]` is the loss of epoch 3: the mean over its batches, measured while the weights were moving. */
  readonly history: Record<string, number[]>;
  readonly params: HistoryParams;
}

export interface HistoryParams {
  /** The epochs that were asked for. */
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

/** Appends one epoch. */
export function recordEpoch(history: History, logs: Logs): void {
  history.epoch.push(history.epoch.length);
  for (const [name, value] of Object.entries(logs)) (history.history[name] ??= []).push(value);
}
