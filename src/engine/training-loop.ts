import { Batches } from "./batches.js";
import type { DivergenceError } from "./divergence-error.js";
import { divergenceError, unusableWeight } from "./divergence.js";
import type { GradientClipping } from "./gradient-clipping.js";
import { emptyHistory, recordEpoch, type History, type Logs } from "./history.js";
import type { CompiledMetric } from "./metrics.js";
import { updateAll, type Network, type Trainee } from "./network.js";
import type { ProgressReporter } from "./progress.js";
import type { Random } from "./random.js";
import { RunningMeans } from "./running-means.js";
import type { Samples } from "./training-data.js";
import { createBreather, type Breather } from "./yield.js";

/** What the loop needs, checked. */
export interface TrainingPlan {
  readonly network: Network;
  readonly trainees: readonly Trainee[];
  readonly clip: GradientClipping | undefined;
  readonly metrics: readonly CompiledMetric[];
  readonly training: Samples;
  readonly validate: (() => Logs) | undefined;
  readonly initialEpoch: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Where the order of the rows comes from; undefined keeps it. */
  readonly order: Random | undefined;
  readonly report: ProgressReporter | undefined;
  readonly learningRate: () => number;
}

/** After what the loop stops for a while. */
export interface Halts {
  /** Each batch. */
  readonly batches: boolean;
  /** Each epoch. */
  readonly epochs: boolean;
}

/** Why the loop has stopped for a while: a batch or an epoch is over, the event loop is to have a turn, or all is done. */
export type Halt = "batch" | "breath" | "epoch" | "end";

/**
 * The training loop: for each epoch, for each batch, forward, backward, one step. It never waits and runs until somebody has to be
 * waited for, so that a small network spends its time on computing: an `await` for each step would take longer than the step.
 */
export class TrainingLoop {
  readonly history: History;
  readonly batches: number;
  /** The epoch under way, or the next one. */
  epoch: number;
  /** The batches that it has done. */
  batch: number = 0;
  /** The means of the last epoch that is over. */
  logs: Logs = {};
  readonly breather: Breather = createBreather();
  readonly #plan: TrainingPlan;
  readonly #halts: Halts;
  readonly #feed: Batches;
  readonly #means: RunningMeans;

  constructor(plan: TrainingPlan, halts: Halts) {
    const { training, initialEpoch, epochs, batchSize } = plan;
    this.#plan = plan;
    this.#halts = halts;
    this.#feed = new Batches(training, plan);
    this.#means = new RunningMeans(plan.metrics);
    this.batches = this.#feed.count;
    this.epoch = initialEpoch;
    this.history = emptyHistory({ epochs, steps: this.batches, batchSize, samples: training.x.rows });
  }

  /** Takes steps until somebody has to be waited for. Throws DivergenceError when loss or weights are no finite numbers. */
  advance(): Halt {
    const { epochs } = this.#plan;
    while (this.epoch < epochs) {
      while (this.batch < this.batches) {
        this.#step();
        if (this.#halts.batches) return "batch";
        if (this.breather.due()) return "breath";
      }
      this.endEpoch();
      if (this.#halts.epochs) return "epoch";
    }
    return "end";
  }

  /** The means over the epoch so far. */
  get means(): Logs {
    return this.#means.logs();
  }

  /** Measures, validates and records the epoch as far as it has come, and goes on to the next. */
  endEpoch(): void {
    const { trainees, validate, report, epochs } = this.#plan;
    const bad = unusableWeight(trainees);
    // A step can end beyond the finite numbers after a last good loss; then the next epoch must not hide it.
    if (bad !== undefined) throw this.#diverged(bad, this.batch - 1);
    const logs = this.#means.logs();
    if (validate !== undefined) Object.assign(logs, validate());
    recordEpoch(this.history, logs, this.epoch);
    this.logs = logs;
    report?.({ kind: "epoch", epoch: this.epoch, epochs, logs });
    this.epoch++;
    this.batch = 0;
  }

  #step(): void {
    const { network, trainees, clip } = this.#plan;
    if (this.batch === 0) {
      this.#feed.beginEpoch();
      this.#means.reset();
    }
    const rows = this.#feed.take(this.batch);
    const output = network.forward(rows.x, true);
    const loss = network.lossOf(output, rows);
    if (!Number.isFinite(loss)) throw this.#diverged(`the loss is ${loss}`, this.batch);
    this.#means.add(loss, output, rows.y);
    network.backward(output, rows);
    updateAll(trainees, clip);
    this.batch++;
  }

  #diverged(what: string, batch: number): DivergenceError {
    const { epoch, batches } = this;
    const { epochs, training } = this.#plan;
    const learningRate = this.#plan.learningRate();
    return divergenceError({ what, epoch, epochs, batch, batches, learningRate, inputs: training.x });
  }
}
