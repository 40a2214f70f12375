import type { Callback } from "./callbacks.js";
import { checkedPath, fileAccess } from "./saving/file-access.js";

/** The options of `csvLogger`. */
export interface CsvLoggerOptions {
  /** The file that the lines are written to. One that is there is written anew, unless `append` is set. */
  readonly path?: string;
  /** Go on at the end of the file, for a training that goes on; the header is written only into an empty one. Default false. */
  readonly append?: boolean;
  /** Receives the header, then one line an epoch, each with its line end; waited for. */
  readonly write?: (line: string) => void | Promise<void>;
  /** Default ",". */
  readonly separator?: string;
}

/**
 * Writes the history as a table while it grows: the epoch, then the figures in the order of their names, as Keras' CSVLogger.
 * `csvLogger({ path: "training.csv" })`. Throws Error if it has neither `path` nor `write`, or if there are no files here.
 *
 * @example
 * import { csvLogger, dense, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros" })] });
 * model.compile({ loss: "mse", optimizer: "sgd", metrics: ["mae"] });
 * const logger = csvLogger({ write: (line) => console.log(line.trim()) });
 * await model.fit([[1]], [[2]], { epochs: 1, callbacks: [logger], verbose: 0 });
 * // epoch,loss,mae
 * // 0,4,2
 */
export function csvLogger({ path, append = false, write, separator = "," }: CsvLoggerOptions): Callback {
  if (path === undefined && write === undefined) {
    throw new Error('csvLogger: needs a path, such as "training.csv", or a function write for the lines');
  }
  if (path !== undefined) {
    checkedPath(path, "csvLogger");
    fileAccess("csvLogger");
  }
  let names: string[] | undefined;
  const put = async (line: string, first: boolean): Promise<void> => {
    if (path !== undefined) {
      const files = fileAccess("csvLogger");
      if (first && append && files.hasText(path)) return;
      if (first && !append) files.writeBytes(path, new TextEncoder().encode(line));
      else files.appendText(path, line);
    }
    await write?.(line);
  };
  return {
    onTrainBegin() {
      names = undefined;
    },
    async onEpochEnd({ epoch, logs }) {
      if (names === undefined) {
        names = Object.keys(logs).sort();
        await put(["epoch", ...names].join(separator) + "\n", true);
      }
      await put([epoch, ...names.map((name) => logs[name])].join(separator) + "\n", false);
    },
  };
}
