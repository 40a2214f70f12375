import type { Dtype } from "./dtype.js";
import { Input } from "./input.js";
import { allRows, consecutiveRows, thinned, type Inputs } from "./inputs.js";
import type { Layer, Shaped } from "./layer.js";
import { Matrix } from "./matrix.js";
import { checkLayer, outputFeaturesOf } from "./model-checks.js";
import { propagateFirst } from "./network.js";
import { wholeNumber } from "./options.js";
import type { Random } from "./random.js";
import { ShapeError } from "./shape-error.js";

/** Layers in a row, each taking what the one before gives: names, numbers of features, first weights. */
export class LayerChain {
  readonly layers: Layer[] = [];
  readonly #dtype: Dtype;
  readonly #random: Random;
  #inputFeatures: number | undefined;

  constructor({ dtype, random }: { readonly dtype: Dtype; readonly random: Random }) {
    this.#dtype = dtype;
    this.#random = random;
  }

  /** Of the first weights of layers that are not built yet. */
  get random(): Random {
    return this.#random;
  }

  get last(): Layer {
    return this.layers[this.layers.length - 1];
  }

  /** Throws ShapeError if the layer's inputDim is not the number of outputs before it, Error for a name or a layer that is there already. */
  add(layer: Layer | Input): void {
    checkLayer(layer);
    if (layer instanceof Input) return this.#addInput(layer);
    if (this.layers.includes(layer)) {
      throw new Error(
        `add: the layer "${layer.name}" is already in this model; make a second one with dense(...)`,
      );
    }
    const previous = this.layers.at(-1);
    const before = previous === undefined ? this.#inputFeatures : previous.outputFeatures;
    if (before !== undefined && (layer.inputFeatures ?? before) !== before) {
      throw new ShapeError("add", {
        rule:
          `the layer "${layer.name}" takes ${layer.inputFeatures} features, but ` +
          `${previous === undefined ? "the input" : `"${previous.name}"`} before it gives ${before}. Leave its inputDim out.`,
        shapes: [],
      });
    }
    if (layer.built && layer.dtype !== this.#dtype) {
      throw new Error(`add: the layer "${layer.name}" is ${layer.dtype}, the model is ${this.#dtype}`);
    }
    this.#nameIt(layer);
    if (before !== undefined) layer.expectFeatures(before);
    this.layers.push(layer);
    const inputs = this.#inputFeatures ?? this.layers[0].inputFeatures;
    if (inputs !== undefined) this.build(inputs);
  }

  #addInput({ features }: Input): void {
    if (this.layers.length > 0 || this.#inputFeatures !== undefined) {
      throw new Error(
        `add: input(${features}) must come first and once; the model already has its beginning`,
      );
    }
    this.#inputFeatures = features;
  }

  #nameIt(layer: Layer): void {
    const taken = new Set(this.layers.map(({ name }) => name));
    if (layer.hasOwnName && taken.has(layer.name)) {
      throw new Error(`add: the model already has a layer named "${layer.name}"; give this one another name`);
    }
    const base = snakeCase(layer.kind);
    let name = base;
    for (let i = 1; taken.has(name); i++) name = `${base}_${i}`;
    layer.nameIt(name);
  }

  /** Makes the weights of all layers that have none yet. Throws ShapeError if two neighbours do not fit. */
  build(inputFeatures: number): void {
    wholeNumber("build", { option: "inputFeatures", value: inputFeatures, least: 1 });
    let features = inputFeatures;
    for (const layer of this.layers) {
      if ((layer.inputFeatures ?? features) !== features) {
        throw new ShapeError("build", {
          rule: `the layer "${layer.name}" takes ${layer.inputFeatures} features, but gets ${features}`,
          shapes: [],
        });
      }
      if (!layer.built) layer.build(features, { random: this.#random, dtype: this.#dtype });
      features = outputFeaturesOf(layer);
    }
  }

  /** Builds the chain for rows like x if it is not built; throws ShapeError if they do not fit. `flat`: x is a plain array of numbers. */
  prepareFor(x: Shaped, operation: string, flat: boolean): void {
    if (this.layers.length === 0)
      throw new Error(`${operation}: the model has no layers; add one with model.add(dense(...))`);
    if (!this.layers[0].built) this.build(this.#inputFeatures ?? this.layers[0].inputFeatures ?? x.cols);
    this.layers[0].checkInput(x, flat);
  }

  /** Rows that are mostly zeros as sparse ones, if the first layer takes such. */
  thinned(x: Inputs): Inputs {
    return this.layers[0].propagateSparse === undefined ? x : thinned(x);
  }

  /** The outputs for checked rows, computed `batchSize` rows at a time, as in inference. */
  outputs(input: Inputs, batchSize: number): Matrix {
    const result = Matrix.zeros(input.rows, outputFeaturesOf(this.last), { dtype: this.#dtype });
    const [first, ...others] = this.layers;
    for (const { rows, start } of consecutiveRows(this.thinned(input), batchSize)) {
      let signal = propagateFirst(first, rows, false);
      for (const layer of others) signal = layer.propagate(signal);
      result.data.set(signal.data, start * result.cols);
    }
    return result;
  }

  /** What each layer gives for checked rows, as copies. */
  signals(input: Inputs, training: boolean): Matrix[] {
    let signal: Matrix | undefined;
    return this.layers.map((layer) => {
      signal =
        signal === undefined
          ? propagateFirst(layer, allRows(this.thinned(input)), training)
          : layer.propagate(signal, training);
      return signal.copy();
    });
  }
}

/** `BatchNormalization` gives `batch_normalization`, as Keras names its layers. */
function snakeCase(kind: string): string {
  return kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}
