import { controlLayout, helperLoop, type HelperStart } from "./helper-loop.js";

/** Starts a thread that runs `loop(start)`; the text of a function, because a thread shares no code. It must not keep the process alive. */
export type SpawnThread = (loop: string, start: HelperStart) => void;

let spawnThread: SpawnThread | undefined;

/**
 * Sets how a second thread is started; `undefined` for not at all, as in surroundings that have none. Returns the one before.
 * `gradus` sets it for Node; the engine alone starts no threads.
 *
 * @example
 * import { setBackend, setThreadSpawner, usesThreads } from "gradus";
 * const before = setThreadSpawner(undefined);
 * setBackend("typescript", { threads: 2 });
 * console.log(usesThreads()); // 1
 * setThreadSpawner(before);
 */
export function setThreadSpawner(next: SpawnThread | undefined): SpawnThread | undefined {
  const before = spawnThread;
  spawnThread = next;
  return before;
}

/** True where a second thread can be started and share memory. */
export function canShareWork(): boolean {
  return spawnThread !== undefined && typeof SharedArrayBuffer === "function";
}

/** A call of a kernel: its number among the team's kernels, and its arguments. */
export type Part = readonly [kernel: number, args: readonly number[]];

const words = controlLayout;
const { mostParts, partLength, partsAt } = controlLayout;

/** This thread and one helper, which work on the parts of a round together. Who takes which part changes no result. */
export class Team {
  readonly #words: Int32Array;
  readonly #parts: Float64Array;
  readonly #call: (kernel: number, args: readonly number[]) => void;
  #round = 0;

  /** Starts the helper. `call` runs a part on this thread. */
  constructor(
    start: Omit<HelperStart, "control" | "layout">,
    call: (kernel: number, args: readonly number[]) => void,
  ) {
    const control = new SharedArrayBuffer(partsAt + mostParts * partLength * 8);
    this.#words = new Int32Array(control, 0, partsAt / 4);
    this.#parts = new Float64Array(control, partsAt);
    this.#call = call;
    spawnThread?.(helperLoop.toString(), { ...start, control, layout: controlLayout });
  }

  /** True once the helper has started, which takes some 30 ms; until then this thread works alone. */
  get ready(): boolean {
    return Atomics.load(this.#words, words.ready) === 1;
  }

  /** Runs all parts, in any order, and returns when the last one is done. */
  run(parts: readonly Part[]): void {
    const control = this.#words;
    this.#round = (this.#round + 1) & 0xffffff;
    const round = this.#round << 6;
    // If the last round was broken off (a stopped cell), the helper may still be at work: nothing is left for it, and it is waited for.
    Atomics.store(control, words.next, round | 63);
    while (Atomics.load(control, words.busy) === 1);
    parts.forEach(([kernel, args], i) => {
      this.#parts[i * partLength] = kernel;
      this.#parts[i * partLength + 1] = args.length;
      this.#parts.set(args, i * partLength + 2);
    });
    Atomics.store(control, words.finished, 0);
    Atomics.store(control, words.parts, round | parts.length);
    Atomics.store(control, words.next, round);
    Atomics.add(control, words.round, 1);
    Atomics.notify(control, words.round);
    let own = 0;
    for (;;) {
      const part = Atomics.add(control, words.next, 1) & 63;
      if (part >= parts.length) break;
      this.#call(...parts[part]);
      own++;
    }
    while (Atomics.load(control, words.finished) < parts.length - own);
  }
}
