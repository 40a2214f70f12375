import { describe, expect, test } from "vitest";
import {
  activation,
  batchNormalization,
  checkGradient,
  dense,
  describeShapes,
  dropout,
  input,
  Matrix,
  numericGradient,
  Random,
  Sequential,
  value,
  Value,
} from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

describe("Value", () => {
  /** Every method that makes a Value from one, on a number or with another. */
  const operations: Record<string, (a: Value, b: Value) => Value> = {
    add: (a, b) => a.add(b),
    sub: (a, b) => a.sub(b),
    mul: (a, b) => a.mul(b),
    div: (a, b) => a.div(b),
    neg: (a) => a.neg(),
    pow: (a) => a.pow(3),
    exp: (a) => a.exp(),
    log: (a) => a.log(),
    tanh: (a) => a.tanh(),
    sigmoid: (a) => a.sigmoid(),
    relu: (a) => a.relu(),
  };

  test("every operation of the class is among the tested ones", () => {
    const others = ["constructor", "graph", "backward", "toString"];
    const methods = Object.getOwnPropertyNames(Value.prototype).filter((name) => !others.includes(name));
    expect(Object.keys(operations).sort()).toEqual(methods.sort());
  });

  test.each(Object.entries(operations))("%s has the slope that central differences find", (_, operation) => {
    const at = [0.7, 1.6];
    const [a, b] = at.map((data) => new Value(data));
    // Both inputs are used twice, so that slopes must add up.
    operation(a, b).mul(a).add(b).backward();
    const f = ([a, b]: Float64Array): number => operation(new Value(a), new Value(b)).data * a + b;
    const gradient = [a.gradient, b.gradient];
    expect(checkGradient({ f, gradient, at }, { tolerance: 1e-9 })).toMatchObject({ ok: true });
  });

  test("a neuron by hand and a dense layer have the same gradient", () => {
    const model = new Sequential({
      dtype: "float64",
      layers: [dense(1, { inputDim: 2, activation: "sigmoid" })],
    });
    model.compile({ loss: "mse" });
    const [w1, w2] = model.weights[0].kernel.column(0).map((w) => value(w));
    const bias = value(0, "b");
    const error = w1.mul(0.5).add(w2.mul(-2)).add(bias).sigmoid().sub(1);
    error.mul(error).backward();
    const { gradients } = model.lossAndGradients([[0.5, -2]], [[1]]);
    expectClose([w1.gradient, w2.gradient], gradients[0].kernel, { tolerance: 1e-15 });
    expectClose(bias.gradient, gradients[0].bias.at(0, 0), { tolerance: 1e-15 });
  });

  test("keeps its graph in an order that can be walked, and a second backward starts from 0", () => {
    const [a, b] = [value(2, "a"), value(3, "b")];
    const y = a.mul(b).add(a);
    expect(y.graph().map(({ operation, label }) => label ?? operation)).toEqual(["a", "b", "*", "+"]);
    y.backward();
    y.backward();
    expect([a.gradient, b.gradient]).toEqual([4, 2]);
    expect(String(a)).toBe("a = 2, gradient 4");
  });

  test("a sum of 100,000 terms does not overflow the stack", () => {
    const a = value(1);
    let sum = value(0);
    for (let i = 0; i < 100_000; i++) sum = sum.add(a);
    sum.backward();
    expect(a.gradient).toBe(100_000);
  });
});

test("numericGradient finds 3x² of x³ and leaves the point as it was", () => {
  const at = [1, -2];
  const f = (x: Float64Array): number => x.reduce((sum, v) => sum + v ** 3, 0);
  expectClose(numericGradient({ f, at }), [3, 12], { tolerance: 1e-9 });
  expect(at).toEqual([1, -2]);
  expect(() => numericGradient({ f, at }, { step: 0 })).toThrow("numericGradient: step must be");
});

describe("a model shows its inside", () => {
  const random = new Random(61);
  const x = Matrix.zeros(7, 3).map(() => random.normal());
  const net = (): Sequential =>
    new Sequential({ layers: [input(3), dense(4), batchNormalization(), activation("relu"), dense(2)] });

  test("activations gives every layer's output, the last as predict, and copies", () => {
    const model = net();
    const outputs = model.activations(x);
    expect(outputs.map(({ shape }) => shape)).toEqual([
      [7, 4],
      [7, 4],
      [7, 4],
      [7, 2],
    ]);
    expect(outputs[3].equals(model.predict(x))).toBe(true);
    expect(model.layers[1].forward(outputs[0]).equals(outputs[1])).toBe(true);
    const kept = outputs[0].copy();
    model.activations(x.scale(2));
    expect(outputs[0].equals(kept)).toBe(true);
  });

  test("describeShapes writes what comes in, the weights and what goes out", () => {
    const widest = "gamma [1, 4], beta [1, 4], movingMean [1, 4], movingVariance [1, 4]";
    const line = (name: string, [before, weights, after]: readonly string[]): string =>
      `${name.padEnd(40)}  ${before}  ${weights.padEnd(widest.length)}  →  ${after}`;
    expect(describeShapes(net(), x).split("\n")).toEqual([
      line("dense (Dense)", ["[7, 3]", "kernel [3, 4], bias [1, 4]", "[7, 4]"]),
      line("batch_normalization (BatchNormalization)", ["[7, 4]", widest, "[7, 4]"]),
      line("activation (Activation)", ["[7, 4]", "no weights", "[7, 4]"]),
      line("dense_1 (Dense)", ["[7, 4]", "kernel [4, 2], bias [1, 2]", "[7, 2]"]),
    ]);
    expect(() => describeShapes(net(), x.transpose())).toThrow("expects 3 input features, got 7");
  });

  test("trainOnBatch is one step of fit: the same weights, the same figures", async () => {
    const make = (): Sequential =>
      new Sequential({ layers: [dense(4, { inputDim: 3 }), dropout(0.5), dense(1)] }).compile({
        loss: "mse",
        optimizer: "adam",
        metrics: ["mae"],
      });
    const [a, b] = [make(), make()];
    const y = x.column(0);
    const { history } = await a.fit(x, y, { epochs: 3, batchSize: 7, shuffle: false });
    const logs = [0, 1, 2].map(() => b.trainOnBatch(x, y));
    expectClose(
      logs.map(({ loss }) => loss),
      history.loss,
      { tolerance: 0 },
    );
    expectClose(
      logs.map(({ mae }) => mae),
      history.mae,
      { tolerance: 0 },
    );
    expect(b.weights[2].kernel.equals(a.weights[2].kernel)).toBe(true);
    const huge = make().compile({ loss: "mse", optimizer: "sgd" });
    huge.layers[0].weights = { kernel: Matrix.zeros(3, 4).map(() => 1e30) };
    expect(() => huge.trainOnBatch(x.scale(1e30), y)).toThrow(
      /trainOnBatch: the loss is (NaN|Infinity)\. Most likely/,
    );
  });
});
