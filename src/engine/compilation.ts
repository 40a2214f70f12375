import { DivergenceError } from "./divergence-error.js";
import type { Dtype } from "./dtype.js";
import { frozenAtTheBottom } from "./frozen-layers.js";
import type { Logs } from "./history.js";
import { allRows, consecutiveRows } from "./inputs.js";
import type { LayerChain } from "./layer-chain.js";
import type { Layer, Parameter } from "./layer.js";
import type { Loss } from "./loss.js";
import { resolveLoss } from "./losses.js";
import type { Matrix } from "./matrix.js";
import { resolveMetrics, type CompiledMetric, type Metric } from "./metrics.js";
import { checkNotSwapped, checkOutput, outputFeaturesOf } from "./model-checks.js";
import { Network, updateAll, type Trainee } from "./network.js";
import { resolveOptimizer, type Optimizer, type UpdateRule } from "./optimizers.js";
import { knownOptions } from "./options.js";
import { RunningMeans } from "./running-means.js";
import type { CompileOptions } from "./sequential-options.js";
import { checkTargets, toSamples, type Samples, type SamplesLike } from "./training-data.js";

/** What `compile` adds to a chain of layers: what to minimize, how, and what to measure besides. */
export class Compilation {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly CompiledMetric[];
  /** The same, before they knew the loss: what a saved model names. */
  readonly chosenMetrics: readonly Metric[];
  readonly #chain: LayerChain;
  readonly #dtype: Dtype;
  /** The optimizer's memory of each parameter; it survives from one `fit` to the next. */
  readonly #rules: Map<Parameter, UpdateRule> = new Map();
  #network: Network | undefined;

  /** Throws OptionError for unknown names and Error if the last layer's activation does not go with the loss. */
  constructor(
    options: CompileOptions,
    { chain, dtype }: { readonly chain: LayerChain; readonly dtype: Dtype },
  ) {
    knownOptions("compile", {
      options,
      known: { loss: true, optimizer: true, metrics: true },
      example: '{ loss: "mse", optimizer: "adam" }',
    });
    const { loss, optimizer = "sgd", metrics = [] } = options;
    this.loss = resolveLoss(loss);
    this.optimizer = resolveOptimizer(optimizer);
    this.chosenMetrics = resolveMetrics(metrics);
    this.metrics = this.chosenMetrics.map((metric) => metric.forLoss(this.loss));
    this.#chain = chain;
    this.#dtype = dtype;
    if (chain.layers.length > 0) checkOutput(chain.layers, this.loss);
  }

  /** The layers of the chain, as they are now. */
  get layers(): readonly Layer[] {
    return this.#chain.layers;
  }

  /** The optimizer's rules so far; none before the first step. */
  get rules(): ReadonlyMap<Parameter, UpdateRule> {
    return this.#rules;
  }

  /** The layers of the chain, as they are now, with the loss at their end. */
  get network(): Network {
    const { layers } = this.#chain;
    const known = this.#network;
    if (known?.layers.length === layers.length && known.lowest === frozenAtTheBottom(layers)) return known;
    return (this.#network = new Network([...layers], this.loss));
  }

  /** Every parameter that is not frozen, with the optimizer's rule for it; a new parameter gets a fresh rule. */
  get trainees(): Trainee[] {
    return this.#chain.layers
      .flatMap((layer) => (layer.trainable ? layer.parameters : []))
      .map((parameter) => ({ parameter, update: this.ruleFor(parameter) }));
  }

  /** The optimizer's rule for this parameter: the one that it has, or a fresh one. */
  ruleFor(parameter: Parameter): UpdateRule {
    const rule = this.#rules.get(parameter) ?? this.optimizer.createRule(parameter.value.data);
    this.#rules.set(parameter, rule);
    return rule;
  }

  /** The samples in the model's format, after every check; builds the chain if these are its first rows. */
  checkedSamples(samplesLike: SamplesLike, operation: string, flat: boolean): Samples {
    const { loss, metrics } = this;
    const given = toSamples(samplesLike, { operation, dtype: this.#dtype });
    checkNotSwapped(given, { operation, layers: this.#chain.layers, loss });
    this.#chain.prepareFor(given.x, operation, flat);
    const samples = { ...given, x: this.#chain.thinned(given.x) };
    checkOutput(this.#chain.layers, loss);
    const outputs = outputFeaturesOf(this.#chain.last);
    checkTargets(samples.y, { operation, outputs, loss, metrics });
    return samples;
  }

  /** Loss and metrics over all rows, `batchSize` at a time, as in inference. */
  measure(
    { x, y, weight }: Samples,
    { batchSize, prefix }: { readonly batchSize: number; readonly prefix: string },
  ): Logs {
    const { network } = this;
    const means = new RunningMeans(this.metrics);
    for (const { rows, start, end } of consecutiveRows(x, batchSize)) {
      const target = { y: y.sliceRows(start, end), weight: weight?.subarray(start, end) };
      const output = network.forward(rows);
      means.add(network.lossOf(output, target), output, target.y);
    }
    return means.logs(prefix);
  }

  /** One step on these rows as one batch; loss and metrics before it. Throws DivergenceError, having done no step, if the loss is no number. */
  step(samples: Samples): Logs {
    const { network } = this;
    const output = network.forward(allRows(samples.x), true);
    const loss = network.lossOf(output, samples);
    if (!Number.isFinite(loss)) {
      throw new DivergenceError(
        `trainOnBatch: the loss is ${loss}. Most likely the learning rate ${this.optimizer.learningRate} is too high, ` +
          `or the inputs are large: standardize them.`,
        { epoch: 0, batch: 0 },
      );
    }
    const means = new RunningMeans(this.metrics);
    means.add(loss, output, samples.y);
    network.backward(output, samples);
    updateAll(this.trainees, this.optimizer.clipping);
    return means.logs();
  }

  /** The loss of these rows and its gradient by every trainable weight, one entry per layer (empty for a frozen one), without a step. */
  slopes(
    samples: Samples,
    training: boolean,
  ): { loss: number; gradients: Readonly<Record<string, Matrix>>[] } {
    const { network } = this;
    const output = network.forward(allRows(samples.x), training);
    const loss = network.lossOf(output, samples);
    network.backward(output, samples);
    const gradients = this.layers.map(({ parameters, trainable }) =>
      Object.fromEntries((trainable ? parameters : []).map(({ name, gradient }) => [name, gradient.copy()])),
    );
    return { loss, gradients };
  }
}
