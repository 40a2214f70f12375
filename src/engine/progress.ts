import type { Logs } from "./history.js";

/** What `fit` reports to the progress line. Epochs and batches are counted from 0. */
export type ProgressEvent =
  | { readonly kind: "begin"; readonly epochs: number; readonly stepsPerEpoch: number }
  | {
      readonly kind: "batch";
      readonly epoch: number;
      readonly epochs: number;
      readonly batch: number;
      readonly batches: number;
      readonly logs: Logs;
    }
  | { readonly kind: "epoch"; readonly epoch: number; readonly epochs: number; readonly logs: Logs }
  /** `stopped`: by a callback, by a signal or by an error, before the last epoch was done. */
  | { readonly kind: "end"; readonly stopped: boolean };

/** Hears of each step of every `fit`. */
export type ProgressReporter = (event: ProgressEvent) => void;

let reporter: ProgressReporter | undefined;

/**
 * Sets who hears of the progress of every `fit` (unless its `verbose` is 0); `undefined` for nobody. Returns the one before.
 *
 * @example
 * import { dense, Sequential, setProgressReporter } from "gradus";
 * const before = setProgressReporter((event) => {
 *   if (event.kind === "epoch") console.log("epoch", event.epoch + 1, "of", event.epochs);
 * });
 * const model = new Sequential({ layers: [dense(1)] });
 * model.compile({ loss: "mse" });
 * await model.fit([[1], [2]], [[2], [4]], { epochs: 2 });
 * // epoch 1 of 2
 * // epoch 2 of 2
 * setProgressReporter(before);
 */
export function setProgressReporter(next: ProgressReporter | undefined): ProgressReporter | undefined {
  const before = reporter;
  reporter = next;
  return before;
}

/**
 * The reporter in force.
 *
 * @example
 * import { progressReporter, setProgressReporter } from "gradus";
 * const before = setProgressReporter(undefined);
 * console.log(progressReporter()); // undefined
 * setProgressReporter(before);
 */
export function progressReporter(): ProgressReporter | undefined {
  return reporter;
}
