import type { Callback } from "./callbacks.js";
import type { Matrix } from "./matrix.js";
import { MonitoredFigure, type MonitorOptions } from "./monitored-figure.js";
import { wholeNumber } from "./options.js";

/** `minDelta`: default 0. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** Epochs without a better value before training stops. Default 0. */
  readonly patience?: number;
  /** Put the weights of the best epoch back when training ends. Default false. */
  readonly restoreBestWeights?: boolean;
  /** Waiting starts over only if the value is better than this, too. */
  readonly baseline?: number;
  /** Epochs, counted from 0, before this one are not looked at. Default 0. */
  readonly startFromEpoch?: number;
}

/** The callback that `earlyStopping` makes, with what it found. */
export interface EarlyStopping extends Callback {
  /** The epoch after which training stopped, counted from 0; undefined if it went to its end. */
  readonly stoppedEpoch: number | undefined;
  readonly bestEpoch: number | undefined;
  /** The best value of the monitored figure. */
  readonly best: number | undefined;
}

/**
 * Stops training when the monitored figure has not become better for `patience` epochs (Prechelt 1998).
 * Each `fit` starts anew. Throws Error in training if the figure is not among the logs.
 *
 * @example
 * import { dense, earlyStopping, loadIris, Sequential } from "gradus";
 * const iris = loadIris();
 * const model = new Sequential({ layers: [dense(3, { activation: "softmax" })], seed: 1 });
 * model.compile({ loss: "categoricalCrossentropy", optimizer: "adam" });
 * const stopper = earlyStopping({ monitor: "loss", minDelta: 0.01, patience: 3, restoreBestWeights: true });
 * const history = await model.fit(iris.x, iris.y, { epochs: 500, callbacks: [stopper], verbose: 0 });
 * console.log("stopped early:", history.epoch.length < 500); // stopped early: true
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  const { patience = 0, restoreBestWeights = false, baseline, startFromEpoch = 0 } = options;
  wholeNumber("earlyStopping", { option: "patience", value: patience, least: 0 });
  wholeNumber("earlyStopping", { option: "startFromEpoch", value: startFromEpoch, least: 0 });
  const figure = new MonitoredFigure("earlyStopping", options);
  let stoppedEpoch: number | undefined;
  let bestEpoch: number | undefined;
  let bestWeights: readonly Readonly<Record<string, Matrix>>[] | undefined;
  let waited = 0;
  return {
    get stoppedEpoch() {
      return stoppedEpoch;
    },
    get bestEpoch() {
      return bestEpoch;
    },
    get best() {
      return figure.best;
    },
    onTrainBegin() {
      figure.best = stoppedEpoch = bestEpoch = bestWeights = undefined;
      waited = 0;
    },
    onEpochEnd({ epoch, logs, model, stop }) {
      const value = figure.read(logs);
      if (epoch < startFromEpoch) return;
      waited++;
      if (figure.improves(value)) {
        figure.best = value;
        bestEpoch = epoch;
        if (restoreBestWeights) bestWeights = model.weights;
        if (baseline === undefined || figure.improves(value, baseline)) waited = 0;
        return;
      }
      if (waited >= patience && epoch > 0) {
        stoppedEpoch = epoch;
        stop();
      }
    },
    onTrainEnd({ model }) {
      if (bestWeights !== undefined) model.weights = bestWeights;
    },
  };
}
