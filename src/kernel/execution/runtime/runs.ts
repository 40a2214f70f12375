/** Which cell's code is this? Followed through timers and promises, so that late output finds its cell. */
import { AsyncLocalStorage } from "node:async_hooks";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Number, process } = globalThis;

export interface Run {
  readonly id: number;
  readonly file: string;
  /** The person pressed Stop: none of its code is to go on. */
  stopped: boolean;
  /** Its outcome was sent. */
  settled: boolean;
  hasResult: boolean;
  result: unknown;
}

interface Tracker {
  current(): Run | undefined;
  within<T>(run: Run | undefined, act: () => T): T;
  /** Called on waking from an `await` that began in `run`. */
  woken(run: Run | undefined): void;
}

/**
 * Node 20 follows contexts by promise hooks, and a stop that hits code between two hooks makes Node abort
 * (`InternalCallbackScope::Close`, `execution_async_id() == 0`). V8's context frames, in Node 22 behind a flag and in
 * Node 24 by default, have no such balance to keep.
 */
export const hasContextFrames: boolean =
  Number(process.versions.node.split(".")[0]) >= 24 ||
  process.execArgv.includes("--experimental-async-context-frame");

let latest: Run | undefined;

function byContextFrames(): Tracker {
  const storage = new AsyncLocalStorage<Run | undefined>();
  return {
    current: () => storage.getStore(),
    within: (run, act) => storage.run(run, act),
    woken() {},
  };
}

/** By hand: set where code is entered (cell, timer, promise callback, waking from `await`), else the last one known. */
function byHand(): Tracker {
  let current: Run | undefined;
  return {
    current: () => current,
    within(run, act) {
      const outer = current;
      current = run;
      try {
        return act();
      } finally {
        current = outer;
      }
    },
    woken(run) {
      current = run;
    },
  };
}

const tracker = hasContextFrames ? byContextFrames() : byHand();

export const within: Tracker["within"] = (run, act) => tracker.within(run, act);
export const woken: Tracker["woken"] = (run) => tracker.woken(run);

/** The cell that this code belongs to; where nobody knows, the cell that began last. */
export function currentRun(): Run | undefined {
  return tracker.current() ?? latest;
}

export function knownRun(): Run | undefined {
  return tracker.current();
}

export function beginRun(id: number, file: string): Run {
  latest = { id, file, stopped: false, settled: false, hasResult: false, result: undefined };
  return latest;
}
