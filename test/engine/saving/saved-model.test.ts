import { describe, expect, test } from "vitest";
import * as engine from "../../../src/engine/index.js";
import {
  activation,
  activations,
  adam,
  cosineDecay,
  dense,
  Dense,
  FormatError,
  huber,
  initializers,
  losses,
  metrics,
  modelFromBytes,
  momentum,
  nag,
  optimizers,
  piecewiseConstantDecay,
  regularizers,
  rmsprop,
  Sequential,
  sgd,
  stepDecay,
  warmUp,
} from "../../../src/engine/index.js";
import type {
  ActivationName,
  InitializerName,
  LossName,
  MetricName,
  Optimizer,
  OptimizerName,
} from "../../../src/engine/index.js";
import { makers } from "../../../src/engine/saving/makers.js";
import { bits, everything, x, y } from "./nets.js";

function copyOf(model: Sequential): Sequential {
  return modelFromBytes(model.toBytes());
}

describe("a model read from its bytes", () => {
  test.each(["float32", "float64"] as const)("predicts the same bits in %s", async (dtype) => {
    const model = everything({ dtype });
    await model.fit(x, y, { epochs: 2 });
    const copy = copyOf(model);
    expect(bits(copy)).toBe(bits(model));
    expect(copy.predict(x).equals(model.predict(x))).toBe(true);
    expect(copy.evaluate(x, y)).toEqual(model.evaluate(x, y));
    expect(copy.summary()).toBe(model.summary());
  });

  test("gives the same bytes when it is written again", async () => {
    const model = everything();
    await model.fit(x, y, { epochs: 1 });
    const bytes = model.toBytes();
    expect(modelFromBytes(bytes).toBytes()).toEqual(bytes);
  });

  const rates: Record<string, Optimizer> = {
    ...Object.fromEntries(
      (Object.keys(optimizers) as OptimizerName[]).map((name) => [name, optimizers[name]()]),
    ),
    "sgd with clipping": sgd({ learningRate: 0.1, clipValue: 0.1 }),
    "momentum with a global clip": momentum({ learningRate: 0.05, globalClipNorm: 0.5 }),
    "nag with steps": nag({ learningRate: stepDecay({ learningRate: 0.1, every: 4, factor: 0.5 }) }),
    "rmsprop, centered": rmsprop({ centered: true, momentum: 0.5 }),
    "adam with pieces": adam({
      learningRate: piecewiseConstantDecay({ boundaries: [3, 6], values: [0.1, 0.01, 0.001] }),
    }),
    "adam with a cosine": adam({
      learningRate: cosineDecay({ learningRate: 0.001, decaySteps: 20, warmupTarget: 0.01, warmupSteps: 5 }),
    }),
    "adam with a warm-up": adam({
      learningRate: warmUp({ steps: 4, to: 0.01, then: cosineDecay({ learningRate: 0.01, decaySteps: 9 }) }),
    }),
  };
  test.each(Object.keys(rates))("goes on training as if it had not stopped: %s", async (name) => {
    const options = { epochs: 3, batchSize: 16, validationSplit: 0.2 };
    const whole = everything({ optimizer: rates[name] });
    await whole.fit(x, y, options);
    // The optimizer of the second half must come from the bytes alone.
    const copy = copyOf(whole);
    const left = await whole.fit(x, y, options);
    const right = await copy.fit(x, y, options);
    expect(bits(copy)).toBe(bits(whole));
    expect(right.history).toEqual(left.history);
    expect(copy.optimizer.learningRate).toBe(whole.optimizer.learningRate);
  });

  test("has the learning rate as it was last set", () => {
    const model = everything({ optimizer: adam({ learningRate: 0.5 }) });
    model.optimizer.learningRate = 0.125;
    expect(copyOf(model).optimizer.learningRate).toBe(0.125);
  });

  test("without its optimizer's memory begins with a fresh one", async () => {
    const model = everything();
    await model.fit(x, y, { epochs: 2 });
    const [whole, bare] = [model.toBytes(), model.toBytes({ includeOptimizer: false })];
    expect(bare.length).toBeLessThan(whole.length);
    const copy = modelFromBytes(bare);
    expect(copy.predict(x).equals(model.predict(x))).toBe(true);
    expect(copy.optimizer.learningRate).toBe(0.01);
    expect(model.optimizer.learningRate).toBeLessThan(0.01);
  });

  test("need not be compiled", () => {
    const model = new Sequential({ seed: 5, layers: [dense(2, { inputDim: 3 })] });
    const copy = copyOf(model);
    expect(bits(copy)).toBe(bits(model));
    expect(() => copy.evaluate([[1, 2, 3]], [[1, 2]])).toThrow("evaluate: the model is not compiled");
  });

  test("draws the same masks and the same first weights of a layer that is added later", async () => {
    const model = everything();
    const copy = copyOf(model);
    for (const one of [model, copy]) one.add(dense(3));
    expect(bits(copy)).toBe(bits(model));
    expect(
      copy.activations(x, { training: true })[3].equals(model.activations(x, { training: true })[3]),
    ).toBe(true);
  });
});

describe("every part that gradus exports can be written and read", () => {
  const net = (options: engine.DenseOptions): Sequential =>
    new Sequential({ layers: [dense(3, { inputDim: 4, ...options })] });

  test.each(Object.keys(activations) as ActivationName[])("the activation %s", (name) => {
    expect((copyOf(net({ activation: name })).layers[0] as Dense).activation.name).toBe(name);
  });

  test.each(Object.keys(initializers) as InitializerName[])("the initializer %s", (name) => {
    const model = net({ kernelInitializer: name, biasInitializer: initializers[name] });
    expect(copyOf(model).toBytes()).toEqual(model.toBytes());
  });

  test.each(Object.keys(losses) as LossName[])("the loss %s", (name) => {
    const model = net({ activation: losses[name]().fused === undefined ? "linear" : "softmax" });
    model.compile({ loss: name });
    expect(copyOf(model).toBytes()).toEqual(model.toBytes());
  });

  test.each(Object.keys(metrics) as MetricName[])("the metric %s", (name) => {
    const model = net({}).compile({
      loss: huber({ delta: 2 }),
      metrics: [metrics[name]({ name: "figure" })],
    });
    expect(copyOf(model).toBytes()).toEqual(model.toBytes());
  });

  test.each([
    ["activation", activations],
    ["initializer", initializers],
    ["regularizer", regularizers],
    ["constraint", engine.constraints],
    ["loss", losses],
    ["optimizer", optimizers],
    ["metric", metrics],
  ] as const)("has a maker for every %s", (family, table) => {
    expect(Object.keys(makers[family])).toEqual(expect.arrayContaining(Object.keys(table)));
  });

  test("has a maker for every layer class, and names each by its kind", () => {
    const classes = Object.values(engine).filter(
      (value) =>
        typeof value === "function" &&
        "propagate" in (value.prototype ?? {}) &&
        value !== engine.ShapeKeepingLayer,
    );
    expect(classes.length).toBeGreaterThanOrEqual(5);
    expect(Object.keys(makers.layer)).toHaveLength(classes.length);
  });
});

describe("what cannot be written is named, and nothing is", () => {
  test("functions of one's own", () => {
    const model = new Sequential({
      layers: [
        dense(2, { inputDim: 1, name: "a", kernelInitializer: (values) => void values.fill(1) }),
        dense(2, { name: "b", activation: { ...activations.relu } }),
        activation({ ...activations.tanh }),
      ],
    });
    model.compile({ loss: "mse", optimizer: adam({ learningRate: () => 0.1 }) });
    expect(() => model.toBytes()).toThrow(
      'model.toBytes: the layer "a", kernelInitializer is an initializer of your own; ' +
        'the layer "b", activation is an activation of your own; ' +
        'the layer "activation", activation is an activation of your own; ' +
        "the optimizer, learningRate is a schedule of your own. A file cannot hold a function that is not part of gradus. " +
        "Keep the weights instead (model.weights) and build the model in code.",
    );
  });

  test("layers of one's own, and layers with a method exchanged", () => {
    class Mine extends Dense {}
    expect(() => new Sequential({ layers: [new Mine(2, { inputDim: 1 })] }).toBytes()).toThrow(
      'model.toBytes: the layer "dense" is of a kind of your own.',
    );
    const patched = dense(2, { inputDim: 1 });
    patched.propagate = (rows) => rows;
    expect(() => new Sequential({ layers: [patched] }).toBytes()).toThrow("is of a kind of your own");
  });

  test("a model without weights, without layers, or with numbers that are not finite", () => {
    expect(() => new Sequential({ layers: [dense(2)] }).toBytes()).toThrow(
      'model.toBytes: the layer "dense" has no weights yet, because its number of inputs is unknown. ' +
        "Begin the model with input(...), or fit it first.",
    );
    expect(() => new Sequential().toBytes()).toThrow("model.toBytes: the model has no layers");
    const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
    model.layers[0].parameters[0].value.data[0] = NaN;
    expect(() => model.toBytes()).toThrow(
      "model.toBytes: dense/kernel holds NaN, so the training has diverged",
    );
  });

  test("a path that is none", () => {
    const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
    expect(() => model.save("")).toThrow(
      'model.save: the path must be the name of a file, such as "iris.safetensors", got ""',
    );
    expect(() => model.save("x")).toThrow("model.save: there are no files here. Use model.toBytes()");
    expect(() => modelFromBytes("x" as unknown as Uint8Array)).toThrow(FormatError);
  });
});
