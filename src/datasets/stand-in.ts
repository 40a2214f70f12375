import { dataFolders } from "./files.js";

/** Which table a loader takes: the real one or, where it is not there, the stand-in that this project makes. */
export interface RealOrSynthetic {
  /**
   * `false`: the real data, or an error that says how to get them. `true`: the stand-in in any case, without a notice.
   * By default the real data where they are, else the stand-in, and a notice on the console, once.
   */
  readonly synthetic?: boolean;
}

const announced = new Set<string>();

/**
 * Answers with the real data or the stand-in, as asked. `read` gives the real data, or undefined if they are not there.
 *
 * @throws Error if the real data were asked for and are not there; whatever `read` throws.
 */
export function realOrSynthetic<Data>(
  { synthetic }: RealOrSynthetic,
  {
    operation,
    fetchName,
    read,
    invent,
  }: {
    readonly operation: string;
    /** What `gradus data fetch` calls them. */
    readonly fetchName: string;
    readonly read: () => Data | undefined;
    readonly invent: () => Data;
  },
): Data {
  if (synthetic === true) return invent();
  const found = read();
  if (found !== undefined) return found;
  const advice =
    `Get the real data with \`npm run gradus -- data fetch ${fetchName}\`, or set GRADUS_DATA to a folder that has them. ` +
    `Looked in: ${dataFolders().join(", ") || "no folder, since GRADUS_DATA is off"}.`;
  if (synthetic === false) throw new Error(`${operation}: the real data are not on this machine. ${advice}`);
  if (!announced.has(operation)) {
    announced.add(operation);
    // Not on stderr: in a notebook that is a red box, and the checks take it for a fault.
    console.log(
      `${operation}: SYNTHETIC data. The real data are not on this machine, so a program made these up; ` +
        `scores on them say nothing about the real ones. ${advice}`,
    );
  }
  return invent();
}

/** Makes the next stand-in announce itself again: for tests. */
export function forgetNotices(): void {
  announced.clear();
}
