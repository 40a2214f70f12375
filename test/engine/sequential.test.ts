import { describe, expect, test } from "vitest";
import {
  categoricalCrossentropy,
  dense,
  dropout,
  Matrix,
  Random,
  Sequential,
} from "../../src/engine/index.js";
import type { CompileOptions, LossName, MatrixLike } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const xorX = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];
const xorY = [[0], [1], [1], [0]];

function xorNet(seed: number): Sequential {
  const model = new Sequential({
    seed,
    layers: [dense(8, { activation: "tanh", inputDim: 2 }), dense(1, { activation: "sigmoid" })],
  });
  return model.compile({ loss: "binaryCrossentropy", optimizer: "adam", metrics: ["accuracy"] });
}

test("a net with a hidden layer learns XOR", async () => {
  const model = xorNet(1);
  model.optimizer.learningRate = 0.05;
  await model.fit(xorX, xorY, { epochs: 300, batchSize: 4 });
  expect(model.evaluate(xorX, xorY)).toMatchObject({ accuracy: 1 });
  expect(model.predict(xorX).column(0).map(Math.round)).toEqual([0, 1, 1, 0]);
});

test("without a hidden layer XOR cannot be learned", async () => {
  const model = new Sequential({ layers: [dense(1, { activation: "sigmoid" })] });
  model.compile({ loss: "binaryCrossentropy", optimizer: "adam", metrics: ["accuracy"] });
  model.optimizer.learningRate = 0.05;
  await model.fit(xorX, xorY, { epochs: 300, batchSize: 4 });
  expect(model.evaluate(xorX, xorY).accuracy).toBeLessThan(1);
});

test("the same seed gives the same weights, another seed others", () => {
  const kernel = (seed: number): Matrix => xorNet(seed).weights[0].kernel;
  expect(kernel(7).equals(kernel(7))).toBe(true);
  expect(kernel(7).equals(kernel(8))).toBe(false);
});

test("a layer's weights do not depend on the layers after it, nor on whether inputDim or data told its inputs", () => {
  const short = new Sequential({ seed: 4, layers: [dense(3, { inputDim: 2 })] });
  const long = new Sequential({ seed: 4, layers: [dense(3), dense(5), dense(1)] });
  long.predict([[1, 2]]);
  expect(short.weights[0].kernel.equals(long.weights[0].kernel)).toBe(true);
});

test("evaluate is the loss of the predictions, however the rows are cut into batches", () => {
  const random = new Random(2);
  const x = Matrix.zeros(50, 2).map(() => random.normal());
  const y = Matrix.zeros(50, 1).map(() => random.normal());
  const model = new Sequential({ dtype: "float64", layers: [dense(1, { inputDim: 2 })] });
  model.compile({ loss: "mse", metrics: ["mae", "mse"] });
  const error = model.predict(x).sub(y);
  const { loss, mae, mse } = model.evaluate(x, y);
  expectClose(
    [loss, mse, mae],
    [error.mul(error).mean(), error.mul(error).mean(), error.map(Math.abs).mean()],
    {
      tolerance: 1e-14,
    },
  );
  expectClose(model.evaluate(x, y, { batchSize: 7 }).loss, loss, { tolerance: 1e-14 });
});

test("the weights of a layer without bias can be put back, but it takes no bias", () => {
  const model = new Sequential({ layers: [dense(2, { inputDim: 2, useBias: false }), dense(1)] });
  const before = model.weights;
  model.weights = before;
  expect(model.weights).toEqual(before);
  expect(() => (model.layers[0].weights = { bias: [1, 0] })).toThrow(
    'dense "dense": was made with useBias: false and has no bias to set',
  );
});

test("gradients are named by layer and weight, and are those of lossAndGradients", () => {
  const model = new Sequential({
    seed: 3,
    layers: [dense(3, { activation: "tanh", inputDim: 2, name: "hidden" }), dropout(0.5), dense(1)],
  }).compile({ loss: "mse" });
  const named = model.gradients(xorX, xorY);
  expect(Object.keys(named)).toEqual(["hidden", "dense"]);
  expect(Object.keys(named["hidden"])).toEqual(["kernel", "bias"]);
  const { gradients } = model.lossAndGradients(xorX, xorY);
  expect(named["hidden"]).toEqual(gradients[0]);
  expect(named["dense"]).toEqual(gradients[2]);
  // ∂mse/∂b of a linear output is the mean of 2 (p - t).
  const errors = model.predict(xorX).sub(Matrix.from(xorY));
  expectClose(named["dense"]["bias"].data, [2 * errors.mean()], { tolerance: 1e-6 });
});

test("weights can be taken out and put back", async () => {
  const model = xorNet(3);
  const before = model.weights;
  const predicted = model.predict(xorX);
  await model.fit(xorX, xorY, { epochs: 3 });
  expect(model.predict(xorX).equals(predicted)).toBe(false);
  model.weights = before;
  expect(model.predict(xorX).equals(predicted)).toBe(true);
});

test("two models can share a layer: the second looks into the first", async () => {
  const model = xorNet(3);
  const hidden = new Sequential({ layers: model.layers.slice(0, 1) });
  await model.fit(xorX, xorY, { epochs: 2 });
  expect(hidden.predict(xorX).equals(model.layers[0].forward(xorX))).toBe(true);
});

test("unnamed layers are dense, dense_1, ...; named ones keep their names", () => {
  const model = new Sequential({ layers: [dense(1), dense(1, { name: "middle" }), dense(1)] });
  expect(model.layers.map(({ name }) => name)).toEqual(["dense", "middle", "dense_1"]);
});

test("a layer added after the first evaluation counts in the next", () => {
  const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] }).compile({ loss: "mse" });
  model.evaluate([2], [0]);
  model.add(dense(1));
  expectClose(model.evaluate([2], [0]).loss, model.predict([2]).at(0, 0) ** 2, { tolerance: 1e-6 });
  expect(model.lossAndGradients([2], [0]).gradients).toHaveLength(2);
  const { kernel } = model.weights[0];
  const last = model.weights[1].kernel.at(0, 0);
  const slope = 2 * model.predict([2]).at(0, 0) * last * 2;
  expectClose(model.lossAndGradients([2], [0]).gradients[0].kernel.at(0, 0), slope, { tolerance: 1e-5 });
  expect(kernel.shape).toEqual([1, 1]);
});

test("compiling again keeps the weights and forgets the optimizer's memory", async () => {
  const after = async (recompile: boolean): Promise<Matrix> => {
    const model = xorNet(3);
    await model.fit(xorX, xorY, { epochs: 3, shuffle: false });
    const { kernel } = model.weights[0];
    if (recompile) model.compile({ loss: "binaryCrossentropy", optimizer: "adam" });
    expect(model.weights[0].kernel.equals(kernel)).toBe(true);
    await model.fit(xorX, xorY, { epochs: 1, shuffle: false });
    return model.weights[0].kernel;
  };
  expect((await after(true)).equals(await after(false))).toBe(false);
  expect((await after(false)).equals(await after(false))).toBe(true);
});

test("inputs of ±1000 give finite outputs and losses", () => {
  const model = xorNet(1);
  const x = [
    [1000, -1000],
    [-1000, 1000],
  ];
  expect(model.predict(x).data.every(Number.isFinite)).toBe(true);
  expect(Number.isFinite(model.evaluate(x, [[0], [1]]).loss)).toBe(true);
});

describe("bad use is explained", () => {
  const three = (): Sequential =>
    new Sequential({
      layers: [dense(4, { inputDim: 2, activation: "relu" }), dense(3, { activation: "softmax" })],
    });
  const compiled = (loss: LossName = "categoricalCrossentropy"): Sequential => three().compile({ loss });
  const evaluate = (x: MatrixLike, y: MatrixLike) => () => compiled().evaluate(x, y);
  const compile =
    (options: Partial<CompileOptions>, units = 3, activation: "linear" | "softmax" = "linear") =>
    () =>
      new Sequential({ layers: [dense(units, { inputDim: 2, activation })] }).compile(
        options as CompileOptions,
      );
  const hot = [[1, 0, 0]];

  test.each([
    [
      "not compiled",
      () => three().evaluate([[1, 2]], hot),
      "evaluate: the model is not compiled. First call model.compile(",
    ],
    [
      "no layers",
      () => new Sequential().predict([[1]]),
      "predict: the model has no layers; add one with model.add(dense(...))",
    ],
    [
      "NaN",
      evaluate(
        [
          [1, 2],
          [3, NaN],
        ],
        [...hot, ...hot],
      ),
      "evaluate: x has NaN in row 1, column 1 (counted from 0). Drop the row or fill in the value first.",
    ],
    ["infinite", evaluate([[1, Infinity]], hot), "evaluate: x has Infinity in row 0, column 1"],
    [
      "text",
      evaluate([[1, "2" as unknown as number]], hot),
      'evaluate: x has the text "2" in row 0, column 1; only numbers can be computed with',
    ],
    [
      "missing",
      evaluate([[1, undefined as unknown as number]], hot),
      "evaluate: x has undefined in row 0, column 1",
    ],
    ["empty x", evaluate([], []), "evaluate: x is empty"],
    [
      "no matrix",
      evaluate(undefined as unknown as MatrixLike, hot),
      "evaluate: x must be a Matrix or an array of rows, got undefined",
    ],
    [
      "lengths",
      evaluate(
        [
          [1, 2],
          [3, 4],
        ],
        hot,
      ),
      "evaluate: x and y must have the same number of rows; x is [2, 2], y is [1, 3]. Every sample needs its label.",
    ],
    [
      "features",
      evaluate([[1, 2, 3]], hot),
      'dense "dense": expects 2 input features, got 3; input is [1, 3]. Did you forget to drop the label column?',
    ],
    [
      "class numbers",
      evaluate(
        [
          [1, 2],
          [3, 4],
        ],
        [0, 2],
      ),
      "evaluate: the loss categoricalCrossentropy needs one target for each of the 3 outputs; y is [2, 1]. If y holds class numbers, turn it into one-hot rows of 3 first (oneHot), or use the loss sparseCategoricalCrossentropy.",
    ],
    ["not one-hot", evaluate([[1, 2]], [[1, 1, 0]]), "row 0 is [1, 1, 0]"],
    ["one sample", () => three().predict([1, 2]), "A single sample is written as one row: [[a, b, ...]]."],
    [
      "batchSize",
      () => three().predict([[1, 2]], { batchSize: 0 }),
      "predict: batchSize must be a whole number of at least 1, got 0",
    ],
    [
      "unknown loss",
      compile({ loss: "crossEntropy" as "mse" }),
      'loss "crossEntropy" is unknown; known are mse, mae, huber, binaryCrossentropy, categoricalCrossentropy, ',
    ],
    [
      "unknown optimizer",
      compile({ loss: "mse", optimizer: "Adam" as "adam" }),
      'optimizer "Adam" is unknown; known are sgd, momentum, nag, adagrad, adadelta, rmsprop, adam, adamW. Did you mean "adam"?',
    ],
    [
      "unknown metric",
      compile({ loss: "mse", metrics: ["acc" as "accuracy"] }),
      'metric "acc" is unknown; known are accuracy, binaryAccuracy, topKAccuracy, precision, recall, f1, auc, mse, mae, rmse, r2.',
    ],
    ["no loss", compile({}), "loss undefined is unknown"],
    [
      "logits",
      compile({ loss: "categoricalCrossentropy" }),
      'compile: the loss categoricalCrossentropy reads probabilities, but the last layer "dense" has the activation "linear". Use "softmax" there, or categoricalCrossentropy({ fromLogits: true }) after "linear".',
    ],
    [
      "softmax of one",
      compile({ loss: "mse" }, 1, "softmax"),
      "compile: softmax over a single unit is always 1.",
    ],
    [
      "dtype",
      () => new Sequential({ dtype: "float16" as "float32" }),
      'dtype "float16" is unknown; known are float32, float64.',
    ],
    ["seed", () => new Sequential({ seed: 1.5 }), "Random: seed must be a whole number, got 1.5"],
    [
      "inputDim",
      () => new Sequential({ layers: [dense(4, { inputDim: 2 }), dense(1, { inputDim: 3 })] }),
      'add: the layer "dense" takes 3 features, but "dense" before it gives 4. Leave its inputDim out.',
    ],
    [
      "name twice",
      () => new Sequential({ layers: [dense(1, { name: "a" }), dense(1, { name: "a" })] }),
      'add: the model already has a layer named "a"',
    ],
    ["weights", () => (three().weights = []), "weights: the model has 2 layers, got weights for 0"],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("logits after softmax, one class for the categorical loss, accuracy of quantities", () => {
    const ending = (units: number, activation: "softmax" | "sigmoid"): Sequential =>
      new Sequential({ layers: [dense(units, { inputDim: 2, activation })] });
    expect(() =>
      ending(3, "softmax").compile({ loss: categoricalCrossentropy({ fromLogits: true }) }),
    ).toThrow("was made with fromLogits: true and reads logits");
    expect(() => ending(1, "sigmoid").compile({ loss: "categoricalCrossentropy" })).toThrow(
      "categoricalCrossentropy chooses among at least 2 outputs",
    );
    const regression = ending(1, "sigmoid").compile({ loss: "mse", metrics: ["accuracy"] });
    expect(() => regression.evaluate([[1, 2]], [3.7])).toThrow("evaluate: accuracy counts right classes");
  });

  test("a layer twice", () => {
    const layer = dense(2, { inputDim: 2 });
    expect(() => new Sequential({ layers: [layer, layer] })).toThrow(
      'add: the layer "dense" is already in this model',
    );
  });

  test("a layer of another format", () => {
    const { layers } = new Sequential({ layers: [dense(2, { inputDim: 2 })] });
    expect(() => new Sequential({ layers, dtype: "float64" })).toThrow(
      'the layer "dense" is float32, the model is float64',
    );
  });
});
