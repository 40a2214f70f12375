/** What a helper thread is started with. */
export interface HelperStart {
  /** The compiled kernels, whose memory is shared. */
  readonly module: object;
  readonly memory: object;
  /** Room of its own in the memory, see `useBench`. */
  readonly bench: number;
  readonly control: SharedArrayBuffer;
  /** Where things stand in `control`. */
  readonly layout: ControlLayout;
  /** The kernels that it is asked for, by number. */
  readonly kernels: readonly string[];
}

/** Where things stand in the control block: words of 32 bits first, then the parts of a round. */
export interface ControlLayout {
  /** Counts the rounds; the helper sleeps until it changes. */
  readonly round: number;
  /** round · 64 + the number of the next part that nobody has taken. */
  readonly next: number;
  /** round · 64 + how many parts there are. */
  readonly parts: number;
  /** How many parts of this round the helper has finished. */
  readonly finished: number;
  /** 1 while the helper looks for a part or works on one. */
  readonly busy: number;
  /** 1 once it can be asked. */
  readonly ready: number;
  /** Where the parts begin, in bytes. */
  readonly partsAt: number;
  /** Numbers a part has: the kernel, how many arguments, the arguments. */
  readonly partLength: number;
  /** Parts of a round, at most; less than 64. */
  readonly mostParts: number;
}

/** The layout that `Team` writes; the helper is told it. */
export const controlLayout: ControlLayout = {
  ...{ round: 0, next: 1, parts: 2, finished: 3, busy: 4, ready: 5 },
  ...{ partsAt: 64, partLength: 18, mostParts: 16 },
};

/**
 * What the helper thread does for ever: takes parts of a round until none is left, then sleeps. The thread is started with the text
 * of this function, so it uses nothing from outside but its argument and what every JavaScript has.
 */
export function helperLoop({ module, memory, bench, control, layout, kernels }: HelperStart): void {
  const surroundings = globalThis as unknown as {
    WebAssembly: { Instance: new (module: object, imports: object) => { exports: unknown } };
  };
  const { exports } = new surroundings.WebAssembly.Instance(module, { env: { memory } });
  const functions = exports as Record<string, (...args: number[]) => void>;
  functions["useBench"](bench);
  const { round, next, finished, busy, ready, partsAt, partLength } = layout;
  const words = new Int32Array(control, 0, partsAt / 4);
  const parts = new Float64Array(control, partsAt);
  Atomics.store(words, ready, 1);
  for (let seen = 0; ;) {
    Atomics.wait(words, round, seen);
    seen = Atomics.load(words, round);
    Atomics.store(words, busy, 1);
    for (;;) {
      const taken = Atomics.add(words, next, 1);
      const count = Atomics.load(words, layout.parts);
      // A part that was taken late, when a new round had begun, is none.
      if (taken >> 6 !== count >> 6 || (taken & 63) >= (count & 63)) break;
      const at = (taken & 63) * partLength;
      functions[kernels[parts[at]]](...parts.subarray(at + 2, at + 2 + parts[at + 1]));
      Atomics.add(words, finished, 1);
    }
    Atomics.store(words, busy, 0);
  }
}
