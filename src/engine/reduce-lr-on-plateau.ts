import type { Callback } from "./callbacks.js";
import { MonitoredFigure, type MonitorOptions } from "./monitored-figure.js";
import { nonNegativeNumber, outOfRange, wholeNumber } from "./options.js";

/** `minDelta`: default 1e-4. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, above 0 and below 1. Default 0.1. */
  readonly factor?: number;
  /** Epochs without a better value before that. Default 10. */
  readonly patience?: number;
  /** Epochs after a reduction in which no waiting is counted. Default 0. */
  readonly cooldown?: number;
  /** The rate does not fall below it. Default 0. */
  readonly minLearningRate?: number;
}

/**
 * η ← max(η · factor, minLearningRate) when the monitored figure has not become better for `patience` epochs.
 * Throws Error in training if the figure is not among the logs, or if the optimizer follows a schedule.
 *
 * @example
 * import { dense, reduceLROnPlateau, Sequential, sgd } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { useBias: false })] });
 * model.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.1 }) });
 * const callbacks = [reduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 2 })];
 * await model.fit([[1], [1]], [[0], [1]], { epochs: 100, callbacks, verbose: 0 });
 * console.log(model.optimizer.learningRate < 0.1); // true
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): Callback {
  const { factor = 0.1, patience = 10, cooldown = 0, minLearningRate = 0 } = options;
  if (!(factor > 0 && factor < 1)) {
    throw outOfRange("reduceLROnPlateau", { option: "factor", value: factor, rule: "above 0 and below 1" });
  }
  wholeNumber("reduceLROnPlateau", { option: "patience", value: patience, least: 0 });
  wholeNumber("reduceLROnPlateau", { option: "cooldown", value: cooldown, least: 0 });
  nonNegativeNumber("reduceLROnPlateau", { option: "minLearningRate", value: minLearningRate });
  const figure = new MonitoredFigure("reduceLROnPlateau", { minDelta: 1e-4, ...options });
  let waited = 0;
  let cooling = 0;
  return {
    onTrainBegin() {
      figure.best = undefined;
      waited = cooling = 0;
    },
    onEpochEnd({ logs, model: { optimizer } }) {
      const value = figure.read(logs);
      if (cooling > 0) {
        cooling--;
        waited = 0;
      }
      if (figure.improves(value)) {
        figure.best = value;
        waited = 0;
      } else if (cooling === 0 && ++waited >= patience && optimizer.learningRate > minLearningRate) {
        optimizer.learningRate = Math.max(optimizer.learningRate * factor, minLearningRate);
        cooling = cooldown;
        waited = 0;
      }
    },
  };
}
