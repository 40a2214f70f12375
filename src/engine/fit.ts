import type { Callback, TrainingContext } from "./callbacks.js";
import type { StopSignal } from "./fit-options.js";
import type { History, Logs } from "./history.js";
import type { Sequential } from "./sequential.js";
import { TrainingLoop, type TrainingPlan } from "./training-loop.js";

export type { FitOptions, StopSignal } from "./fit-options.js";

/** A plan, and who is told of its progress. */
export interface Training extends TrainingPlan {
  readonly model: Sequential;
  readonly callbacks: readonly Callback[];
  readonly signal: StopSignal | undefined;
  /** Receives the history at the start, so that it can be read while it grows. */
  readonly publish: (history: History) => void;
  /** Throws if the model was changed so that this training cannot go on. */
  readonly checkCurrent: () => void;
}

/** Runs the training loop, calls the callbacks, and lets the event loop breathe. */
export async function train(run: Training): Promise<History> {
  const { model, epochs, callbacks, report, signal } = run;
  const watched = callbacks.length > 0;
  const loop = new TrainingLoop(run, {
    batches: callbacks.some((callback) => callback.onBatchEnd !== undefined),
    epochs: watched || signal !== undefined,
  });
  const { batches, history } = loop;
  run.publish(history);

  let stopped = false;
  const tell = async (
    moment: keyof Callback,
    { epoch, batch, logs }: { readonly epoch: number; readonly batch: number; readonly logs: Logs },
  ): Promise<void> => {
    const stop = (): void => {
      stopped = true;
    };
    const context: TrainingContext = { model, epoch, epochs, batch, batches, logs, stop };
    for (const callback of callbacks) await callback[moment]?.(context);
    // At the end the model may be changed: nothing is left to disturb.
    if (moment !== "onTrainEnd") run.checkCurrent();
  };
  const breathe = async (): Promise<void> => {
    const { epoch, batch } = loop;
    report?.({ kind: "batch", epoch, epochs, batch: batch - 1, batches, logs: loop.means });
    await loop.breather.pause();
    run.checkCurrent();
    throwIfAborted(signal);
  };

  let finished = false;
  report?.({ kind: "begin", epochs, stepsPerEpoch: batches });
  try {
    throwIfAborted(signal);
    if (watched) await tell("onTrainBegin", { epoch: loop.epoch, batch: 0, logs: {} });
    while (!stopped && loop.epoch < epochs) {
      if (watched && loop.batch === 0) {
        await tell("onEpochBegin", { epoch: loop.epoch, batch: 0, logs: {} });
        if (stopped) break;
      }
      const halt = loop.advance();
      let epochIsOver = halt === "epoch";
      if (halt === "batch") {
        await tell("onBatchEnd", { epoch: loop.epoch, batch: loop.batch - 1, logs: loop.means });
        if (loop.breather.due()) await breathe();
        epochIsOver = stopped || loop.batch === batches;
        if (epochIsOver) loop.endEpoch();
      } else if (halt === "breath") await breathe();
      if (!epochIsOver) continue;
      if (watched) await tell("onEpochEnd", { epoch: loop.epoch - 1, batch: batches - 1, logs: loop.logs });
      throwIfAborted(signal);
    }
    const last = history.epoch.at(-1) ?? loop.epoch;
    if (watched) await tell("onTrainEnd", { epoch: last, batch: batches - 1, logs: loop.logs });
    finished = true;
  } finally {
    report?.({ kind: "end", stopped: stopped || !finished });
  }
  return history;
}

function throwIfAborted(signal: StopSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw signal.reason instanceof Error ? signal.reason : new Error("fit: stopped by its signal");
}
