import { display, type DisplayHandle, inNotebook } from "./display/index.js";
import type { ProgressEvent, ProgressReporter } from "./engine/index.js";

export interface ProgressLineOptions {
  /** Milliseconds, from any origin. */
  readonly now: () => number;
  /** Shows the line, replacing the one before. */
  readonly show: (line: string) => void;
  readonly everyMs?: number;
}

type Logs = Readonly<Record<string, number>>;

/**
 * A reporter that keeps one line up to date while `fit` runs: `epoch 12/50 [##........] loss: 0.3120, 3 s left`.
 * The last line holds no times, so that a notebook that is run twice stores the same text.
 */
export function progressLine({ now, show, everyMs = 100 }: ProgressLineOptions): ProgressReporter {
  let started = now();
  let shown = started;
  let epochs = 0;
  let done = 0;
  let logs: Logs = {};
  const line = (part: number): string => {
    const bar = "#".repeat(Math.round(part * 10)).padEnd(10, ".");
    const leftS = Math.round(((now() - started) * (1 / part - 1)) / 1000);
    return `epoch ${Math.min(done + 1, epochs)}/${epochs} [${bar}] ${describe(logs)}, ${leftS} s left`;
  };
  return (event: ProgressEvent) => {
    switch (event.kind) {
      case "begin":
        started = shown = now();
        ({ epochs } = event);
        done = 0;
        logs = {};
        return;
      case "batch":
        if (now() - shown < everyMs) return;
        shown = now();
        show(line((event.epoch + (event.batch + 1) / event.batches) / event.epochs));
        return;
      case "epoch":
        done = event.epoch + 1;
        ({ logs } = event);
        return;
      case "end": {
        show(`${done} of ${epochs} epochs${event.stopped ? " (stopped)" : ""}: ${describe(logs)}`);
      }
    }
  };
}

function describe(logs: Logs): string {
  const parts = Object.entries(logs).map(([name, value]) => `${name}: ${value.toFixed(4)}`);
  return parts.length === 0 ? "first epoch" : parts.join(", ");
}

interface Surroundings {
  readonly performance: { now(): number };
  readonly process?: { readonly stdout?: { readonly isTTY?: boolean; write(text: string): unknown } };
}

/** The line where this program runs: an output that updates in a notebook, one line of a terminal, nothing elsewhere. */
export function defaultProgressLine(): ProgressReporter {
  const { performance: clock, process } = globalThis as unknown as Surroundings;
  let handle: DisplayHandle | undefined;
  const report = progressLine({
    now: () => clock.now(),
    show(text) {
      if (inNotebook()) {
        if (handle === undefined) handle = display(text, { displayId: true });
        else handle.update(text);
      } else if (process?.stdout?.isTTY) process.stdout.write(`\r\u001b[2K${text}`);
    },
  });
  return (event) => {
    if (event.kind === "begin") handle = undefined; // each training has a line of its own
    report(event);
    if (event.kind === "end" && !inNotebook() && process?.stdout?.isTTY) process.stdout.write("\n");
  };
}
