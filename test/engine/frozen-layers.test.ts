import { describe, expect, test } from "vitest";
import {
  adam,
  batchNormalization,
  dense,
  dropout,
  input,
  Matrix,
  modelFromBytes,
  Random,
  Sequential,
  SparseMatrix,
} from "../../src/engine/index.js";

const random = new Random(3);
const table = (rows: number, cols: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.normal()));
const [x, y] = [table(40, 3), table(40, 1)];

/** 3-5-1; the first layer has a penalty, so that it would be seen if it still counted. */
function net(trainable: boolean): Sequential {
  const first = dense(5, { activation: "tanh", inputDim: 3, kernelRegularizer: "l2", trainable });
  const model = new Sequential({ seed: 7, layers: [first, dense(1)], dtype: "float64" });
  model.compile({ loss: "mse", optimizer: adam({ learningRate: 0.05 }) });
  return model;
}

const kernelOf = (model: Sequential, layer: number): Matrix => model.weights[layer]["kernel"];
const fit = (model: Sequential, inputs: number[][] = x) =>
  model.fit(inputs, y, { epochs: 5, batchSize: 8, verbose: 0, seed: 1 });

describe("a frozen layer", () => {
  test("keeps its weights to the last bit while the others learn as on its outputs alone", async () => {
    const model = net(false);
    const before = model.weights;
    const head = new Sequential({ layers: [dense(1, { inputDim: 5 })], dtype: "float64" });
    head.weights = [model.weights[1]];
    head.compile({ loss: "mse", optimizer: adam({ learningRate: 0.05 }) });
    const features = model.activations(x)[0];
    const [whole, alone] = [await fit(model), await fit(head, features.toArray())];
    expect(kernelOf(model, 0).equals(before[0]["kernel"])).toBe(true);
    expect(kernelOf(model, 1).equals(before[1]["kernel"])).toBe(false);
    expect(kernelOf(model, 1).equals(kernelOf(head, 0))).toBe(true);
    // The penalty of weights that cannot change is left out of the loss, as in Keras.
    expect(whole.history["loss"]).toEqual(alone.history["loss"]);
  });

  test("has a penalty again as soon as it learns", async () => {
    const [frozen, free] = [net(false), net(true)];
    expect(free.evaluate(x, y)["loss"]).toBeGreaterThan(frozen.evaluate(x, y)["loss"]);
    frozen.layers[0].trainable = true;
    expect(frozen.evaluate(x, y)).toEqual(free.evaluate(x, y));
  });

  test("can be frozen and thawed between two trainings, and is then trained as if never frozen", async () => {
    const model = net(true);
    model.layers[0].trainable = false;
    const before = kernelOf(model, 0);
    await fit(model);
    model.trainOnBatch(x, y);
    expect(kernelOf(model, 0).equals(before)).toBe(true);
    model.layers[0].trainable = true;
    model.trainOnBatch(x, y);
    expect(kernelOf(model, 0).equals(before)).toBe(false);
  });

  test("in the middle lets the slope through to the layers below", async () => {
    const layers = () => [dense(4, { activation: "tanh", inputDim: 3 }), dense(4, { activation: "tanh" }), dense(1)]; // prettier-ignore
    const [frozen, free] = [0, 1].map(() => new Sequential({ seed: 2, layers: layers(), dtype: "float64" }).compile({ loss: "mse" })); // prettier-ignore
    frozen.layers[1].trainable = false;
    const [ofFrozen, ofFree] = [frozen, free].map((model) => model.gradients(x, y));
    expect(Object.keys(ofFrozen)).toEqual(["dense", "dense_2"]);
    expect(ofFrozen["dense"]["kernel"].equals(ofFree["dense"]["kernel"])).toBe(true);
    await fit(frozen);
    expect(kernelOf(frozen, 1).equals(kernelOf(free, 1))).toBe(true);
    expect(kernelOf(frozen, 0).equals(kernelOf(free, 0))).toBe(false);
  });

  test("at the bottom may have an activation without slope, and may take sparse rows", async () => {
    const first = dense(6, { activation: "step", inputDim: 3, trainable: false });
    const model = new Sequential({ seed: 1, layers: [first, dense(1)] }).compile({ loss: "mse" });
    const before = kernelOf(model, 0);
    await model.fit(SparseMatrix.fromMatrix(Matrix.from(x)), y, { verbose: 0 });
    expect(kernelOf(model, 0).equals(before)).toBe(true);
    first.trainable = true;
    await expect(fit(model)).rejects.toThrow('has the activation "step"');
  });

  test("of batch normalization uses its running statistics in training and leaves them alone", () => {
    const make = (trainable: boolean): Sequential => {
      const layers = [input(3), batchNormalization({ trainable }), dropout(0), dense(1)];
      return new Sequential({ seed: 1, layers, dtype: "float64" }).compile({ loss: "mse" });
    };
    const [frozen, free] = [make(false), make(true)];
    const inUse = frozen.predict(x);
    expect(frozen.activations(x, { training: true }).at(-1)?.equals(inUse)).toBe(true);
    for (const model of [frozen, free]) model.trainOnBatch(x, y);
    expect(frozen.weights[0]["movingMean"].data.every((mean) => mean === 0)).toBe(true);
    expect(frozen.weights[0]["gamma"].data.every((gamma) => gamma === 1)).toBe(true);
    expect(free.weights[0]["movingMean"].data.every((mean) => mean !== 0)).toBe(true);
  });

  test("is counted as non-trainable", () => {
    const summary = net(false).summary();
    expect(summary).toContain(" Total params: 26 (");
    expect(summary).toContain(" Trainable params: 6 (");
    expect(summary).toContain(" Non-trainable params: 20 (");
  });

  test("is frozen in a saved model, too, also when it was frozen later", async () => {
    const model = net(true);
    await fit(model);
    model.layers[0].trainable = false;
    const again = modelFromBytes(model.toBytes());
    expect(again.layers.map(({ trainable }) => trainable)).toEqual([false, true]);
    const before = kernelOf(again, 0);
    for (const each of [model, again]) each.trainOnBatch(x, y);
    expect(kernelOf(again, 0).equals(before)).toBe(true);
    expect(kernelOf(again, 1).equals(kernelOf(model, 1))).toBe(true);
  });

  test("that was never trained is saved without memory, and the file is read", async () => {
    const model = net(false);
    await fit(model);
    const again = modelFromBytes(model.toBytes());
    expect(again.predict(x).equals(model.predict(x))).toBe(true);
    again.layers[0].trainable = true;
    expect(() => again.trainOnBatch(x, y)).not.toThrow();
  });

  test("leaves nothing to learn if it is the only one, which is an error", async () => {
    const model = net(false);
    model.layers[1].trainable = false;
    await expect(fit(model)).rejects.toThrow(
      "every layer is frozen (trainable is false), so there is nothing to learn",
    );
    expect(() => model.trainOnBatch(x, y)).toThrow("every layer is frozen");
    expect(model.lossAndGradients(x, y).gradients).toEqual([{}, {}]);
  });
});
