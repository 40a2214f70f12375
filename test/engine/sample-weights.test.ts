import { describe, expect, test } from "vitest";
import { checkGradient, dense, losses, Matrix, Random, Sequential, sgd } from "../../src/engine/index.js";
import type { LossName, MatrixLike } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(51);
const x = Matrix.zeros(6, 2).map(() => random.normal());
const sampleWeight = [0, 1, 2, 0.5, 3, 1];

function model(loss: LossName): { net: Sequential; y: MatrixLike } {
  const hot = Matrix.zeros(6, 2).map((_, r, c) => (r % 2 === c ? 1 : 0));
  const sparse = losses[loss]().sparse;
  const gaussian = loss === "gaussianNegativeLogLikelihood";
  const activation = losses[loss]().fused === undefined ? "linear" : "softmax";
  const net = new Sequential({ dtype: "float64", layers: [dense(2, { inputDim: 2, activation })] });
  net.compile({ loss, optimizer: sgd({ learningRate: 0.1 }), metrics: sparse ? ["accuracy"] : ["mae"] });
  return { net, y: sparse || gaussian ? hot.argmax() : hot };
}

describe.each(Object.keys(losses) as LossName[])("%s", (loss) => {
  const { net, y } = model(loss);

  test("the weighted loss is Σ wᵢ Lᵢ / n, and its gradient agrees with central differences", () => {
    const { loss: value, gradients } = net.lossAndGradients(x, y, { sampleWeight });
    const rows = sampleWeight.map((_, r) => {
      const label = y instanceof Matrix ? y.takeRows([r]) : [(y as number[])[r]];
      return net.lossAndGradients(x.takeRows([r]), label).loss;
    });
    expectClose(value, rows.reduce((sum, row, r) => sum + row * sampleWeight[r], 0) / 6, {
      tolerance: 1e-14,
    });
    const { kernel } = net.weights[0];
    const f = (at: Float64Array): number => {
      net.layers[0].weights = { kernel: Matrix.fromArray(at, [2, 2]) };
      return net.lossAndGradients(x, y, { sampleWeight }).loss;
    };
    const check = checkGradient(
      { f, gradient: gradients[0].kernel.data, at: kernel.data },
      { tolerance: 1e-8 },
    );
    expect(check).toMatchObject({ ok: true });
    net.layers[0].weights = { kernel };
  });

  test("weights of 1 change nothing in fit and evaluate", async () => {
    const [a, b] = [model(loss), model(loss)];
    const ones = sampleWeight.map(() => 1);
    const plain = await a.net.fit(x, y, { epochs: 3, batchSize: 4 });
    const weighted = await b.net.fit(x, y, { epochs: 3, batchSize: 4, sampleWeight: ones });
    expectClose(weighted.history.loss, plain.history.loss, { tolerance: 1e-14 });
    expect(b.net.weights[0].kernel.equals(a.net.weights[0].kernel)).toBe(true);
    expectClose(b.net.evaluate(x, y, { sampleWeight: ones }).loss, a.net.evaluate(x, y).loss, {
      tolerance: 1e-14,
    });
  });
});

test("rows of weight 0 teach nothing; class weights are sample weights by class; both follow the shuffle", async () => {
  const kernels = await Promise.all(
    [{ classWeight: { 0: 0, 1: 2 } }, { sampleWeight: [0, 2, 0, 2, 0, 2] }].map(async (options) => {
      const { net, y } = model("categoricalCrossentropy");
      await net.fit(x, y, { epochs: 4, batchSize: 2, ...options });
      return net.weights[0].kernel;
    }),
  );
  expect(kernels[0].equals(kernels[1])).toBe(true);
  const { net, y } = model("sparseCategoricalCrossentropy");
  const before = net.weights[0].kernel;
  await net.fit(x, y, { classWeight: { 0: 0, 1: 0 } });
  expect(net.weights[0].kernel.equals(before)).toBe(true);
});

test("a weight stays with its row when rows are shuffled", async () => {
  const kernelAfter = async (label: number): Promise<Matrix> => {
    const { net } = model("mse");
    const y = Matrix.zeros(6, 2).map((_, r) => (sampleWeight[r] === 0 ? label : r));
    await net.fit(x, y, { epochs: 3, batchSize: 2, sampleWeight });
    return net.weights[0].kernel;
  };
  expect((await kernelAfter(1000)).equals(await kernelAfter(0))).toBe(true);
});

test("a class that is not named counts 1", async () => {
  const [named, all] = await Promise.all(
    [{ 1: 3 }, { 0: 1, 1: 3 }].map(async (classWeight) => {
      const { net, y } = model("sparseCategoricalCrossentropy");
      await net.fit(x, y, { classWeight });
      return net.weights[0].kernel;
    }),
  );
  expect(named.equals(all)).toBe(true);
});

test("validation is weighted by its own sample weights, not by the classes", async () => {
  const { net, y } = model("mse");
  const rows = { x, y };
  const { history } = await net.fit(x, y, { validationData: { ...rows, sampleWeight } });
  expectClose(history.val_loss, [net.evaluate(x, y, { sampleWeight }).loss], { tolerance: 1e-15 });
  const other = await net.fit(x, y, { validationData: rows, classWeight: { 0: 9 } });
  expectClose(other.history.val_loss, [net.evaluate(x, y).loss], { tolerance: 1e-15 });
  const split = await net.fit(x, y, { validationSplit: 0.5, sampleWeight });
  const tail = { sampleWeight: sampleWeight.slice(3) };
  expectClose(split.history.val_loss, [net.evaluate(x.sliceRows(3), (y as Matrix).sliceRows(3), tail).loss], {
    tolerance: 1e-15,
  });
});

test("unusable weights are refused", async () => {
  const { net, y } = model("mse");
  await expect(net.fit(x, y, { sampleWeight: [1, 2] })).rejects.toThrow(
    "fit: sampleWeight needs one number a row: 6, got 2",
  );
  await expect(net.fit(x, y, { sampleWeight: [1, 1, NaN, 1, 1, 1] })).rejects.toThrow(
    "fit: sampleWeight must be finite and at least 0, got NaN in row 2",
  );
  await expect(net.fit(x, y, { classWeight: { 1: -1 } })).rejects.toThrow(
    "fit: classWeight of class 1 must be a finite number of at least 0, got -1",
  );
  await expect(net.fit(x, y, { sampleWeight, classWeight: {} })).rejects.toThrow(
    "give either sampleWeight or classWeight",
  );
});

test("targets of another width are explained", () => {
  const { net } = model("sparseCategoricalCrossentropy");
  expect(() => net.evaluate(x, Matrix.zeros(6, 2))).toThrow(
    "the loss sparseCategoricalCrossentropy needs one class number a row; y is [6, 2]. For one-hot rows use",
  );
  expect(() => net.evaluate(x, [0, 1, 2, 0, 1, 0])).toThrow("needs class numbers 0 to 1, got 2 in row 2");
  const gaussian = model("gaussianNegativeLogLikelihood").net;
  expect(() => gaussian.evaluate(x, Matrix.zeros(6, 2))).toThrow(
    "needs 4 outputs for y [6, 2], a mean and a log-variance for each column; the last layer has 2",
  );
  const metric = model("sparseCategoricalCrossentropy").net.compile({
    loss: "sparseCategoricalCrossentropy",
    metrics: ["mae"],
  });
  expect(() => metric.evaluate(x, [0, 1, 0, 0, 1, 0])).toThrow(
    "the metric mae needs quantities, not class numbers",
  );
});
