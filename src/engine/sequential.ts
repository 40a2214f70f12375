import { Compilation } from "./compilation.js";
import type { Dtype } from "./dtype.js";
import { train, type FitOptions } from "./fit.js";
import type { History, Logs } from "./history.js";
import type { Input } from "./input.js";
import { toInputs, type InputsLike } from "./inputs.js";
import { LayerChain } from "./layer-chain.js";
import type { ForwardOptions, Layer } from "./layer.js";
import type { Matrix } from "./matrix.js";
import { isColumn, type MatrixLike } from "./matrix-like.js";
import { checkTrainable } from "./model-checks.js";
import type { Optimizer } from "./optimizers.js";
import { knownOptions, lookUp, wholeNumber } from "./options.js";
import { Random } from "./random.js";
import type {
  CompileOptions,
  EvaluateOptions,
  SequentialOptions,
  WeightOptions,
} from "./sequential-options.js";
import { checkedPath, fileAccess } from "./saving/file-access.js";
import type { ModelInside, SaveOptions } from "./saving/saved-model.js";
import { writeModel } from "./saving/write-model.js";
import { countParameters, summarize } from "./summary.js";
import { planTraining } from "./training-plan.js";

export type {
  CompileOptions,
  EvaluateOptions,
  SequentialOptions,
  WeightOptions,
} from "./sequential-options.js";

/** What loading sets in a model beside its public parts; for `saving` only. */
export let insideOf: (model: Sequential) => ModelInside;

/**
 * A chain of layers, each fed by the one before: y = fₙ(... f₂(f₁(x))).
 *
 * @example
 * import { adam, dense, gates, Sequential } from "gradus";
 * const model = new Sequential({ seed: 1 });
 * model.add(dense(8, { activation: "tanh", inputDim: 2 }));
 * model.add(dense(1, { activation: "sigmoid" }));
 * model.compile({ loss: "binaryCrossentropy", optimizer: adam({ learningRate: 0.1 }), metrics: ["accuracy"] });
 * await model.fit(gates.xor.x, gates.xor.y, { epochs: 200, verbose: 0 });
 * console.log(model.predict(gates.xor.x).column(0).map(Math.round)); // [ 0, 1, 1, 0 ]
 */
export class Sequential {
  readonly name: string;
  readonly dtype: Dtype;
  readonly #chain: LayerChain;
  readonly #orderRandom: Random;
  #compilation: Compilation | undefined;
  #run: Run | undefined;
  #history: History | undefined;

  constructor(options: SequentialOptions = {}) {
    knownOptions("Sequential", {
      options,
      known: { layers: true, seed: true, dtype: true, name: true },
      example: "{ layers: [dense(3)] }",
    });
    const { layers = [], seed = 0, dtype = "float32", name = "sequential" } = options;
    const random = new Random(seed);
    const weightRandom = random.split();
    this.#orderRandom = random.split();
    this.dtype = lookUp<Dtype, Dtype>(
      { float32: "float32", float64: "float64" },
      { kind: "dtype", name: dtype },
    );
    this.name = name;
    this.#chain = new LayerChain({ dtype: this.dtype, random: weightRandom });
    if (!Array.isArray(layers))
      throw new TypeError(`Sequential: layers must be a list, such as [dense(4), dense(1)]`);
    for (const layer of layers as readonly (Layer | Input)[]) this.add(layer);
  }

  /** The layers in order; the list is a copy. */
  get layers(): readonly Layer[] {
    return [...this.#chain.layers];
  }

  /** The optimizer of the last `compile`; its `learningRate` may be changed. */
  get optimizer(): Optimizer {
    return this.#compiled("optimizer").optimizer;
  }

  /** What the last `fit` recorded, also of one that was interrupted. */
  get history(): History | undefined {
    return this.#history;
  }

  /**
   * Appends a layer and returns the model. A layer that already has weights keeps them, so that models can share layers.
   * An `input(...)` is no layer of its own, as in Keras: it only says what the first layer takes.
   * Throws ShapeError if its inputDim is not the number of outputs before it, Error for a name or a layer that is there already.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential().add(dense(4, { inputDim: 2 })).add(dense(1));
   * console.log(model.layers.map(({ name }) => name)); // [ 'dense', 'dense_1' ]
   */
  add(layer: Layer | Input): this {
    this.#chain.add(layer);
    this.#endRun(whileTraining("a layer was added to the model"));
    return this;
  }

  /**
   * Makes the weights of all layers for rows of `inputFeatures` numbers. Happens by itself when data or inputDim come in.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(3)] });
   * model.build(4);
   * console.log(model.weights[0].kernel.shape); // [ 4, 3 ]
   */
  build(inputFeatures: number): void {
    this.#chain.build(inputFeatures);
  }

  /**
   * Says what to minimize, how, and what to measure besides. Forgets the optimizer's memory, keeps the weights.
   * Throws OptionError for unknown names and Error if the last layer's activation does not go with the loss.
   *
   * @example
   * import { dense, huber, Sequential, sgd } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { inputDim: 3 })] });
   * const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
   * model.compile({ loss: huber({ delta: 2 }), optimizer, metrics: ["mae"] });
   * console.log(model.optimizer.name, model.optimizer.learningRate); // momentum 0.1
   */
  compile(options: CompileOptions): this {
    this.#compilation = new Compilation(options, { chain: this.#chain, dtype: this.dtype });
    this.#endRun(whileTraining("the model was compiled anew"));
    return this;
  }

  /**
   * Trains on the rows of x [n, features], dense or sparse, and y [n, outputs] and returns what each epoch measured.
   * Gives the event loop a turn about every 30 ms. Throws DataError and ShapeError for unusable data,
   * OptionError for options out of range, DivergenceError when the loss stops being a number.
   *
   * @example
   * import { dense, Sequential, sgd } from "gradus";
   * const model = new Sequential({ layers: [dense(1)], seed: 1 });
   * model.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.1 }) });
   * const x = [[0], [1], [2], [3]];
   * const y = [[1], [3], [5], [7]];
   * const history = await model.fit(x, y, { epochs: 200, batchSize: 4, verbose: 0 });
   * console.log(history.epoch.length, "epochs; slope", model.weights[0].kernel.at(0, 0).toFixed(2));
   * // 200 epochs; slope 2.00
   */
  async fit(x: InputsLike, y: MatrixLike, options: FitOptions = {}): Promise<History> {
    const plan = planTraining(this.#compiled("fit"), { x, y, options, order: this.#orderRandom });
    this.#endRun("a newer fit of this model has replaced this one. Did you forget `await` before model.fit?");
    const run: Run = { ended: undefined };
    this.#run = run;
    return train({
      ...plan,
      model: this,
      callbacks: options.callbacks ?? [],
      signal: options.signal,
      publish: (history) => {
        this.#history = history;
      },
      checkCurrent: () => {
        if (run.ended !== undefined) throw new Error(`fit: ${run.ended}`);
      },
    });
  }

  /**
   * One step on these rows as one batch: the inside of `fit`, for loops written by hand. Returns loss and metrics before the step.
   * Throws DivergenceError if the loss is not a number; then no step is taken.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { kernelInitializer: "zeros" })] });
   * model.compile({ loss: "mse", optimizer: "sgd" });
   * for (let step = 0; step < 3; step++) console.log(model.trainOnBatch([[1]], [[2]]).loss.toFixed(3));
   * // 4.000
   * // 3.686
   * // 3.397
   */
  trainOnBatch(x: InputsLike, y: MatrixLike, { sampleWeight }: WeightOptions = {}): Logs {
    const compiled = this.#compiled("trainOnBatch");
    checkTrainable(this.#chain.layers);
    const samples = compiled.checkedSamples({ x, y, sampleWeight }, "trainOnBatch", isColumn(x));
    return compiled.step(samples);
  }

  /**
   * What each layer gives for these rows, in order: the last entry is what `predict` gives. Needs no `compile`.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(2, { activation: "relu" }), dense(1)] });
   * model.build(1);
   * model.weights = [{ kernel: [[1, -1]] }, { kernel: [[10], [20]] }];
   * for (const output of model.activations([[3]])) console.log(output.toArray());
   * // [ [ 3, 0 ] ]
   * // [ [ 30 ] ]
   */
  activations(x: InputsLike, { training = false }: ForwardOptions = {}): Matrix[] {
    const input = toInputs(x, { operation: "activations", role: "x", dtype: this.dtype });
    this.#chain.prepareFor(input, "activations", isColumn(x));
    return this.#chain.signals(input, training);
  }

  /**
   * Loss and metrics over all rows, with the weights as they are: `{ loss, accuracy }`.
   *
   * @example
   * import { dense, gates, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { activation: "sigmoid", inputDim: 2 })] });
   * model.weights = [{ kernel: [[10], [10]], bias: [[-15]] }];
   * model.compile({ loss: "binaryCrossentropy", metrics: ["accuracy"] });
   * console.log(model.evaluate(gates.and.x, gates.and.y).accuracy); // 1
   */
  evaluate(
    x: InputsLike,
    y: MatrixLike,
    { batchSize = 256, sampleWeight }: EvaluateOptions & WeightOptions = {},
  ): Logs {
    wholeNumber("evaluate", { option: "batchSize", value: batchSize, least: 1 });
    const compiled = this.#compiled("evaluate");
    const samples = compiled.checkedSamples({ x, y, sampleWeight }, "evaluate", isColumn(x));
    return compiled.measure(samples, { batchSize, prefix: "" });
  }

  /**
   * The outputs [n, outputs] for the rows of x [n, features]. Needs no `compile`.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { inputDim: 2 })] });
   * model.weights = [{ kernel: [[2], [3]], bias: [[1]] }];
   * console.log(model.predict([[1, 1], [0, 2]]).toArray()); // [ [ 6 ], [ 7 ] ]
   */
  predict(x: InputsLike, { batchSize = 256 }: EvaluateOptions = {}): Matrix {
    wholeNumber("predict", { option: "batchSize", value: batchSize, least: 1 });
    const input = toInputs(x, { operation: "predict", role: "x", dtype: this.dtype });
    this.#chain.prepareFor(input, "predict", isColumn(x));
    return this.#chain.outputs(input, batchSize);
  }

  /**
   * Loss and its gradient by every trainable weight for these rows, without a step: one entry per layer, as in `weights`.
   * With `training: true` dropout drops and batch normalization uses the batch and moves its statistics, as in `fit`.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
   * model.weights = [{ kernel: [[1]], bias: [[0]] }];
   * model.compile({ loss: "mse" });
   * const { loss, gradients } = model.lossAndGradients([[2]], [[5]]);
   * console.log(loss, gradients[0].kernel.toArray(), gradients[0].bias.toArray());
   * // 9 [ [ -12 ] ] [ [ -6 ] ]
   */
  lossAndGradients(
    x: InputsLike,
    y: MatrixLike,
    { training = false, sampleWeight }: ForwardOptions & WeightOptions = {},
  ): { loss: number; gradients: Readonly<Record<string, Matrix>>[] } {
    const compiled = this.#compiled("lossAndGradients");
    const samples = compiled.checkedSamples({ x, y, sampleWeight }, "lossAndGradients", isColumn(x));
    return compiled.slopes(samples, training);
  }

  /**
   * The gradient of the loss by each trainable weight for these rows, by the name of the layer and the weight:
   * `model.gradients(x, y).dense.kernel`, with the shape of that kernel. Options as for `lossAndGradients`; layers without weights are left out.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
   * model.weights = [{ kernel: [[1]], bias: [[0]] }];
   * model.compile({ loss: "mse" });
   * console.log(model.gradients([[2]], [[5]]).dense.kernel.toArray()); // [ [ -12 ] ]
   */
  gradients(
    x: InputsLike,
    y: MatrixLike,
    options: ForwardOptions & WeightOptions = {},
  ): Readonly<Record<string, Readonly<Record<string, Matrix>>>> {
    const { gradients } = this.lossAndGradients(x, y, options);
    const named = this.#chain.layers.map(({ name }, i) => [name, gradients[i]] as const);
    return Object.fromEntries(named.filter(([, ofLayer]) => Object.keys(ofLayer).length > 0));
  }

  /** Copies of the weights, one entry per layer; assigning such a list puts them back, all or, if one does not fit, none. */
  get weights(): readonly Readonly<Record<string, Matrix>>[] {
    return this.#chain.layers.map((layer) => layer.weights);
  }

  set weights(values: readonly Readonly<Record<string, MatrixLike>>[]) {
    if (values.length !== this.#chain.layers.length) {
      throw new Error(
        `weights: the model has ${this.#chain.layers.length} layers, got weights for ${values.length}`,
      );
    }
    const before = this.weights;
    try {
      values.forEach((value, i) => (this.#chain.layers[i].weights = value));
    } catch (error) {
      before.forEach((value, i) => (this.#chain.layers[i].weights = value));
      throw error;
    }
  }

  /**
   * How many numbers the model keeps: trainable weights and running statistics.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * console.log(new Sequential({ layers: [dense(10, { inputDim: 784 })] }).countParams()); // 7850
   */
  countParams(): number {
    return this.#chain.layers.reduce((sum, layer) => sum + countParameters(layer), 0);
  }

  /**
   * The layers as a table: names, output shapes, parameter counts.
   *
   * @example
   * import { dense, Sequential } from "gradus";
   * const layers = [dense(4, { activation: "relu", inputDim: 2 }), dense(1, { activation: "sigmoid" })];
   * console.log(new Sequential({ layers }).summary());
   * // Model: "sequential"
   * // ┌──────────────────────────────┬────────────────────────┬─────────────────┐
   * // │ Layer (type)                 │ Output Shape           │         Param # │
   * // ├──────────────────────────────┼────────────────────────┼─────────────────┤
   * // │ dense (Dense)                │ (None, 4)              │              12 │
   * // ├──────────────────────────────┼────────────────────────┼─────────────────┤
   * // │ dense_1 (Dense)              │ (None, 1)              │               5 │
   * // └──────────────────────────────┴────────────────────────┴─────────────────┘
   * //  Total params: 17 (68.00 B)
   * //  Trainable params: 17 (68.00 B)
   * //  Non-trainable params: 0 (0.00 B)
   */
  summary(): string {
    return summarize(this);
  }

  /** Tells a `fit` that is under way why it cannot go on: it throws as soon as it has its turn again. */
  #endRun(reason: string): void {
    if (this.#run !== undefined) this.#run.ended ??= reason;
  }

  /**
   * Writes everything to one file: layers, weights, compile settings, the optimizer's memory, the state of the random generators.
   * The file is a safetensors file, which Python can read; `loadModel(path)` makes the model again. It appears as a whole or not at all.
   * Throws Error, with nothing written, if the model holds functions of your own or numbers that are not finite.
   *
   * @example
   * import { dense, loadModel, Sequential } from "gradus";
   * const model = new Sequential({ layers: [dense(1, { inputDim: 2 })], seed: 1 });
   * model.save("net.safetensors");
   * console.log(loadModel("net.safetensors").countParams()); // 3
   */
  save(path: string, options: SaveOptions = {}): void {
    const operation = "model.save";
    const file = checkedPath(path, operation);
    fileAccess(operation).writeBytes(file, writeModel(this, insideOf(this), { ...options, operation }));
  }

  /**
   * What `save` would write, where there are no files; `modelFromBytes` makes the model again. Throws as `save`.
   *
   * @example
   * import { dense, modelFromBytes, Sequential } from "gradus";
   * const bytes = new Sequential({ layers: [dense(1, { inputDim: 2 })] }).toBytes();
   * console.log(modelFromBytes(bytes).layers[0].kind); // Dense
   */
  toBytes(options: SaveOptions = {}): Uint8Array {
    return writeModel(this, insideOf(this), { ...options, operation: "model.toBytes" });
  }

  static {
    insideOf = (model) => ({
      compilation: model.#compilation,
      generators: { weights: model.#chain.random, order: model.#orderRandom },
    });
  }

  #compiled(operation: string): Compilation {
    if (this.#compilation === undefined) {
      throw new Error(
        `${operation}: the model is not compiled. First call model.compile({ loss: ..., optimizer: ..., metrics: [...] }).`,
      );
    }
    return this.#compilation;
  }
}

/** A `fit` that may be under way, and why it must end. */
interface Run {
  ended: string | undefined;
}

function whileTraining(event: string): string {
  return `${event} while it was being trained, so this training has ended. Wait for it first: await model.fit(...).`;
}
