// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Atomics } = globalThis;
/**
 * A stop may hit the main thread anywhere. Between `enter` and `leave` it must not: half a frame on the channel would
 * garble all that follows. Main thread and control worker agree as in Dekker's algorithm: each raises its
 * flag before it looks at the other's.
 */
export const cells = { critical: 0, stopping: 1, acknowledged: 2 } as const;
/** Counts replies to requests for input, so that a blocked thread can wait for the next one. */
export const inputCell = 3;

export const flags = new Int32Array(new SharedArrayBuffer(16));
let depth = 0;

export function critically<T>(act: () => T): T {
  if (depth === 0) {
    Atomics.store(flags, cells.critical, 1);
    if (Atomics.load(flags, cells.stopping) === 1) {
      Atomics.store(flags, cells.critical, 0);
      // The stop is on its way and ends this loop.
      while (Atomics.load(flags, cells.stopping) === 1);
      Atomics.store(flags, cells.critical, 1);
    }
  }
  depth += 1;
  try {
    return act();
  } finally {
    depth -= 1;
    if (depth === 0) Atomics.store(flags, cells.critical, 0);
  }
}
