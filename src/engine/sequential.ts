import type { Dtype } from "./dtype.js";
import { train, type FitOptions } from "./fit.js";
import type { History, Logs } from "./history.js";
import type { Layer, Parameter } from "./layer.js";
import type { Loss, LossName } from "./loss.js";
import { resolveLoss } from "./losses.js";
import { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { resolveMetric, type Metric, type MetricName } from "./metrics.js";
import { checkOutput, checkTrainable } from "./model-checks.js";
import { Network, RunningMeans, type Trainee } from "./network.js";
import { resolveOptimizer, type Optimizer, type OptimizerName, type UpdateRule } from "./optimizers.js";
import { fraction, lookUp, wholeNumber } from "./options.js";
import { progressReporter } from "./progress.js";
import { Random } from "./random.js";
import { ShapeError } from "./shape-error.js";
import { countParameters, summarize } from "./summary.js";
import { checkTargets, splitOffEnd, toSamples, type Samples, type SamplesLike } from "./training-data.js";

export interface SequentialOptions {
  readonly layers?: readonly Layer[];
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

/** A chain of layers, each fed by the one before: y = fₙ(... f₂(f₁(x))). */
export class Sequential {
  readonly name: string;
  readonly dtype: Dtype;
  readonly #layers: Layer[] = [];
  readonly #weightRandom: Random;
  readonly #orderRandom: Random;
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
   * Throws ShapeError if its inputDim is not the number of outputs before it, Error for a name or a layer that is there already.
   */
  add(layer: Layer): this {
    if (this.#layers.includes(layer)) {
      throw new Error(
        `add: the layer "${layer.name}" is already in this model; make a second one with dense(...)`,
      );
    }
    const previous = this.#layers.at(-1);
    if (
      previous !== undefined &&
      (layer.inputFeatures ?? previous.outputFeatures) !== previous.outputFeatures
    ) {
      throw new ShapeError("add", {
        rule:
          `the layer "${layer.name}" takes ${layer.inputFeatures} features, but "${previous.name}" before it gives ` +
          `${previous.outputFeatures}. Leave its inputDim out.`,
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
    const base = layer.kind.toLowerCase();
    let name = base;
    for (let i = 1; taken.has(name); i++) name = `${base}_${i}`;
    layer.nameIt(name);

    this.#layers.push(layer);
    if (this.#compiled !== undefined) this.#compiled.network = undefined;
    const inputs = this.#layers[0].inputFeatures;
    if (inputs !== undefined) this.build(inputs);
    return this;
  }

  /** Makes the weights of all layers for rows of `inputFeatures` numbers. Happens by itself when data or inputDim come in. */
  build(inputFeatures: number): void {
    wholeNumber("build", { option: "inputFeatures", value: inputFeatures, least: 1 });
    let features = inputFeatures;
    for (const layer of this.#layers) {
      if (!layer.built) layer.build(features, { random: this.#weightRandom, dtype: this.dtype });
      features = layer.outputFeatures;
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
   * Trains on the rows of x [n, features] and y [n, outputs] and returns what each epoch measured.
   * Gives the event loop a turn about every 30 ms. Throws DataError and ShapeError for unusable data,
   * OptionError for options out of range, DivergenceError when the loss stops being a number.
   */
  async fit(x: MatrixLike, y: MatrixLike, options: FitOptions = {}): Promise<History> {
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

    let training = this.#checkedSamples([x, y], "fit", isColumn(x));
    let validation: Samples | undefined;
    if (options.validationData !== undefined) {
      validation = this.#checkedSamples(options.validationData, "fit, validationData", false);
    } else if (validationSplit > 0) ({ training, validation } = splitOffEnd(training, validationSplit));

    const order = options.seed === undefined ? this.#orderRandom : new Random(options.seed);
    const run = Symbol("fit");
    this.#run = run;
    return train({
      model: this,
      network: this.#network("fit"),
      trainees: this.#trainees(compiled),
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

  /** Loss and metrics over all rows, with the weights as they are: `{ loss, accuracy }`. */
  evaluate(x: MatrixLike, y: MatrixLike, { batchSize = 256 }: EvaluateOptions = {}): Logs {
    wholeNumber("evaluate", { option: "batchSize", value: batchSize, least: 1 });
    return this.#measure(this.#checkedSamples([x, y], "evaluate", isColumn(x)), { batchSize, prefix: "" });
  }

  /** The outputs [n, outputs] for the rows of x [n, features]. Needs no `compile`. */
  predict(x: MatrixLike, { batchSize = 256 }: EvaluateOptions = {}): Matrix {
    wholeNumber("predict", { option: "batchSize", value: batchSize, least: 1 });
    const input = toFiniteMatrix(x, { operation: "predict", role: "x", dtype: this.dtype });
    this.#prepareFor(input, "predict", isColumn(x));
    const result = Matrix.zeros(input.rows, this.#layers[this.#layers.length - 1].outputFeatures, this);
    for (let start = 0; start < input.rows; start += batchSize) {
      let signal = input.sliceRows(start, start + batchSize);
      for (const layer of this.#layers) signal = layer.propagate(signal);
      result.data.set(signal.data, start * result.cols);
    }
    return result;
  }

  /** Loss and its gradient by every weight for these rows, without a step: one entry per layer, as in `weights`. */
  lossAndGradients(
    x: MatrixLike,
    y: MatrixLike,
  ): { loss: number; gradients: Readonly<Record<string, Matrix>>[] } {
    const samples = this.#checkedSamples([x, y], "lossAndGradients", isColumn(x));
    const network = this.#network("lossAndGradients");
    const output = network.forward(samples.x);
    const loss = network.lossOf(output, samples.y);
    network.backward(output, samples.y);
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
    const outputs = this.#layers[this.#layers.length - 1].outputFeatures;
    checkTargets(samples.y, { operation, outputs, loss, metrics });
    return samples;
  }

  #prepareFor(x: Matrix, operation: string, flat: boolean): void {
    if (this.#layers.length === 0)
      throw new Error(`${operation}: the model has no layers; add one with model.add(dense(...))`);
    if (!this.#layers[0].built) this.build(this.#layers[0].inputFeatures ?? x.cols);
    this.#layers[0].checkInput(x, flat);
  }

  #measure({ x, y }: Samples, { batchSize, prefix }: { batchSize: number; prefix: string }): Logs {
    const network = this.#network("evaluate");
    const means = new RunningMeans(this.#needCompiled("evaluate").metrics);
    for (let start = 0; start < x.rows; start += batchSize) {
      const target = y.sliceRows(start, start + batchSize);
      const output = network.forward(x.sliceRows(start, start + batchSize));
      means.add(network.lossOf(output, target), output, target);
    }
    return means.logs(prefix);
  }
}

interface Compiled {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: readonly Metric[];
  /** The optimizer's memory of each parameter; it survives from one `fit` to the next. */
  readonly rules: Map<Parameter, UpdateRule>;
  network: Network | undefined;
}
