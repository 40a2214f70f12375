import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  activation,
  activations,
  adadelta,
  adagrad,
  adam,
  adamW,
  batchNormalization,
  cosineDecay,
  dense,
  dropout,
  exponentialDecay,
  flatten,
  huber,
  input,
  l1,
  l1l2,
  l2,
  losses,
  maxNorm,
  nag,
  piecewiseConstantDecay,
  rmsprop,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
import type {
  ActivationName,
  Dtype,
  LearningRateSchedule,
  LossName,
  Matrix,
  Optimizer,
} from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

/** Written by test/fixtures/engine/make_training_fixture.py, which names the versions. */
interface Fixture {
  readonly x: number[][];
  readonly y: number[][];
  readonly start: Arrays;
  readonly optimizers: Record<string, Walk>;
  readonly schedules: Record<string, number[]>;
  readonly losses: readonly {
    readonly loss: LossName;
    readonly fromLogits: boolean;
    readonly output: ActivationName;
    readonly target: number[][];
    readonly weights: Arrays;
    readonly lossValue: number;
    readonly gradients: Arrays;
    readonly walk: Walk;
  }[];
  readonly layers: {
    readonly target: number[][];
    readonly sampleWeight: number[];
    readonly weights: Arrays;
    readonly inference: number[][];
    readonly lossValue: number;
    readonly gradients: Arrays;
    readonly walk: Walk;
    readonly inferenceAfter: number[][];
    readonly evaluated: number;
  };
  readonly activations: { readonly x: number[]; readonly y: Record<string, number[]> };
}

type Arrays = (number[][] | number[])[];
type Walk = { readonly losses: number[]; readonly weights: Arrays };

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/engine/training.json", import.meta.url), "utf8"),
) as Fixture;

const tolerances: Record<Dtype, number> = { float64: 1e-9, float32: 1e-5 };
const dtypes = Object.keys(tolerances) as Dtype[];

/** The settings of make_training_fixture.py. */
const epsilon = 2 ** -20;
const makers: Record<string, () => Optimizer> = {
  nag: () => nag({ learningRate: 1 / 16, momentum: 7 / 8 }),
  adagrad: () => adagrad({ learningRate: 1 / 8, initialAccumulatorValue: 1 / 8, epsilon }),
  adadelta: () => adadelta({ learningRate: 1, rho: 15 / 16, epsilon }),
  rmsprop: () => rmsprop({ learningRate: 1 / 64, rho: 7 / 8, epsilon }),
  "rmsprop, centered, with momentum": () =>
    rmsprop({ learningRate: 1 / 64, rho: 7 / 8, momentum: 1 / 2, centered: true, epsilon }),
  adamW: () =>
    adamW({ learningRate: 1 / 64, weightDecay: 1 / 16, beta1: 7 / 8, beta2: 1 - 1 / 1024, epsilon }),
  clipNorm: () => sgd({ learningRate: 1 / 8, clipNorm: 1 / 4 }),
  clipValue: () => sgd({ learningRate: 1 / 8, clipValue: 1 / 16 }),
  globalClipNorm: () => sgd({ learningRate: 1 / 8, globalClipNorm: 1 / 4 }),
  piecewise: () =>
    sgd({
      learningRate: piecewiseConstantDecay({ boundaries: [4, 9], values: [1 / 4, 1 / 8, 1 / 32] }),
    }),
};

function small(weights: Arrays, { dtype, output }: { dtype: Dtype; output: ActivationName }): Sequential {
  const units = weights[3].length;
  const layers = [dense(5, { activation: "tanh", inputDim: 3 }), dense(units, { activation: output })];
  const model = new Sequential({ dtype, layers });
  model.layers.forEach((layer, i) => (layer.weights = { kernel: weights[2 * i], bias: weights[2 * i + 1] }));
  return model;
}

function flat(layers: readonly Readonly<Record<string, Matrix>>[]): number[] {
  return layers.flatMap((layer) => Object.values(layer).flatMap(({ data }) => Array.from(data)));
}

const run = { epochs: 20, batchSize: 8, shuffle: false };

describe.each(dtypes)("Keras agrees, in %s", (dtype) => {
  const tolerance = tolerances[dtype];

  test.each(Object.keys(fixture.optimizers))("on 20 steps of %s", async (name) => {
    const model = small(fixture.start, { dtype, output: "linear" });
    model.compile({ loss: "mse", optimizer: makers[name]() });
    const { history } = await model.fit(fixture.x, fixture.y, run);
    expectClose(history.loss, fixture.optimizers[name].losses, { tolerance });
    expectClose(flat(model.weights), fixture.optimizers[name].weights.flat(2), { tolerance });
  });

  test.each(fixture.losses)("on the loss $loss, from logits: $fromLogits", async (net) => {
    const model = small(net.weights, { dtype, output: net.output });
    const loss =
      net.loss === "huber" ? huber({ delta: 0.5 }) : losses[net.loss]({ fromLogits: net.fromLogits });
    model.compile({ loss, optimizer: sgd({ learningRate: 1 / 16 }) });
    const { loss: value, gradients } = model.lossAndGradients(fixture.x, net.target);
    expectClose(value, net.lossValue, { tolerance });
    expectClose(flat(gradients), net.gradients.flat(2), { tolerance });
    const { history } = await model.fit(fixture.x, net.target, run);
    expectClose(history.loss, net.walk.losses, { tolerance });
    expectClose(flat(model.weights), net.walk.weights.flat(2), { tolerance });
  });

  test("on a net of all layers with regularizers, a constraint and sample weights", async () => {
    const { weights, target, sampleWeight, walk, ...expected } = fixture.layers;
    const layers = [
      input(3),
      dense(5, {
        kernelRegularizer: l2(1 / 64),
        biasRegularizer: l1(1 / 128),
        activityRegularizer: l1l2({ l1: 1 / 256, l2: 1 / 512 }),
      }),
      batchNormalization({ momentum: 7 / 8, epsilon: 2 ** -10 }),
      activation("elu"),
      dropout(0),
      flatten(),
      dense(3, {
        activation: "softmax",
        kernelConstraint: maxNorm(1),
        kernelRegularizer: l1l2({ l1: 1 / 128, l2: 1 / 64 }),
      }),
    ];
    const model = new Sequential({ dtype, layers });
    const [kernel1, bias1, gamma, beta, movingMean, movingVariance, kernel2, bias2] = weights;
    const start = [
      { kernel: kernel1, bias: bias1 },
      { gamma, beta, movingMean, movingVariance },
      ...[{}, {}, {}],
      { kernel: kernel2, bias: bias2 },
    ];
    model.weights = start;
    const optimizer = adam({ learningRate: 1 / 64, beta1: 7 / 8, beta2: 1 - 1 / 1024 });
    model.compile({ loss: "categoricalCrossentropy", optimizer });
    expectClose(model.predict(fixture.x), expected.inference, { tolerance });
    const { loss, gradients } = model.lossAndGradients(fixture.x, target, { training: true, sampleWeight });
    expectClose(loss, expected.lossValue, { tolerance });
    expectClose(flat(gradients), expected.gradients.flat(2), { tolerance });

    model.weights = start;
    const { history } = await model.fit(fixture.x, target, { ...run, sampleWeight });
    expectClose(history.loss, walk.losses, { tolerance });
    expectClose(flat(model.weights), walk.weights.flat(2), { tolerance });
    expectClose(model.predict(fixture.x), expected.inferenceAfter, { tolerance });
    // Keras keeps the mean of the loss in float32.
    expectClose(model.evaluate(fixture.x, target, { sampleWeight }).loss, expected.evaluated, {
      tolerance: 1e-5,
    });
  });
});

test("every optimizer of the fixture has its settings here", () => {
  expect(Object.keys(makers)).toEqual(Object.keys(fixture.optimizers));
});

test("Keras agrees on schedules", () => {
  const schedules: Record<string, LearningRateSchedule> = {
    exponentialDecay: exponentialDecay({ learningRate: 0.5, decaySteps: 4, decayRate: 0.75 }),
    staircase: exponentialDecay({ learningRate: 0.5, decaySteps: 4, decayRate: 0.75, staircase: true }),
    piecewiseConstantDecay: piecewiseConstantDecay({ boundaries: [4, 9], values: [0.25, 0.125, 0.03125] }),
    cosineDecay: cosineDecay({ learningRate: 0.5, decaySteps: 10, alpha: 0.125 }),
    "cosineDecay with warm-up": cosineDecay({
      ...{ learningRate: 0.0625, decaySteps: 8, alpha: 0.125 },
      ...{ warmupTarget: 0.5, warmupSteps: 4 },
    }),
  };
  expect(Object.keys(schedules)).toEqual(Object.keys(fixture.schedules));
  for (const [name, schedule] of Object.entries(schedules)) {
    // Keras computes them in float32.
    expectClose(
      fixture.schedules[name].map((_, step) => schedule(step)),
      fixture.schedules[name],
      {
        tolerance: 1e-7,
      },
    );
  }
});

test("Keras agrees on the smooth activations from -1000 to 1000", () => {
  const { x, y } = fixture.activations;
  for (const [name, expected] of Object.entries(y)) {
    // Keras rounds the √2 in gelu to float32; activations.test.ts has a digit-exact value.
    const tolerance = name === "gelu" ? 1e-8 : 1e-14;
    expectClose(activations[name as ActivationName].apply([x]).row(0), expected, { tolerance });
  }
});
