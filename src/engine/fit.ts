import type { Callback, TrainingContext } from "./callbacks.js";
import { DivergenceError } from "./divergence-error.js";
import type { GradientClipping } from "./gradient-clipping.js";
import { emptyHistory, recordEpoch, type History, type Logs } from "./history.js";
import { copyRows, largestSize } from "./inputs.js";
import { Matrix } from "./matrix.js";
import { RunningMeans, updateAll, type Network, type Trainee } from "./network.js";
import type { Metric } from "./metrics.js";
import type { ProgressReporter } from "./progress.js";
import type { Random } from "./random.js";
import type { ClassWeight } from "./sample-weights.js";
import type { Sequential } from "./sequential.js";
import type { Batch, Samples, SamplesLike } from "./training-data.js";
import { createBreather } from "./yield.js";

/** The part of an AbortSignal that `fit` reads. */
export interface StopSignal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

export interface FitOptions {
  /** How often all rows are seen. Default 1. */
  readonly epochs?: number;
  /** Rows per step. Default 32. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  readonly validationData?: SamplesLike;
  /** The part of the rows, taken from the end before shuffling, that is kept for validation. Default 0. */
  readonly validationSplit?: number;
  /** How much each row counts in the loss. The divisor stays the number of rows, as in Keras; metrics are not weighted. */
  readonly sampleWeight?: ArrayLike<number>;
  /** The same by class number: `{ 0: 1, 1: 5 }`; a class that is not named counts 1. Validation is not weighted by it. */
  readonly classWeight?: ClassWeight;
  /** New order of the rows in each epoch. Default true. */
  readonly shuffle?: boolean;
  /** 0 silences the progress reporter. Default 1. */
  readonly verbose?: 0 | 1;
  readonly callbacks?: readonly Callback[];
  /** Seed of the order of the rows; without it the model's own generator goes on. */
  readonly seed?: number;
  /** Aborting it ends training within about 30 ms: `fit` rejects with the signal's reason, the weights stay as they are. */
  readonly signal?: StopSignal;
}

/** Everything the loop needs, checked. */
export interface Training {
  readonly model: Sequential;
  readonly network: Network;
  readonly trainees: readonly Trainee[];
  readonly clip: GradientClipping | undefined;
  readonly metrics: readonly Metric[];
  readonly training: Samples;
  readonly validate: (() => Logs) | undefined;
  readonly epochs: number;
  readonly batchSize: number;
  /** Where the order of the rows comes from; undefined keeps it. */
  readonly order: Random | undefined;
  readonly callbacks: readonly Callback[];
  readonly report: ProgressReporter | undefined;
  readonly signal: StopSignal | undefined;
  readonly learningRate: () => number;
  /** Receives the history at the start, so that it can be read while it grows. */
  readonly publish: (history: History) => void;
  /** Throws if this training has been replaced by a newer one. */
  readonly checkCurrent: () => void;
}

/** The training loop: for each epoch, for each batch, forward, backward, one step; then validation, callbacks, history. */
export async function train(run: Training): Promise<History> {
  const { model, network, trainees, training, epochs, batchSize, callbacks, report } = run;
  const samples = training.x.rows;
  const batches = Math.ceil(samples / batchSize);
  const history = emptyHistory({ epochs, steps: batches, batchSize, samples });
  run.publish(history);

  const breather = createBreather();
  const means = new RunningMeans(run.metrics);
  const indices = Uint32Array.from({ length: samples }, (_, i) => i);
  const full = makeBatch(training, Math.min(batchSize, samples));
  const rest = samples % batchSize === 0 ? full : makeBatch(training, samples % batchSize);
  const watchesBatches = callbacks.some((callback) => callback.onBatchEnd !== undefined);

  let stopped = false;
  let finished = false;
  let logs: Logs = {};
  const context = (epoch: number, batch: number): TrainingContext => ({
    ...{ model, epoch, epochs, batch, batches, logs },
    stop: () => {
      stopped = true;
    },
  });
  const breathe = async (): Promise<void> => {
    await breather.pause();
    run.checkCurrent();
    throwIfAborted(run.signal);
  };

  report?.({ kind: "begin", epochs, stepsPerEpoch: batches });
  try {
    throwIfAborted(run.signal);
    await notify(callbacks, "onTrainBegin", context(0, 0));
    for (let epoch = 0; epoch < epochs && !stopped; epoch++) {
      logs = {};
      await notify(callbacks, "onEpochBegin", context(epoch, 0));
      if (run.order !== undefined) shuffleAfresh(indices, run.order);
      means.reset();
      for (let batch = 0; batch < batches && !stopped; batch++) {
        const rows = batch === batches - 1 ? rest : full;
        gather(training, rows, indices, batch * batchSize);
        const output = network.forward(rows.x, true);
        const loss = network.lossOf(output, rows);
        if (!Number.isFinite(loss)) throw diverged(run, { epoch, batch, batches, loss });
        means.add(loss, output, rows.y);
        network.backward(output, rows);
        updateAll(trainees, run.clip);

        if (watchesBatches) {
          logs = means.logs();
          await notify(callbacks, "onBatchEnd", context(epoch, batch));
        }
        if (breather.due()) {
          report?.({ kind: "batch", epoch, epochs, batch, batches, logs: means.logs() });
          await breathe();
        }
      }
      checkWeights(run, { epoch, batch: batches - 1, batches });
      logs = { ...means.logs(), ...run.validate?.() };
      recordEpoch(history, logs);
      report?.({ kind: "epoch", epoch, epochs, logs });
      await notify(callbacks, "onEpochEnd", context(epoch, batches - 1));
      throwIfAborted(run.signal);
    }
    await notify(callbacks, "onTrainEnd", context(Math.max(0, history.epoch.length - 1), batches - 1));
    finished = true;
  } finally {
    report?.({ kind: "end", stopped: stopped || !finished });
  }
  return history;
}

/** From 0, 1, 2, ... each time, so that an epoch's order depends on the generator alone, not on where `fit` was called. */
function shuffleAfresh(indices: Uint32Array, order: Random): void {
  for (let i = 0; i < indices.length; i++) indices[i] = i;
  order.shuffle(indices);
}

function makeBatch({ x, y, weight }: Samples, rows: number): Batch {
  const make = (cols: number): Matrix => Matrix.zeros(rows, cols, { dtype: y.dtype, longLived: true });
  return { x: make(x.cols), y: make(y.cols), weight: weight && new Float64Array(rows) };
}

/** Copies the rows indices[start], indices[start + 1], ... into the batch. */
function gather(from: Samples, to: Batch, indices: Uint32Array, start: number): void {
  copyRows(from.x, to.x, indices, start);
  copyRows(from.y, to.y, indices, start);
  if (from.weight === undefined || to.weight === undefined) return;
  for (let r = 0; r < to.weight.length; r++) to.weight[r] = from.weight[indices[start + r]];
}

async function notify(
  callbacks: readonly Callback[],
  moment: keyof Callback,
  context: TrainingContext,
): Promise<void> {
  for (const callback of callbacks) await callback[moment]?.(context);
}

function throwIfAborted(signal: StopSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw signal.reason instanceof Error ? signal.reason : new Error("fit: stopped by its signal");
}

interface Where {
  readonly epoch: number;
  readonly batch: number;
  readonly batches: number;
}

/** A step can end beyond the finite numbers after a last good loss; then the next epoch must not hide it. */
function checkWeights(run: Training, where: Where): void {
  for (const { parameter } of run.trainees) {
    const { data } = parameter.value;
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i]))
        throw diverged(run, { ...where, weight: `${parameter.name} holds ${data[i]}` });
    }
  }
}

function diverged(
  run: Training,
  at: Where & { readonly loss?: number; readonly weight?: string },
): DivergenceError {
  const largest = largestSize(run.training.x);
  const cause =
    largest > 100
      ? `the inputs are large (up to ${Number(largest.toPrecision(3))}): standardize them, or lower the learning rate (${run.learningRate()})`
      : `the learning rate ${run.learningRate()} is too high: try a tenth of it`;
  return new DivergenceError(
    `fit: ${at.weight ?? `the loss is ${at.loss}`} in epoch ${at.epoch + 1} of ${run.epochs}, ` +
      `batch ${at.batch + 1} of ${at.batches}. Most likely ${cause}. The model's weights are unusable now; make it anew.`,
    at,
  );
}
