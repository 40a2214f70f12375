import type { FloatArray } from "./dtype.js";
import { finiteNumber, lookUp, nonNegativeNumber, outOfRange } from "./options.js";
import type { Random } from "./random.js";
import { remember } from "./recipe.js";

/** What an initializer may look at: the layer's number of inputs and outputs, and the model's generator. */
export interface InitializerContext {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly random: Random;
}

/** Fills the array with a layer's first weights. */
export type Initializer = (values: FloatArray, context: InitializerContext) => void;

/** The names of the initializers, as `dense` takes them. */
export type InitializerName =
  | "zeros"
  | "ones"
  | "randomUniform"
  | "randomNormal"
  | "glorotUniform"
  | "glorotNormal"
  | "heUniform"
  | "heNormal"
  | "lecunUniform"
  | "lecunNormal";

/**
 * The known initializers, with the constants of Keras 3.
 * Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010: variance 2 / (fanIn + fanOut).
 * He et al., "Delving deep into rectifiers", 2015: variance 2 / fanIn. LeCun et al., "Efficient backprop", 1998: variance 1 / fanIn.
 * The scaled normal ones are cut at 2 standard deviations, as in Keras; randomNormal is not.
 *
 * @example
 * import { dense, initializers, Sequential } from "gradus";
 * const model = new Sequential({ layers: [dense(2, { kernelInitializer: initializers.ones, inputDim: 2 })] });
 * console.log(model.weights[0].kernel.toArray()); // [ [ 1, 1 ], [ 1, 1 ] ]
 * console.log(Object.keys(initializers).length, "initializers"); // 10 initializers
 */
export const initializers: Readonly<Record<InitializerName, Initializer>> = {
  zeros: (values) => void values.fill(0),
  ones: (values) => void values.fill(1),
  randomUniform: randomUniform(),
  randomNormal: randomNormal(),
  glorotUniform: (values, { fanIn, fanOut, random }) =>
    fillUniform(values, { variance: 2 / (fanIn + fanOut), random }),
  glorotNormal: (values, { fanIn, fanOut, random }) =>
    fillTruncatedNormal(values, { variance: 2 / (fanIn + fanOut), random }),
  heUniform: (values, { fanIn, random }) => fillUniform(values, { variance: 2 / fanIn, random }),
  heNormal: (values, { fanIn, random }) => fillTruncatedNormal(values, { variance: 2 / fanIn, random }),
  lecunUniform: (values, { fanIn, random }) => fillUniform(values, { variance: 1 / fanIn, random }),
  lecunNormal: (values, { fanIn, random }) => fillTruncatedNormal(values, { variance: 1 / fanIn, random }),
};

/**
 * The same value for every weight: `constant(0.1)`. Throws OptionError unless it is finite.
 *
 * @example
 * import { constant, dense } from "gradus";
 * const layer = dense(3, { biasInitializer: constant(0.1), inputDim: 2 });
 * console.log(layer.forward([[0, 0]]).row(0).map((value) => value.toFixed(1))); // [ '0.1', '0.1', '0.1' ]
 */
export function constant(value: number): Initializer {
  finiteNumber("constant", { option: "value", value });
  return remember((values) => void values.fill(value), "constant", { value });
}

/**
 * Draws from N(mean, standardDeviation²). Throws OptionError for a negative deviation.
 *
 * @example
 * import { dense, randomNormal, Sequential } from "gradus";
 * const kernelInitializer = randomNormal({ standardDeviation: 0.01 });
 * const model = new Sequential({ layers: [dense(1000, { kernelInitializer, inputDim: 10 })], seed: 1 });
 * const { kernel } = model.weights[0];
 * console.log(Math.sqrt(kernel.mul(kernel).mean()).toFixed(3)); // 0.010
 */
export function randomNormal({
  mean = 0,
  standardDeviation = 0.05,
}: { readonly mean?: number; readonly standardDeviation?: number } = {}): Initializer {
  finiteNumber("randomNormal", { option: "mean", value: mean });
  nonNegativeNumber("randomNormal", { option: "standardDeviation", value: standardDeviation });
  const fill: Initializer = (values, { random }) => {
    for (let i = 0; i < values.length; i++) values[i] = random.normal({ mean, standardDeviation });
  };
  return remember(fill, "randomNormal", { mean, standardDeviation });
}

/**
 * Draws evenly from low ≤ w < high. Throws OptionError unless low < high.
 *
 * @example
 * import { dense, randomUniform, Sequential } from "gradus";
 * const kernelInitializer = randomUniform({ low: -1, high: 1 });
 * const model = new Sequential({ layers: [dense(1000, { kernelInitializer, inputDim: 10 })], seed: 1 });
 * console.log(Math.max(...model.weights[0].kernel.data) < 1); // true
 */
export function randomUniform({
  low = -0.05,
  high = 0.05,
}: { readonly low?: number; readonly high?: number } = {}): Initializer {
  finiteNumber("randomUniform", { option: "low", value: low });
  finiteNumber("randomUniform", { option: "high", value: high });
  if (low >= high) {
    throw outOfRange("randomUniform", { option: "high", value: high, rule: `above low, which is ${low}` });
  }
  const fill: Initializer = (values, { random }) => {
    for (let i = 0; i < values.length; i++) values[i] = random.uniform({ low, high });
  };
  return remember(fill, "randomUniform", { low, high });
}

/** The initializer with this name, or the function itself. */
export function resolveInitializer(initializer: InitializerName | Initializer): Initializer {
  return typeof initializer === "function"
    ? initializer
    : lookUp(initializers, { kind: "initializer", name: initializer });
}

interface Spread {
  readonly variance: number;
  readonly random: Random;
}

/** Uniform on [-a, a] has variance a² / 3, hence a = √(3 · variance). */
function fillUniform(values: FloatArray, { variance, random }: Spread): void {
  const limit = Math.sqrt(3 * variance);
  for (let i = 0; i < values.length; i++) values[i] = random.uniform({ low: -limit, high: limit });
}

/** Normal, redrawn beyond 2 standard deviations; the cut shrinks the deviation to 0.8796 of the uncut one, so it is widened first. */
function fillTruncatedNormal(values: FloatArray, { variance, random }: Spread): void {
  const standardDeviation = Math.sqrt(variance) / 0.87962566103423978;
  for (let i = 0; i < values.length; i++) {
    let draw = random.normal();
    while (Math.abs(draw) > 2) draw = random.normal();
    values[i] = draw * standardDeviation;
  }
}
