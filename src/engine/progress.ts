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

export type ProgressReporter = (event: ProgressEvent) => void;

let reporter: ProgressReporter | undefined;

/** Sets who hears of the progress of every `fit` (unless its `verbose` is 0); `undefined` for nobody. Returns the one before. */
export function setProgressReporter(next: ProgressReporter | undefined): ProgressReporter | undefined {
  const before = reporter;
  reporter = next;
  return before;
}

/** The reporter in force. */
export function progressReporter(): ProgressReporter | undefined {
  return reporter;
}
