import type { Callback } from "./callbacks.js";
import type { Logs } from "./history.js";
import type { Matrix } from "./matrix.js";
import { MonitoredFigure, type MonitorOptions } from "./monitored-figure.js";
import type { Sequential } from "./sequential.js";

/** The weights at the end of an epoch. */
export interface Checkpoint {
  /** Counted from 0. */
  readonly epoch: number;
  readonly logs: Logs;
  /** Copies, one entry per layer: `model.weights = checkpoint.weights` puts them back. */
  readonly weights: readonly Readonly<Record<string, Matrix>>[];
}

export interface ModelCheckpointOptions extends Omit<MonitorOptions, "minDelta"> {
  /** Keep only what is better than all before. Default false: every epoch replaces the one before. */
  readonly saveBestOnly?: boolean;
  /** Called with each checkpoint that is kept, and waited for: here a caller writes it to a file. */
  readonly write?: (checkpoint: Checkpoint, model: Sequential) => void | Promise<void>;
}

export interface ModelCheckpoint extends Callback {
  /** The last one that was kept; undefined before the first. It stays from one `fit` to the next. */
  readonly latest: Checkpoint | undefined;
}

/** Keeps the weights after each epoch, or after the best one only, in memory; and hands them to `write`, if given. */
export function modelCheckpoint(options: ModelCheckpointOptions = {}): ModelCheckpoint {
  const { saveBestOnly = false, write } = options;
  const figure = new MonitoredFigure("modelCheckpoint", options);
  let latest: Checkpoint | undefined;
  return {
    get latest() {
      return latest;
    },
    async onEpochEnd({ epoch, logs, model }) {
      if (saveBestOnly) {
        const value = figure.read(logs);
        if (!figure.improves(value)) return;
        figure.best = value;
      }
      latest = { epoch, logs: { ...logs }, weights: model.weights };
      await write?.(latest, model);
    },
  };
}
