import type { Logs } from "./history.js";
import { finiteNumber, lookUp } from "./options.js";

/** Which way is better. "auto": larger for accuracy, auc, precision, recall, f1 and r2 (also after `val_`), smaller for all else. */
export type MonitorMode = "auto" | "min" | "max";

/** Which figure of the history a callback watches, and what counts as better. */
export interface MonitorOptions {
  /** The figure that is watched, a name from the history. Default "val_loss". */
  readonly monitor?: string;
  /** Default "auto". */
  readonly mode?: MonitorMode;
  /** What counts as better must be better by more than this. */
  readonly minDelta?: number;
}

/** A figure of the history, and the best value that it has had. */
export class MonitoredFigure {
  readonly name: string;
  readonly #operation: string;
  readonly #sign: 1 | -1;
  readonly #minDelta: number;
  best: number | undefined;

  constructor(operation: string, { monitor = "val_loss", mode = "auto", minDelta = 0 }: MonitorOptions) {
    this.name = monitor;
    this.#operation = operation;
    this.#sign = lookUp<MonitorMode, 1 | -1>(
      { auto: /accuracy|auc|precision|recall|f1|r2/i.test(monitor) ? 1 : -1, min: -1, max: 1 },
      { kind: "mode", name: mode },
    );
    this.#minDelta = Math.abs(finiteNumber(operation, { option: "minDelta", value: minDelta }));
  }

  /** Its value in these logs. Throws Error, naming what there is, if they have none. */
  read(logs: Logs): number {
    if (Object.hasOwn(logs, this.name)) return logs[this.name];
    const hint = this.name.startsWith("val_") ? " Give fit validationData or validationSplit." : "";
    throw new Error(
      `${this.#operation}: there is no "${this.name}" to monitor; there are ${Object.keys(logs).join(", ")}.${hint}`,
    );
  }

  /** True if the value is better than another by more than minDelta; anything is better than undefined. */
  improves(value: number, on: number | undefined = this.best): boolean {
    return on === undefined || this.#sign * (value - on) > this.#minDelta;
  }
}
