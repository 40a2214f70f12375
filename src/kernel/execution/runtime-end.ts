import type { CellError } from "../session/executor.js";
import type { RuntimeEnd } from "./runtime-process.js";

const lost = "All variables are lost; the runtime has been started anew. Run the cells that you need again.";

/** Why the runtime is gone, in words that say what was lost. */
export function describeEnd(
  { code, signal, exitCode, outOfMemory }: RuntimeEnd,
  { stuck, stopped }: { readonly stuck: boolean; readonly stopped: boolean },
): CellError {
  const [ename, reason] = stopped
    ? ["Stopped", "the kernel was stopped or restarted while this cell ran"]
    : stuck
      ? ["Interrupted", "the cell was inside native code that cannot be stopped, so its process was ended"]
      : outOfMemory
        ? [
            "OutOfMemory",
            "the runtime ran out of memory; keep less data alive, or start Node with a larger --max-old-space-size",
          ]
        : exitCode !== undefined
          ? ["ProcessExit", `process.exit(${exitCode}) was called and ended the runtime`]
          : signal !== null
            ? ["RuntimeCrash", `the runtime was ended by ${signal}`]
            : ["RuntimeCrash", `the runtime ended unexpectedly with code ${code}`];
  const evalue = `${reason}. ${stopped ? "All variables are lost." : lost}`;
  return { ename, evalue, traceback: [`${ename}: ${evalue}`] };
}
