import type { Dtype } from "./dtype.js";
import { DivergenceError } from "./divergence-error.js";
import { train, type FitOptions } from "./fit.js";
import type { History, Logs } from "./history.js";
import { Input } from "./input.js";
import { denseRows, toInputs, type InputsLike } from "./inputs.js";
import type { ForwardOptions, Layer, Parameter, Shaped } from "./layer.js";
import type { Loss, LossName } from "./loss.js";
import { resolveLoss } from "./losses.js";
import { Matrix } from "./matrix.js";
import { isColumn, type MatrixLike } from "./matrix-like.js";
import { resolveMetric, type Metric, type MetricName } from "./metrics.js";
import { checkOutput, checkTrainable, outputFeaturesOf } from "./model-checks.js";
import { Network, RunningMeans, updateAll, type Trainee } from "./network.js";
import { resolveOptimizer, type Optimizer, type OptimizerName, type UpdateRule } from "./optimizers.js";
import { fraction, lookUp, wholeNumber } from "./options.js";
import { progressReporter } from "./progress.js";
import { Random } from "./random.js";
import { weightsByClass } from "./sample-weights.js";
import { ShapeError } from "./shape-error.js";
import { countParameters, summarize } from "./summary.js";
import { checkTargets, splitOffEnd, toSamples, type Samples, type SamplesLike } from "./training-data.js";

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

export interface CompileOptions {
  readonly loss: LossName | Loss;
  /** Default "sgd". */
  readonly optimizer?: OptimizerName | Optimizer;
  readonly metrics?: readonly MetricName[];
}

export interface EvaluateOptions {
  /** Rows computed at a time; changes speed and memory, not the meaning. Default 256. */
  readonly batchSize?: number;
  /** Taken for Keras' sake; `evaluate` and `predict` are silent in any case. */
  readonly verbose?: 0 | 1;
}

export interface WeightOptions {
  /** How much each row counts in the loss. */
  readonly sampleWeight?: ArrayLike<number>;
}

/** A chain of layers, each fed by the one before: y = fₙ(... f₂(f₁(x))). */
export class Sequential {
  readonly name: string;
  readonly dtype: Dtype;
  readonly #layers: Layer[] = [];
  readonly #weightRandom: Random;
  readonly #orderRandom: Random;
  #inputFeatures: number | undefined;
  #compiled: Compiled | undefined;
  #run: symbol | undefined;
  #history: History | undefined;

  constructor({ layers = [], seed = 0, dtype = "float32", name = "sequential" }: SequentialOptions = {}) {
    const random = new Random(seed);
    this.#weightRandom = random.split();
    this.#orderRandom = random.split();
    this.dtype = lookUp<Dtype, Dtype>(
      { float32: "float32", float64: "float64" },
      { kind: "dtype", name: dtype },
    );
    this.name = name;
    for (const layer of layers) this.add(layer);
  }

  get layers(): readonly Layer[] {
    return [...this.#layers];
  }

  /** The optimizer of the last `compile`; its `learningRate` may be changed. */
  get optimizer(): Optimizer {
    return this.#needCompiled("optimizer").optimizer;
  }

  /** What the last `fit` recorded, also of one that was interrupted. */
  get history(): History | undefined {
    return this.#history;
  }

  /**
   * Appends a layer and returns the model. A layer that already has weights keeps them, so that models can share layers.
   * An `input(...)` is no layer of its own, as in Keras: it only says what the first layer takes.
   * Throws ShapeError if its inputDim is not the number of outputs before it, Error for a name or a layer that is there already.
   */
  add(layer: Layer | Input): this {
    if (layer instanceof Input) return this.#addInput(layer);
    if (this.#layers.includes(layer)) {
      throw new Error(
        `add: the layer "${layer.name}" is already in this model; make a second one with dense(...)`,
      );
    }
    const previous = this.#layers.at(-1);
    const before = previous === undefined ? this.#inputFeatures : previous.outputFeatures;
    if (before !== undefined && (layer.inputFeatures ?? before) !== before) {
      throw new ShapeError("add", {
        rule:
          `the layer "${layer.name}" takes ${layer.inputFeatures} features, but ` +
          `${previous === undefined ? "the input" : `"${previous.name}"`} before it gives ${before}. Leave its inputDim out.`,
        shapes: [],
      });
    }
    if (layer.built && layer.dtype !== this.dtype) {
      throw new Error(`add: the layer "${layer.name}" is ${layer.dtype}, the model is ${this.dtype}`);
    }
    const taken = new Set(this.#layers.map(({ name }) => name));
    if (layer.hasOwnName && taken.has(layer.name)) {
      throw new Error(`add: the model already has a layer named "${layer.name}"; give this one another name`);
    }
    const base = snakeCase(layer.kind);
    let name = base;
    for (let i = 1; taken.has(name); i++) name = `${base}_${i}`;
    layer.nameIt(name);
    if (before !== undefined) layer.expectFeatures(before);

    this.#layers.push(layer);
    if (this.#compiled !== undefined) this.#compiled.network = undefined;
    const inputs = this.#inputFeatures ?? this.#layers[0].inputFeatures;
    if (inputs !== undefined) this.build(inputs);
    return this;
  }

  #addInput({ features }: Input): this {
    if (this.#layers.length > 0 || this.#inputFeatures !== undefined) {
      throw new Error(
        `add: input(${features}) must come first and once; the model already has its beginning`,
      );
    }
    this.#inputFeatures = features;
    return this;
  }

  /** Makes the weights of all layers for rows of `inputFeatures` numbers. Happens by itself when data or inputDim come in. */
  build(inputFeatures: number): void {
    wholeNumber("build", { option: "inputFeatures", value: inputFeatures, least: 1 });
    let features = inputFeatures;
    for (const layer of this.#layers) {
      if ((layer.inputFeatures ?? features) !== features) {
        throw new ShapeError("build", {
          rule: `the layer "${layer.name}" takes ${layer.inputFeatures} features, but gets ${features}`,
          shapes: [],
        });
      }
      if (!layer.built) layer.build(features, { random: this.#weightRandom, dtype: this.dtype });
      features = outputFeaturesOf(layer);
    }
  }

  /**
   * Says what to minimize, how, and what to measure besides. Forgets the optimizer's memory, keeps the weights.
   * Throws OptionError for unknown names and Error if the last layer's activation does not go with the loss.
   */
  compile({ loss, optimizer = "sgd", metrics = [] }: CompileOptions): this {
    const chosen = resolveLoss(loss);
    const compiled: Compiled = {
      loss: chosen,
      optimizer: resolveOptimizer(optimizer),
      metrics: metrics.map((name) => resolveMetric(name, chosen)),
      rules: new Map(),
      network: undefined,
    };
    if (this.#layers.length > 0) checkOutput(this.#layers, chosen);
    this.#compiled = compiled;
    return this;
  }

  /**
   * Trains on the rows of x [n, features], dense or sparse, and y [n, outputs] and returns what each epoch measured.
   * Gives the event loop a turn about every 30 ms. Throws DataError and ShapeError for unusable data,
   * OptionError for options out of range, DivergenceError when the loss stops being a number.
   */
  async fit(x: InputsLike, y: MatrixLike, options: FitOptions = {}): Promise<History> {
    const {
      epochs = 1,
      batchSize = 32,
      validationSplit = 0,
      shuffle = true,
      verbose = 1,
      callbacks = [],
    } = options;
    const compiled = this.#needCompiled("fit");
    wholeNumber("fit", { option: "epochs", value: epochs, least: 1 });
    wholeNumber("fit", { option: "batchSize", value: batchSize, least: 1 });
    fraction("fit", { option: "validationSplit", value: validationSplit });
    checkTrainable(this.#layers);

    const { sampleWeight, classWeight } = options;
    if (sampleWeight !== undefined && classWeight !== undefined) {
      throw new Error("fit: give either sampleWeight or classWeight, not both; multiply them row by row");
    }
    let training = this.#checkedSamples({ x, y, sampleWeight }, "fit", isColumn(x));
    let validation: Samples | undefined;
    if (options.validationData !== undefined) {
      validation = this.#checkedSamples(options.validationData, "fit, validationData", false);
    } else if (validationSplit > 0) ({ training, validation } = splitOffEnd(training, validationSplit));
    if (classWeight !== undefined)
      training = { ...training, weight: weightsByClass(training.y, classWeight) };

    const order = options.seed === undefined ? this.#orderRandom : new Random(options.seed);
    const run = Symbol("fit");
    this.#run = run;
    return train({
      model: this,
      network: this.#network("fit"),
      trainees: this.#trainees(compiled),
      clip: compiled.optimizer.clipping,
      metrics: compiled.metrics,
      training,
      validate:
        validation &&
        (
          (kept) => () =>
            this.#measure(kept, { batchSize, prefix: "val_" })
        )(validation),
      epochs,
      batchSize,
      order: shuffle ? order : undefined,
      callbacks,
      report: verbose === 0 ? undefined : progressReporter(),
      signal: options.signal,
      learningRate: () => compiled.optimizer.learningRate,
      publish: (history) => {
        this.#history = history;
      },
      checkCurrent: () => {
        if (this.#run === run) return;
        throw new Error(
          "fit: a newer fit of this model has replaced this one. Did you forget `await` before model.fit?",
        );
      },
    });
  }

  /**
   * One step on these rows as one batch: the inside of `fit`, for loops written by hand. Returns loss and metrics before the step.
   * Throws DivergenceError if the loss is not a number; then no step is taken.
   */
  trainOnBatch(x: InputsLike, y: MatrixLike, { sampleWeight }: WeightOptions = {}): Logs {
    const compiled = this.#needCompiled("trainOnBatch");
    checkTrainable(this.#layers);
    const samples = this.#checkedSamples({ x, y, sampleWeight }, "trainOnBatch", isColumn(x));
    const network = this.#network("trainOnBatch");
    const rows = denseRows(samples.x, { start: 0, end: samples.x.rows, dtype: this.dtype });
    const output = network.forward(rows, true);
    const loss = network.lossOf(output, samples);
    if (!Number.isFinite(loss)) {
      throw new DivergenceError(
        `trainOnBatch: the loss is ${loss}. Most likely the learning rate ${compiled.optimizer.learningRate} is too high, ` +
          `or the inputs are large: standardize them.`,
        { epoch: 0, batch: 0 },
      );
    }
    const means = new RunningMeans(compiled.metrics);
    means.add(loss, output, samples.y);
    network.backward(output, samples);
    updateAll(this.#trainees(compiled), compiled.optimizer.clipping);
    return means.logs();
  }

  /** What each layer gives for these rows, in order: the last entry is what `predict` gives. Needs no `compile`. */
  activations(x: InputsLike, { training = false }: ForwardOptions = {}): Matrix[] {
    const input = toInputs(x, { operation: "activations", role: "x", dtype: this.dtype });
    this.#prepareFor(input, "activations", isColumn(x));
    let signal = denseRows(input, { start: 0, end: input.rows, dtype: this.dtype });
    return this.#layers.map((layer) => {
      signal = layer.propagate(signal, training);
      return signal.copy();
    });
  }

  /** Loss and metrics over all rows, with the weights as they are: `{ loss, accuracy }`. */
  evaluate(
    x: InputsLike,
    y: MatrixLike,
    { batchSize = 256, sampleWeight }: EvaluateOptions & WeightOptions = {},
  ): Logs {
    wholeNumber("evaluate", { option: "batchSize", value: batchSize, least: 1 });
    const samples = this.#checkedSamples({ x, y, sampleWeight }, "evaluate", isColumn(x));
    return this.#measure(samples, { batchSize, prefix: "" });
  }

  /** The outputs [n, outputs] for the rows of x [n, features]. Needs no `compile`. */
  predict(x: InputsLike, { batchSize = 256 }: EvaluateOptions = {}): Matrix {
    wholeNumber("predict", { option: "batchSize", value: batchSize, least: 1 });
    const input = toInputs(x, { operation: "predict", role: "x", dtype: this.dtype });
    this.#prepareFor(input, "predict", isColumn(x));
    const result = Matrix.zeros(input.rows, outputFeaturesOf(this.#layers[this.#layers.length - 1]), this);
    for (let start = 0; start < input.rows; start += batchSize) {
      let signal = denseRows(input, { start, end: start + batchSize, dtype: this.dtype });
      for (const layer of this.#layers) signal = layer.propagate(signal);
      result.data.set(signal.data, start * result.cols);
    }
    return result;
  }

  /**
   * Loss and its gradient by every trainable weight for these rows, without a step: one entry per layer, as in `weights`.
   * With `training: true` dropout drops and batch normalization uses the batch and moves its statistics, as in `fit`.
   */
  lossAndGradients(
    x: InputsLike,
    y: MatrixLike,
    { training = false, sampleWeight }: ForwardOptions & WeightOptions = {},
  ): { loss: number; gradients: Readonly<Record<string, Matrix>>[] } {
    const samples = this.#checkedSamples({ x, y, sampleWeight }, "lossAndGradients", isColumn(x));
    const network = this.#network("lossAndGradients");
    const output = network.forward(
      denseRows(samples.x, { start: 0, end: samples.x.rows, dtype: this.dtype }),
      training,
    );
    const loss = network.lossOf(output, samples);
    network.backward(output, samples);
    const gradients = this.#layers.map(({ parameters }) =>
      Object.fromEntries(parameters.map(({ name, gradient }) => [name, gradient.copy()])),
    );
    return { loss, gradients };
  }

  /** Copies of the weights, one entry per layer; assigning such a list puts them back. */
  get weights(): readonly Readonly<Record<string, Matrix>>[] {
    return this.#layers.map((layer) => layer.weights);
  }

  set weights(values: readonly Readonly<Record<string, MatrixLike>>[]) {
    if (values.length !== this.#layers.length) {
      throw new Error(
        `weights: the model has ${this.#layers.length} layers, got weights for ${values.length}`,
      );
    }
    values.forEach((value, i) => (this.#layers[i].weights = value));
  }

  countParams(): number {
    return this.#layers.reduce((sum, layer) => sum + countParameters(layer), 0);
  }

  /** The layers as a table: names, output shapes, parameter counts. */
  summary(): string {
    return summarize(this);
  }

  #needCompiled(operation: string): Compiled {
    if (this.#compiled === undefined) {
      throw new Error(
        `${operation}: the model is not compiled. First call model.compile({ loss: ..., optimizer: ..., metrics: [...] }).`,
      );
    }
    return this.#compiled;
  }

  #network(operation: string): Network {
    const compiled = this.#needCompiled(operation);
    compiled.network ??= new Network([...this.#layers], compiled.loss);
    return compiled.network;
  }

  #trainees({ optimizer, rules }: Compiled): Trainee[] {
    return this.#layers
      .flatMap((layer) => layer.parameters)
      .map((parameter) => {
        const update = rules.get(parameter) ?? optimizer.createRule(parameter.value.data);
        rules.set(parameter, update);
        return { parameter, update };
      });
  }

  #checkedSamples(samplesLike: SamplesLike, operation: string, flat: boolean): Samples {
    const { loss, metrics } = this.#needCompiled(operation);
    const samples = toSamples(samplesLike, { operation, dtype: this.dtype });
    this.#prepareFor(samples.x, operation, flat);
    checkOutput(this.#layers, loss);
    const outputs = outputFeaturesOf(this.#layers[this.#layers.length - 1]);
    checkTargets(samples.y, { operation, outputs, loss, metrics });
    return samples;
  }

  #prepareFor(x: Shaped, operation: string, flat: boolean): void {
    if (this.#layers.length === 0)
      throw new Error(`${operation}: the model has no layers; add one with model.add(dense(...))`);
    if (!this.#layers[0].built) this.build(this.#inputFeatures ?? this.#layers[0].inputFeatures ?? x.cols);
    this.#layers[0].checkInput(x, flat);
  }

  #measure({ x, y, weight }: Samples, { batchSize, prefix }: { batchSize: number; prefix: string }): Logs {
    const network = this.#network("evaluate");
    const means = new RunningMeans(this.#needCompiled("evaluate").metrics);
    for (let start = 0; start < x.rows; start += batchSize) {
      const end = start + batchSize;
      const target = { y: y.sliceRows(start, end), weight: weight?.subarray(start, end) };
      const output = network.forward(denseRows(x, { start, end, dtype: this.dtype }));
      means.add(network.lossOf(output, target), output, target.y);
    }
    return means.logs(prefix);
  }
}

/** `BatchNormalization` gives `batch_normalization`, as Keras names its layers. */
function snakeCase(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

interface Compiled {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
  /** The optimizer's memory of each parameter; it survives from one `fit` to the next. */
  readonly rules: Map<Parameter, UpdateRule>;
  network: Network | undefined;
}
