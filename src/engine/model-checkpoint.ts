import type { Callback } from "./callbacks.js";
import type { Logs } from "./history.js";
import type { Matrix } from "./matrix.js";
import { MonitoredFigure, type MonitorOptions } from "./monitored-figure.js";
import { checkedPath, fileAccess } from "./saving/file-access.js";
import type { Sequential } from "./sequential.js";

/** The weights at the end of an epoch. */
export interface Checkpoint {
  /** Counted from 0. */
  readonly epoch: number;
  readonly logs: Logs;
  /** Copies, one entry per layer: `model.weights = checkpoint.weights` puts them back. */
  readonly weights: readonly Readonly<Record<string, Matrix>>[];
}

/** The options of `modelCheckpoint`. */
export interface ModelCheckpointOptions extends Omit<MonitorOptions, "minDelta"> {
  /**
   * The file that the model is saved to, as by `model.save`; each checkpoint replaces the one before. A function gives each a file of
   * its own: `({ epoch }) => `net-${epoch}.safetensors``. Default: the weights are kept in memory only.
   */
  readonly path?: string | ((checkpoint: Checkpoint) => string);
  /** Keep only what is better than all before. Default false: every epoch replaces the one before. */
  readonly saveBestOnly?: boolean;
  /** Called with each checkpoint that is kept, and waited for. */
  readonly write?: (checkpoint: Checkpoint, model: Sequential) => void | Promise<void>;
}

/** The callback that `modelCheckpoint` makes, with what it kept. */
export interface ModelCheckpoint extends Callback {
  /** The last one that was kept; undefined before the first. It stays from one `fit` to the next. */
  readonly latest: Checkpoint | undefined;
}

/**
 * Keeps the weights after each epoch, or after the best one only: in memory, and with `path` the whole model in a file, from which
 * `loadModel` and `fit` with `initialEpoch` go on. Throws Error at once if there are no files here, in training if one cannot be written.
 *
 * @example
 * import { dense, modelCheckpoint, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1)], seed: 1 });
 * model.compile({ loss: "mse" });
 * const checkpoint = modelCheckpoint({ monitor: "loss", saveBestOnly: true });
 * await model.fit([[1], [2]], [[2], [4]], { epochs: 5, callbacks: [checkpoint], verbose: 0 });
 * console.log("kept the weights of epoch", (checkpoint.latest?.epoch ?? 0) + 1);
 * // kept the weights of epoch 5
 */
export function modelCheckpoint(options: ModelCheckpointOptions = {}): ModelCheckpoint {
  const { path, saveBestOnly = false, write } = options;
  if (path !== undefined) {
    fileAccess("modelCheckpoint");
    if (typeof path !== "function") checkedPath(path, "modelCheckpoint");
  }
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
      if (path !== undefined) model.save(typeof path === "function" ? path(latest) : path);
      await write?.(latest, model);
    },
  };
}
