import type { Dtype } from "./dtype.js";
import type { Input } from "./input.js";
import type { Layer } from "./layer.js";
import type { Loss, LossName } from "./loss.js";
import type { Metric, MetricName } from "./metrics.js";
import type { Optimizer, OptimizerName } from "./optimizers.js";

/** The options of a new `Sequential`. */
export interface SequentialOptions {
  /** In order; an `input(...)` may come first. */
  readonly layers?: readonly (Layer | Input)[];
  /** Of the first weights and the order of the rows. Default 0: without a seed, too, a notebook repeats itself. */
  readonly seed?: number;
  /** Default "float32". */
  readonly dtype?: Dtype;
  /** Default "sequential". */
  readonly name?: string;
}

/** What `compile` takes: what to minimize, how, and what to measure besides. */
export interface CompileOptions {
  readonly loss: LossName | Loss;
  /** Default "sgd". */
  readonly optimizer?: OptimizerName | Optimizer;
  /** By name, or with options: `["accuracy", metrics.topKAccuracy({ k: 3 })]`. Default none. */
  readonly metrics?: readonly (MetricName | Metric)[];
}

/** How `evaluate` and `predict` walk through the rows. */
export interface EvaluateOptions {
  /** Rows computed at a time; changes speed and memory, not the meaning. Default 256. */
  readonly batchSize?: number;
  /** Taken for Keras' sake; `evaluate` and `predict` are silent in any case. */
  readonly verbose?: 0 | 1;
}

/** Weights of rows. */
export interface WeightOptions {
  /** How much each row counts in the loss. */
  readonly sampleWeight?: ArrayLike<number>;
}
