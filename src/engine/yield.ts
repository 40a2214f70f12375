/**
 * Lets the event loop breathe during long work: a notebook stays alive, a stop request gets through.
 * The one place of the engine that looks at the clock; it changes when work pauses, never its result.
 */
export interface Breather {
  /** True when the last pause is long enough ago. */
  due(): boolean;
  /** Lets everything that is waiting (messages, timers) have its turn. */
  pause(): Promise<void>;
}

interface Surroundings {
  readonly performance?: { now(): number };
  readonly setImmediate?: (run: () => void) => unknown;
  readonly setTimeout?: (run: () => void, ms: number) => unknown;
}

/** A breather that is due every `everyMs` milliseconds, or every 100 questions where there is no clock. */
export function createBreather({ everyMs = 30 }: { readonly everyMs?: number } = {}): Breather {
  // Looked up at each start, not once at import: a host may install its own.
  const { performance: clock, setImmediate: soon, setTimeout: later } = globalThis as Surroundings;
  let last = clock?.now() ?? 0;
  let asked = 0;
  let looked = last;
  // A look at the clock takes as long as a tenth of a step of a small network. After some questions in quick succession one is taken
  // only about every millisecond.
  let quick = 0;
  let skip = 0;
  return {
    due() {
      if (clock === undefined) return ++asked % 100 === 0;
      if (skip > 0) {
        skip--;
        return false;
      }
      const now = clock.now();
      quick = now - looked < 0.5 ? Math.min(2 * quick + 1, 511) : now - looked < 1 ? quick : 0;
      looked = now;
      skip = quick >> 3;
      return now - last >= everyMs;
    },
    async pause() {
      // In a browser, which has no setImmediate, a timer may take 4 ms: of 30 that is bearable.
      await new Promise<void>((resolve) => {
        if (soon !== undefined) soon(resolve);
        else if (later !== undefined) later(resolve, 0);
        else resolve();
      });
      looked = last = clock?.now() ?? 0;
      quick = skip = 0;
    },
  };
}
