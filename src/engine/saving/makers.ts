import { activation } from "../activation-layer.js";
import { activations, leakyRelu, resolveActivation, type Activation } from "../activations.js";
import { adadelta, adagrad, rmsprop } from "../adaptive-rates.js";
import { batchNormalization } from "../batch-normalization.js";
import { maxNorm, nonNegative, resolveConstraint } from "../constraints.js";
import { binaryCrossentropy, categoricalCrossentropy } from "../crossentropy.js";
import { dense, type DenseOptions } from "../dense.js";
import { dropout } from "../dropout.js";
import { flatten } from "../flatten.js";
import { gaussianNegativeLogLikelihood } from "../gaussian-negative-log-likelihood.js";
import { huber } from "../huber.js";
import { constant, initializers, randomNormal, randomUniform, resolveInitializer } from "../initializers.js";
import { cosineDecay, exponentialDecay, piecewiseConstantDecay, warmUp } from "../learning-rate-schedules.js";
import { mae, mse, resolveLoss } from "../losses.js";
import { metrics, resolveMetric } from "../metrics.js";
import { adam, adamW, resolveOptimizer, sgd } from "../optimizers.js";
import { l1, l1l2, l2, resolveRegularizer } from "../regularizers.js";
import { elu } from "../smooth-rectifiers.js";
import { softmax } from "../softmax.js";
import { sparseCategoricalCrossentropy } from "../sparse-crossentropy.js";

/** The kinds of things that a model is put together from. */
export type Family =
  | "layer"
  | "activation"
  | "initializer"
  | "regularizer"
  | "constraint"
  | "loss"
  | "optimizer"
  | "schedule"
  | "metric";

/** What an option may hold. A "rate" is a number or a schedule. */
export type Field = "number" | "boolean" | "text" | "numbers" | "rate" | Family;

/** How something is made anew from its name and the options in a file. */
export interface Maker {
  /** The options that it takes, and what each holds. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The options have been read according to `fields`; those that a file leaves out have their defaults. */
  readonly make: (options: never) => object;
}

type Fields = Maker["fields"];

const clipping: Fields = { clipNorm: "number", clipValue: "number", globalClipNorm: "number" };
const crossentropy: Fields = { fromLogits: "boolean" };
const descent: Fields = { learningRate: "rate", momentum: "number", nesterov: "boolean", ...clipping };
const adamFields: Fields = {
  ...clipping,
  learningRate: "rate",
  beta1: "number",
  beta2: "number",
  epsilon: "number",
};
const decision: Fields = { threshold: "number", average: "text", name: "text" };

/** Everything that a model file can name. The names are those of the functions in `gradus`; layers have the names of their classes. */
export const makers: Readonly<Record<Family, Readonly<Record<string, Maker>>>> = {
  layer: {
    Dense: {
      fields: {
        ...{
          name: "text",
          units: "number",
          activation: "activation",
          inputDim: "number",
          useBias: "boolean",
        },
        ...{ kernelInitializer: "initializer", biasInitializer: "initializer" },
        ...{ kernelRegularizer: "regularizer", biasRegularizer: "regularizer" },
        ...{ activityRegularizer: "regularizer" },
        ...{ kernelConstraint: "constraint", biasConstraint: "constraint" },
        trainable: "boolean",
      },
      make: ({ units, ...options }: DenseOptions & { readonly units: number }) => dense(units, options),
    },
    Activation: {
      fields: { name: "text", activation: "activation" },
      make: ({ activation: f, ...options }: { readonly activation: Activation; readonly name?: string }) =>
        activation(f, options),
    },
    Dropout: {
      fields: { name: "text", rate: "number", seed: "number" },
      make: ({ rate, ...options }: { readonly rate: number }) => dropout(rate, options),
    },
    BatchNormalization: {
      fields: {
        ...{ name: "text", momentum: "number", epsilon: "number", center: "boolean", scale: "boolean" },
        trainable: "boolean",
      },
      make: batchNormalization,
    },
    Flatten: { fields: { name: "text" }, make: flatten },
  },
  activation: {
    ...named(activations),
    leakyRelu: { fields: { slope: "number" }, make: leakyRelu },
    elu: { fields: { alpha: "number" }, make: elu },
    softmax: { fields: { temperature: "number" }, make: softmax },
  },
  initializer: {
    ...named(initializers),
    constant: {
      fields: { value: "number" },
      make: ({ value }: { readonly value: number }) => constant(value),
    },
    randomNormal: { fields: { mean: "number", standardDeviation: "number" }, make: randomNormal },
    randomUniform: { fields: { low: "number", high: "number" }, make: randomUniform },
  },
  regularizer: {
    l1: { fields: { factor: "number" }, make: ({ factor }: { readonly factor?: number }) => l1(factor) },
    l2: { fields: { factor: "number" }, make: ({ factor }: { readonly factor?: number }) => l2(factor) },
    l1l2: { fields: { l1: "number", l2: "number" }, make: l1l2 },
  },
  constraint: {
    maxNorm: {
      fields: { limit: "number" },
      make: ({ limit }: { readonly limit?: number }) => maxNorm(limit),
    },
    nonNegative: { fields: {}, make: nonNegative },
  },
  loss: {
    mse: { fields: {}, make: mse },
    mae: { fields: {}, make: mae },
    huber: { fields: { delta: "number" }, make: huber },
    binaryCrossentropy: { fields: crossentropy, make: binaryCrossentropy },
    categoricalCrossentropy: { fields: crossentropy, make: categoricalCrossentropy },
    sparseCategoricalCrossentropy: { fields: crossentropy, make: sparseCategoricalCrossentropy },
    gaussianNegativeLogLikelihood: { fields: {}, make: gaussianNegativeLogLikelihood },
  },
  // Momentum and Nesterov's form are settings of sgd; the name follows from them.
  optimizer: {
    sgd: { fields: descent, make: sgd },
    momentum: { fields: descent, make: sgd },
    nag: { fields: descent, make: sgd },
    adagrad: {
      fields: { learningRate: "rate", initialAccumulatorValue: "number", epsilon: "number", ...clipping },
      make: adagrad,
    },
    adadelta: {
      fields: { learningRate: "rate", rho: "number", epsilon: "number", ...clipping },
      make: adadelta,
    },
    rmsprop: {
      fields: {
        ...{
          learningRate: "rate",
          rho: "number",
          momentum: "number",
          epsilon: "number",
          centered: "boolean",
        },
        ...clipping,
      },
      make: rmsprop,
    },
    adam: { fields: adamFields, make: adam },
    adamW: { fields: { ...adamFields, weightDecay: "number" }, make: adamW },
  },
  schedule: {
    exponentialDecay: {
      fields: {
        ...{ learningRate: "number", decaySteps: "number", decayRate: "number", staircase: "boolean" },
      },
      make: exponentialDecay,
    },
    piecewiseConstantDecay: {
      fields: { boundaries: "numbers", values: "numbers" },
      make: piecewiseConstantDecay,
    },
    cosineDecay: {
      fields: {
        ...{ learningRate: "number", decaySteps: "number", alpha: "number" },
        ...{ warmupTarget: "number", warmupSteps: "number" },
      },
      make: cosineDecay,
    },
    warmUp: { fields: { steps: "number", to: "number", from: "number", then: "schedule" }, make: warmUp },
  },
  metric: {
    accuracy: { fields: { name: "text" }, make: metrics.accuracy },
    binaryAccuracy: { fields: { threshold: "number", name: "text" }, make: metrics.binaryAccuracy },
    topKAccuracy: { fields: { k: "number", name: "text" }, make: metrics.topKAccuracy },
    precision: { fields: decision, make: metrics.precision },
    recall: { fields: decision, make: metrics.recall },
    f1: { fields: decision, make: metrics.f1 },
    auc: { fields: { name: "text" }, make: metrics.auc },
    mse: { fields: { name: "text" }, make: metrics.mse },
    mae: { fields: { name: "text" }, make: metrics.mae },
    rmse: { fields: { name: "text" }, make: metrics.rmse },
    r2: { fields: { name: "text" }, make: metrics.r2 },
  },
};

/** From a name as a caller may write it to the thing itself. Layers and schedules have no such names. */
export const resolvers: Readonly<Partial<Record<Family, (thing: never) => object>>> = {
  activation: resolveActivation,
  initializer: resolveInitializer,
  regularizer: resolveRegularizer,
  constraint: resolveConstraint,
  loss: resolveLoss,
  optimizer: resolveOptimizer,
  metric: resolveMetric,
};

/** The things of a table that take no options. */
function named(table: Readonly<Record<string, object>>): Record<string, Maker> {
  return Object.fromEntries(
    Object.entries(table).map(([name, thing]) => [name, { fields: {}, make: () => thing }]),
  );
}
