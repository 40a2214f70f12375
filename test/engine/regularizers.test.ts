import { describe, expect, test } from "vitest";
import {
  checkGradient,
  checkModelGradient,
  constraints,
  dense,
  input,
  l1,
  l1l2,
  l2,
  Matrix,
  maxNorm,
  Random,
  regularizers,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
import type { ConstraintName, DenseOptions, RegularizerName } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(41);
const x = Matrix.zeros(6, 3).map(() => random.normal());
const y = Matrix.zeros(6, 2).map((_, r, c) => (r % 2 === c ? 1 : 0));

describe.each(Object.keys(regularizers) as RegularizerName[])("%s", (name) => {
  const regularizer = regularizers[name]();
  const at = Float64Array.from([0.5, -2, 3, -0.1]);

  test("its slope agrees with central differences, and scale scales it", () => {
    const gradient = new Float64Array(4);
    regularizer.addGradient(at, gradient);
    expect(checkGradient({ f: (w) => regularizer.penalty(w), gradient, at })).toMatchObject({ ok: true });
    const half = new Float64Array(4).fill(1);
    regularizer.addGradient(at, half, 0.5);
    expectClose(
      half,
      gradient.map((g) => 1 + g / 2),
      { tolerance: 1e-15 },
    );
  });

  test("costs nothing at 0 and calls itself by its name", () => {
    expect(regularizer.penalty(new Float64Array(3))).toBe(0);
    expect(regularizer.name).toBe(name);
  });

  test.each(["kernelRegularizer", "biasRegularizer", "activityRegularizer"] as const)(
    "as %s the model's gradient is that of loss and penalty together, in a hidden and in the last layer",
    (place) => {
      const options: DenseOptions = { [place]: regularizer, biasInitializer: "randomNormal" };
      const model = new Sequential({
        dtype: "float64",
        seed: 3,
        layers: [
          input(3),
          dense(4, { activation: "tanh", ...options }),
          dense(2, { activation: "softmax", ...options }),
        ],
      }).compile({ loss: "categoricalCrossentropy" });
      expect(checkModelGradient(model, { x, y, tolerance: 1e-8 })).toMatchObject({ ok: true });
      const plain = new Sequential({
        dtype: "float64",
        layers: [input(3), dense(4, { activation: "tanh" }), dense(2, { activation: "softmax" })],
      }).compile({ loss: "categoricalCrossentropy" });
      plain.weights = model.weights;
      expect(model.evaluate(x, y).loss).toBeGreaterThan(plain.evaluate(x, y).loss);
    },
  );
});

test("of [1, -2] l1 0.1 asks 0.3, l2 0.1 asks 0.5, both 0.8", () => {
  const w = Float64Array.from([1, -2]);
  expectClose(l1(0.1).penalty(w), 0.3, { tolerance: 1e-15 });
  expectClose(l2(0.1).penalty(w), 0.5, { tolerance: 1e-15 });
  expectClose(l1l2({ l1: 0.1, l2: 0.1 }).penalty(w), 0.8, { tolerance: 1e-15 });
});

test("fit and evaluate report the loss with the penalty, an activity's divided by the rows", async () => {
  const model = new Sequential({
    layers: [dense(1, { inputDim: 1, kernelRegularizer: l2(0.5), activityRegularizer: l1(0.25) })],
  });
  model.layers[0].weights = { kernel: [[2]] };
  model.compile({ loss: "mse", optimizer: sgd({ learningRate: 1e-9 }) });
  const rows = [1, 3];
  // mse 0 and 0.5 · 2² and 0.25 · (2 + 6) / 2
  const expected = 2 + 1;
  expectClose(model.evaluate(rows, [2, 6]).loss, expected, { tolerance: 1e-6 });
  expectClose((await model.fit(rows, [2, 6])).history.loss, [expected], { tolerance: 1e-6 });
});

test("l1 brings the weight of a useless input to 0, l2 only near it", async () => {
  const n = 64;
  const rows = Matrix.zeros(n, 2).map(() => random.normal());
  const target = rows.column(0).map((value) => 2 * value);
  const kernelAfter = async (regularizer: ReturnType<typeof l1>): Promise<number[]> => {
    const model = new Sequential({ layers: [dense(1, { inputDim: 2, kernelRegularizer: regularizer })] });
    model.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.01 }) });
    await model.fit(rows, target, { epochs: 300, batchSize: n });
    return model.weights[0].kernel.column(0);
  };
  const [lasso, ridge] = [await kernelAfter(l1(0.5)), await kernelAfter(l2(0.5))];
  expect(Math.abs(lasso[1])).toBeLessThan(0.006);
  expect(lasso[0]).toBeGreaterThan(1);
  expect(ridge[0]).toBeLessThan(1.6);
});

test("negative factors and unknown names are refused", () => {
  expect(() => l1(-1)).toThrow("l1: factor must be a finite number of at least 0, got -1");
  expect(() => l2(NaN)).toThrow("l2: factor must be a finite number of at least 0, got NaN");
  expect(() => l1l2({ l2: -1 })).toThrow("l1l2: l2 must be a finite number of at least 0, got -1");
  expect(() => dense(1, { kernelRegularizer: "L2" as "l2" })).toThrow(
    'regularizer "L2" is unknown; known are l1, l2, l1l2. Did you mean "l2"?',
  );
});

describe.each(Object.keys(constraints) as ConstraintName[])("the constraint %s", (name) => {
  test("holds after every step of fit and changes nothing that keeps it", async () => {
    const constraint = constraints[name]();
    expect(constraint.name).toBe(name);
    const model = new Sequential({
      layers: [dense(2, { inputDim: 3, kernelConstraint: name, biasConstraint: name })],
    }).compile({ loss: "mse", optimizer: sgd({ learningRate: 0.3 }) });
    let steps = 0;
    const onBatchEnd = (): void => {
      const { kernel, bias } = model.weights[0];
      for (const weights of [kernel, bias]) {
        const kept = weights.copy();
        constraint.enforce(kept);
        expectClose(kept, weights, { tolerance: 1e-6 });
      }
      steps++;
    };
    await model.fit(
      x,
      y.map((v) => 50 * v - 20),
      { epochs: 3, batchSize: 2, callbacks: [{ onBatchEnd }] },
    );
    expect(steps).toBe(9);
  });
});

test("maxNorm scales a long column to its limit and leaves a short one", () => {
  const weights = Matrix.from([
    [3, 0.1],
    [4, 0.1],
  ]);
  maxNorm(1).enforce(weights);
  expectClose(weights, [0.6, 0.1, 0.8, 0.1], { tolerance: 1e-6 });
  expect(() => maxNorm(0)).toThrow("maxNorm: limit must be a finite number above 0, got 0");
});
