import type { Callback } from "./callbacks.js";

export interface CsvLoggerOptions {
  /** Receives the header, then one line an epoch, each with its line end; waited for. Here a caller appends to a file. */
  readonly write: (line: string) => void | Promise<void>;
  /** Default ",". */
  readonly separator?: string;
}

/** Writes the history as a table while it grows: the epoch, then the figures in the order of their names, as Keras' CSVLogger. */
export function csvLogger({ write, separator = "," }: CsvLoggerOptions): Callback {
  let names: string[] | undefined;
  return {
    onTrainBegin() {
      names = undefined;
    },
    async onEpochEnd({ epoch, logs }) {
      if (names === undefined) {
        names = Object.keys(logs).sort();
        await write(["epoch", ...names].join(separator) + "\n");
      }
      await write([epoch, ...names.map((name) => logs[name])].join(separator) + "\n");
    },
  };
}
