import { describe, expect, test } from "vitest";
import * as engine from "../../src/engine/index.js";
import {
  activation,
  batchNormalization,
  checkGradient,
  checkModelGradient,
  dense,
  dropout,
  flatten,
  input,
  Matrix,
  Random,
  Sequential,
} from "../../src/engine/index.js";
import type { Layer } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(31);
const randomMatrix = (rows: number, cols: number): Matrix =>
  Matrix.zeros(rows, cols).map(() => random.normal());

/** One of each kind; the first test finds a kind that is missing here. */
const makers: (() => Layer)[] = [
  () => dense(3, { activation: "tanh" }),
  () => activation("softmax"),
  () => dropout(0.4),
  () => batchNormalization(),
  () => flatten(),
];

test("every exported layer is among the tested ones", () => {
  const exported = Object.values(engine).filter(
    (value) =>
      typeof value === "function" && "backpropagate" in ((value as { prototype?: object }).prototype ?? {}),
  );
  const tested = makers.map((make) => make().constructor);
  // The abstract class that the others extend cannot be made.
  const untested = exported.filter(
    (layer) => layer !== engine.ShapeKeepingLayer && !tested.includes(layer as never),
  );
  expect(untested).toEqual([]);
  expect(exported.length).toBe(makers.length + 1);
});

describe.each(makers.map((make) => ({ kind: make().kind, make })))("$kind", ({ make }) => {
  const x = randomMatrix(5, 3);

  /** A layer in float64 with weights that are not the plain ones; its random numbers begin anew at each call. */
  const built = (): Layer => {
    const layer = make();
    layer.build(3, { random: new Random(1), dtype: "float64" });
    const noise = new Random(2);
    for (const { value } of [...layer.parameters, ...layer.state])
      value.data.forEach((_, i) => (value.data[i] = 0.5 + noise.uniform()));
    return layer;
  };

  test.each([true, false])("its gradients agree with central differences, training: %s", (training) => {
    const weight = randomMatrix(5, 3);
    const layer = built();
    layer.propagate(x, training);
    layer.backpropagate(weight, false);
    const slopes = [...layer.parameters.map(({ gradient }) => gradient), layer.inputGradient()].map((m) =>
      m.copy(),
    );
    slopes.forEach((slope, which) => {
      const f = (at: Float64Array): number => {
        const fresh = built();
        const moved = x.copy();
        (fresh.parameters[which]?.value ?? moved).data.set(at);
        return fresh.propagate(moved, training).mul(weight).sum();
      };
      const at = Float64Array.from((layer.parameters[which]?.value ?? x).data);
      expect(checkGradient({ f, gradient: slope.data, at }, { tolerance: 1e-8 })).toMatchObject({ ok: true });
    });
  });

  test("is finite at ±1000, in both directions", () => {
    const far = Matrix.from([
      [1000, -1000, 0],
      [-1000, 1000, 0],
    ]);
    for (const training of [true, false]) {
      const layer = built();
      expect(layer.propagate(far, training).data.every(Number.isFinite)).toBe(true);
      layer.backpropagate(Matrix.from([[1, -1, 1]]).takeRows([0, 0]), false);
      expect(layer.inputGradient().data.every(Number.isFinite)).toBe(true);
    }
  });

  test("forward gives the caller's own matrix and does not touch its input", () => {
    const layer = built();
    const kept = x.copy();
    const first = layer.forward(x);
    const before = first.copy();
    layer.forward(x.scale(3));
    first.data.fill(7);
    expect(x.equals(kept)).toBe(true);
    expect(layer.forward(x).equals(before)).toBe(true);
  });

  test("refuses rows of another width, and gradients before any input", () => {
    expect(() => built().forward(randomMatrix(2, 5))).toThrow(/"[a-zA-Z]+": expects 3 input features, got 5/);
    expect(() => built().backpropagate(x, false)).toThrow("has not seen any input yet; call propagate first");
  });

  test("weights come out and go in under the same names, and strangers are refused", () => {
    const [a, b] = [built(), make()];
    b.build(3, { random: new Random(9), dtype: "float64" });
    b.weights = a.weights;
    expect(b.forward(x).equals(a.forward(x))).toBe(true);
    expect(() => (a.weights = { stranger: [[1]] })).toThrow('has no weights "stranger"');
  });

  test("in a model it is named after its kind, in the words of Keras", () => {
    const model = new Sequential({ layers: [input(3), make(), make()] });
    const word = make().kind === "BatchNormalization" ? "batch_normalization" : make().kind.toLowerCase();
    expect(model.layers.map(({ name }) => name)).toEqual([word, `${word}_1`]);
    expect(model.predict(x).shape).toEqual([5, 3]);
  });
});

describe("dropout", () => {
  const ones = Matrix.zeros(100, 100).map(() => 1);

  test("drops its share and divides the rest by 1 - rate, so that the mean stays", () => {
    const layer = dropout(0.25, { seed: 4 });
    const y = layer.forward(ones, { training: true });
    expect(new Set(y.data)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    const dropped = y.data.filter((value) => value === 0).length / y.data.length;
    // 10,000 draws: a standard error of 0.0044; 5 of them.
    expect(Math.abs(dropped - 0.25)).toBeLessThan(0.022);
  });

  test("is the identity at rate 0 and outside training", () => {
    expect(
      dropout(0)
        .forward(ones, { training: true })
        .data.every((value) => value === 1),
    ).toBe(true);
    expect(
      dropout(0.9)
        .forward(ones)
        .data.every((value) => value === 1),
    ).toBe(true);
  });

  test("draws a new mask each time; the same seed draws the same ones", () => {
    const [a, b] = [dropout(0.5, { seed: 8 }), dropout(0.5, { seed: 8 })];
    const first = a.forward(ones, { training: true });
    expect(b.forward(ones, { training: true }).equals(first)).toBe(true);
    expect(a.forward(ones, { training: true }).equals(first)).toBe(false);
  });

  test("works in fit, not in predict and evaluate", async () => {
    const model = new Sequential({
      layers: [input(2), dropout(0.5), dense(1, { kernelInitializer: "ones" })],
    });
    model.compile({ loss: "mse", optimizer: engine.sgd({ learningRate: 1e-12 }) });
    const x = randomMatrix(40, 2);
    const y = x.map((value) => value).matmul(Matrix.from([[1], [1]]));
    expectClose(model.evaluate(x, y).loss, 0, { tolerance: 1e-6 });
    const { history } = await model.fit(x, y);
    expect(history.loss[0]).toBeGreaterThan(0.1);
    expectClose(model.predict(x), y, { tolerance: 1e-6 });
  });

  test("the same seed trains to the same weights, to the last bit", async () => {
    const trained = async (): Promise<Matrix> => {
      const model = new Sequential({ seed: 5, layers: [dense(8, { inputDim: 2 }), dropout(0.5), dense(1)] });
      const rows = Matrix.zeros(32, 2).map((_, r, c) => Math.sin(r + 3 * c));
      await model.compile({ loss: "mse" }).fit(rows, rows.column(0), { epochs: 5, batchSize: 8 });
      return model.weights[0].kernel;
    };
    expect((await trained()).equals(await trained())).toBe(true);
  });

  test("a rate of 1, below 0 or NaN is refused", () => {
    for (const rate of [1, -0.1, NaN])
      expect(() => dropout(rate)).toThrow(`dropout: rate must be at least 0 and below 1, got ${rate}`);
  });
});

describe("batch normalization", () => {
  test("gives each feature of a batch mean 0 and variance 1, up to epsilon, at any offset", () => {
    const x = randomMatrix(50, 2).map((value, _, c) => (c === 0 ? 1e6 + value : 30 * value));
    const layer = batchNormalization({ epsilon: 1e-9 });
    layer.build(2, { random, dtype: "float64" });
    const y = layer.forward(x, { training: true });
    for (const c of [0, 1]) {
      const column = y.column(c);
      const mean = column.reduce((a, b) => a + b) / 50;
      expectClose(mean, 0, { tolerance: 1e-9 });
      expectClose(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 50, 1, { tolerance: 1e-8 });
    }
  });

  test("moves its statistics by 1 - momentum in training and leaves them alone otherwise", () => {
    const layer = batchNormalization();
    layer.build(1, { random, dtype: "float64" });
    layer.forward([[1], [3]]);
    expect(layer.weights.movingMean.at(0, 0)).toBe(0);
    layer.forward([[1], [3]], { training: true });
    // Mean 2 and variance 1 (divided by n) of the batch: 0.99 · 0 + 0.01 · 2 and 0.99 · 1 + 0.01 · 1.
    expectClose(layer.weights.movingMean.at(0, 0), 0.02, { tolerance: 1e-15 });
    expectClose(layer.weights.movingVariance.at(0, 0), 1, { tolerance: 1e-15 });
  });

  test("counts two trainable and two other numbers a feature", () => {
    const model = new Sequential({ layers: [input(4), dense(16), batchNormalization(), dense(3)] });
    expect(model.countParams()).toBe(80 + 64 + 51);
    expect(model.summary()).toContain("│ batch_normalization (BatchNormalization)");
    expect(model.summary()).toContain(" Trainable params: 163 (652.00 B)");
    expect(model.summary()).toContain(" Non-trainable params: 32 (128.00 B)");
  });

  test("without offset and factor it has no trainable numbers", () => {
    const model = new Sequential({ layers: [input(4), batchNormalization({ center: false, scale: false })] });
    expect(model.layers[0].parameters).toEqual([]);
    expect(model.countParams()).toBe(8);
  });

  test("settings outside their range are refused", () => {
    expect(() => batchNormalization({ momentum: 1 })).toThrow(
      "batchNormalization: momentum must be at least 0 and below 1, got 1",
    );
    expect(() => batchNormalization({ epsilon: 0 })).toThrow(
      "batchNormalization: epsilon must be a finite number above 0, got 0",
    );
  });
});

describe("a net of all layers", () => {
  const net = (): Sequential =>
    new Sequential({
      dtype: "float64",
      seed: 2,
      layers: [
        input([2, 2]),
        flatten(),
        dense(5),
        batchNormalization(),
        activation("tanh"),
        dropout(0.3),
        dense(3),
        activation("softmax"),
      ],
    }).compile({
      loss: "categoricalCrossentropy",
      optimizer: engine.adam({ learningRate: 0.01 }),
      metrics: ["accuracy"],
    });
  const x = Matrix.zeros(12, 4).map(
    (_, r, c) => (r % 3 === c ? 2 : 0) + random.normal({ standardDeviation: 0.3 }),
  );
  const y = Matrix.zeros(12, 3).map((_, r, c) => (r % 3 === c ? 1 : 0));

  test("has the gradients of its loss", () => {
    expect(checkModelGradient(net(), { x, y, tolerance: 1e-8 })).toMatchObject({ ok: true });
  });

  test("learns, and says the same of the same rows twice", async () => {
    const model = net();
    const before = model.evaluate(x, y).loss;
    await model.fit(x, y, { epochs: 200, batchSize: 4 });
    expect(model.evaluate(x, y).loss).toBeLessThan(before / 2);
    expect(model.evaluate(x, y)).toEqual(model.evaluate(x, y));
  });

  test("the activation as a layer melts with the loss as the one inside dense does", () => {
    const apart = new Sequential({ layers: [dense(3, { inputDim: 4 }), activation("softmax")] });
    const inside = new Sequential({ layers: [dense(3, { inputDim: 4, activation: "softmax" })] });
    const far = x.scale(1000);
    const [a, b] = [apart, inside].map((model) =>
      model.compile({ loss: "categoricalCrossentropy" }).lossAndGradients(far, y),
    );
    expect(a.loss).toBe(b.loss);
    expect(a.gradients[0].kernel.equals(b.gradients[0].kernel)).toBe(true);
  });
});

describe("input", () => {
  test("stands first, makes the weights exist, and is no layer of its own", () => {
    const model = new Sequential({ layers: [input([28, 28]), flatten(), dense(10)] });
    expect(model.layers.map(({ kind }) => kind)).toEqual(["Flatten", "Dense"]);
    expect(model.layers[0].outputFeatures).toBe(784);
    expect(model.countParams()).toBe(7850);
  });

  test("refuses a place after the first, other data, and sizes that are none", () => {
    expect(() => new Sequential({ layers: [dense(2), input(3)] })).toThrow(
      "add: input(3) must come first and once",
    );
    expect(() => new Sequential({ layers: [input(3), dense(2, { inputDim: 4 })] })).toThrow(
      'add: the layer "dense" takes 4 features, but the input before it gives 3.',
    );
    expect(() => new Sequential({ layers: [input(3), dropout(0.5)] }).predict([[1, 2]])).toThrow(
      'dropout "dropout": expects 3 input features, got 2; input is [1, 2]',
    );
    expect(() => input(0)).toThrow("input: shape must be a whole number of at least 1, got 0");
    expect(() => input([])).toThrow("input: shape must be a size or a list of sizes");
  });

  test("layers that keep the number of their inputs learn it from the data when nothing says it before", () => {
    const model = new Sequential({ layers: [batchNormalization(), dense(2)] });
    expect(model.summary()).toContain("(None, ?)");
    expect(model.predict([[1, 2, 3]]).shape).toEqual([1, 2]);
    expect(model.countParams()).toBe(12 + 8);
  });
});
