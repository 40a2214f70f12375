/** What a helper thread is started with. */
export interface HelperStart {
  /** The compiled kernels, whose memory is shared. */
  readonly module: object;
  readonly memory: object;
  /** Room of its own in the memory, see `useBench`. */
  readonly bench: number;
  readonly control: SharedArrayBuffer;
  /** The kernels that it is asked for, by number. */
  readonly kernels: readonly string[];
}

/** Where things stand in the control block, counted in 32-bit numbers; `Team` writes it, the helper reads it. */
export const controlWords: Readonly<
  Record<"round" | "next" | "parts" | "finished" | "busy" | "ready", number>
> = {
  /** Counts the rounds; the helper sleeps until it changes. */
  round: 0,
  /** round · 64 + the number of the next part that nobody has taken. */
  next: 1,
  /** round · 64 + how many parts there are. */
  parts: 2,
  /** How many parts of this round the helper has finished. */
  finished: 3,
  /** 1 while the helper looks for a part or works on one. */
  busy: 4,
  /** 1 once it can be asked. */
  ready: 5,
};

/** Parts of a round, at most; less than 64. */
export const mostParts: number = 16;
/** Numbers a part has: the kernel, how many arguments, the arguments. */
export const partLength: number = 18;
/** Where the parts begin in the control block, in bytes. */
export const partsAt: number = 64;

/**
 * What the helper thread does for ever: takes parts of a round until none is left, then sleeps. The thread is started with the text
 * of this function, so it uses nothing from outside but its argument and what every JavaScript has.
 */
export function helperLoop({ module, memory, bench, control, kernels }: HelperStart): void {
  const surroundings = globalThis as unknown as {
    WebAssembly: { Instance: new (module: object, imports: object) => { exports: unknown } };
  };
  const { exports } = new surroundings.WebAssembly.Instance(module, { env: { memory } });
  const functions = exports as Record<string, (...args: number[]) => void>;
  functions["useBench"](bench);
  const words = new Int32Array(control, 0, 16);
  const parts = new Float64Array(control, 64);
  Atomics.store(words, 5, 1);
  for (let seen = 0; ;) {
    Atomics.wait(words, 0, seen);
    seen = Atomics.load(words, 0);
    Atomics.store(words, 4, 1);
    for (;;) {
      const taken = Atomics.add(words, 1, 1);
      const count = Atomics.load(words, 2);
      // A part that was taken late, when a new round had begun, is none.
      if (taken >> 6 !== count >> 6 || (taken & 63) >= (count & 63)) break;
      const at = (taken & 63) * 18;
      functions[kernels[parts[at]]](...parts.subarray(at + 2, at + 2 + parts[at + 1]));
      Atomics.add(words, 3, 1);
    }
    Atomics.store(words, 4, 0);
  }
}
