import * as vm from "node:vm";
import type { ScriptText } from "../wire.js";
import { writeStream } from "./output.js";

// A cell may declare a variable of one of these names; the runtime keeps the originals.
const { Object, Promise, Set, setImmediate } = globalThis;

// User code may replace it.
const { then: chain } = Promise.prototype;
const builtIn = new Set(Object.getOwnPropertyNames(globalThis));
const declared = new Set<string>();

/** Makes the names variables of the session, each once; what they hold is the cells' business. */
export function declare(names: readonly string[]): void {
  for (const name of names) {
    if (declared.has(name)) continue;
    if (builtIn.has(name)) {
      writeStream(
        "stderr",
        `Note: "${name}" now hides the global of the same name, also for packages, until the kernel restarts.\n`,
      );
    }
    new vm.Script(`let ${name};`).runInThisContext();
    declared.add(name);
  }
}

/** Runs scripts one after the other; without an `await` in them all happens before it returns. */
export function runScripts(
  scripts: readonly ScriptText[],
  file: string,
  done: () => void,
  failed: (error: unknown) => void,
): void {
  const [script, ...rest] = scripts;
  if (script === undefined) return done();
  let value: unknown;
  try {
    const start = new vm.Script(script.text, { filename: file, columnOffset: -script.prefixLength });
    value = (start.runInThisContext() as () => unknown)();
  } catch (error) {
    return failed(error);
  }
  if (!script.isAsync) return runScripts(rest, file, done, failed);
  void chain.call(value as Promise<unknown>, () => runScripts(rest, file, done, failed), failed);
}

const timeoutClass = classOf(
  setTimeout(() => {}),
  clearTimeout,
);
const immediateClass = classOf(
  setImmediate(() => {}),
  clearImmediate,
);

function classOf<T extends object>(timer: T, clear: (timer: T) => void): unknown {
  clear(timer);
  return timer.constructor;
}

/** `setTimeout(...)` as the last line is meant to start a timer, not to show its insides. */
export function isTimer(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const maker: unknown = Object.getPrototypeOf(value)?.constructor;
  return maker === timeoutClass || maker === immediateClass;
}
