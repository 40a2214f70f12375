import { createRequire, syncBuiltinESMExports } from "node:module";
import { currentRun, hasContextFrames, type Run, within } from "./runs.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Object, Promise, Reflect } = globalThis;

type Callback = (...values: unknown[]) => unknown;

/**
 * Makes callbacks remember their cell: what they throw is reported there, and once the cell is stopped they no longer
 * run, which ends loops of libraries that sleep between their steps.
 */
export function followCallbacks(report: (error: unknown, run: Run | undefined) => void): void {
  const bound = (callback: Callback): Callback => {
    const run = currentRun();
    return function (this: unknown, ...values) {
      if (run?.stopped === true) return undefined;
      const call = (): unknown => {
        try {
          return callback.apply(this, values);
        } catch (error) {
          report(error, run);
          return undefined;
        }
      };
      return hasContextFrames ? call() : within(run, call);
    };
  };

  const require = createRequire(import.meta.url);
  const timers = require("node:timers") as Record<string, Callback>;
  for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
    const original = timers[name]!;
    const replacement = function (callback: unknown, ...rest: unknown[]): unknown {
      return original(typeof callback === "function" ? bound(callback as Callback) : callback, ...rest);
    };
    Object.defineProperty(replacement, "name", { value: name });
    copyOwn(original, replacement);
    timers[name] = replacement;
    Object.defineProperty(globalThis, name, {
      value: replacement,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  followPromisedTimers(require("node:timers/promises") as Record<string, Callback>);
  syncBuiltinESMExports();

  const { queueMicrotask: queue } = globalThis;
  globalThis.queueMicrotask = function queueMicrotask(callback: () => void): void {
    queue(typeof callback === "function" ? (bound(callback) as () => void) : callback);
  };
  if (!hasContextFrames) followPromises();
}

/** `util.promisify(setTimeout)` looks for a symbol on the function. */
function copyOwn(from: object, to: object): void {
  for (const key of Reflect.ownKeys(from)) {
    if (key in to) continue;
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key)!);
  }
}

function followPromisedTimers(timers: Record<string, Callback>): void {
  for (const name of ["setTimeout", "setImmediate"]) {
    const original = timers[name]!;
    timers[name] = (...values) => {
      const run = currentRun();
      return (original(...values) as Promise<unknown>).then((value) =>
        run?.stopped === true ? new Promise(() => {}) : value,
      );
    };
  }
}

/** Without context frames a `then` must be told which cell it belongs to. */
function followPromises(): void {
  const original = Promise.prototype.then as (this: unknown, ...values: unknown[]) => unknown;
  const wrap = (callback: unknown, run: Run | undefined): unknown =>
    typeof callback !== "function"
      ? callback
      : (value: unknown) => within(run, () => (callback as Callback)(value));
  const replacement = {
    then(this: unknown, fulfilled: unknown, rejected: unknown): unknown {
      const run = currentRun();
      return original.call(this, wrap(fulfilled, run), wrap(rejected, run));
    },
  };
  void Object.defineProperty(Promise.prototype, "then", {
    value: replacement.then,
    writable: true,
    configurable: true,
  });
}
