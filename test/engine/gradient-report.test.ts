import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as engine from "../../src/engine/index.js";
import {
  activations,
  binaryCrossentropy,
  categoricalCrossentropy,
  checkGradient,
  checkModelGradient,
  dense,
  Dense,
  dropout,
  elu,
  huber,
  l1,
  leakyRelu,
  losses,
  Matrix,
  mse,
  Random,
  Sequential,
  ShapeKeepingLayer,
  softmax,
  sparseCategoricalCrossentropy,
} from "../../src/engine/index.js";
import type { Activation, ActivationName, Layer, Loss, LossName } from "../../src/engine/index.js";
import { makers } from "../../src/engine/saving/makers.js";

/** Every layer class among the exports, each made with what its maker says that it takes. */
const instances: Record<string, () => Layer> = Object.fromEntries(
  Object.entries(engine)
    .filter(([, value]) => typeof value === "function" && "propagate" in ((value.prototype ?? {}) as object))
    .filter(([, value]) => value !== ShapeKeepingLayer)
    .map(([name, value]) => {
      const first = { Dense: 3, Dropout: 0.4, ActivationLayer: "tanh" }[name];
      const made = value as unknown as new (...options: unknown[]) => Layer;
      return [name, () => (first === undefined ? new made() : new made(first))];
    }),
);

describe("every part that gradus exports has the slopes that differences measure", () => {
  test("the layers are found", () => {
    expect(
      Object.values(instances)
        .map((make) => make().kind)
        .sort(),
    ).toEqual(Object.keys(makers.layer).sort());
  });

  test.each(Object.keys(instances).flatMap((name) => [true, false].map((training) => ({ name, training }))))(
    "the layer $name, training: $training",
    ({ name, training }) => {
      const report = checkGradient(instances[name](), { training, tolerance: 1e-8 });
      expect(report.ok, report.toString()).toBe(true);
      expect(report.parts.at(-1)?.name).toBe("input");
    },
  );

  test.each(Object.keys(activations) as ActivationName[])("the activation %s", (name) => {
    const report = checkGradient(activations[name], { rows: 20, tolerance: 1e-8 });
    expect(report.ok, report.toString()).toBe(true);
  });

  test.each(Object.keys(losses) as LossName[])("the loss %s", (name) => {
    const report = checkGradient(losses[name](), { tolerance: 1e-8 });
    expect(report.ok, report.toString()).toBe(true);
    expect(report.parts).toHaveLength(losses[name]().fused === undefined ? 1 : 2);
  });

  test("parts with options", () => {
    const parts: (Layer | Loss | Activation)[] = [
      leakyRelu({ slope: 0.05 }),
      elu({ alpha: 2 }),
      softmax({ temperature: 3 }),
      huber({ delta: 0.3 }),
      binaryCrossentropy({ fromLogits: true }),
      categoricalCrossentropy({ fromLogits: true }),
      sparseCategoricalCrossentropy({ fromLogits: true }),
      dense(4, { activation: softmax({ temperature: 2 }), kernelRegularizer: "l2", biasRegularizer: "l1" }),
      dense(2, { activation: "gelu", useBias: false, activityRegularizer: l1(0.1) }),
    ];
    for (const part of parts)
      expect(checkGradient(part, { tolerance: 1e-8 }).toString()).toContain("every slope agrees");
  });
});

describe("a wrong derivative is found", () => {
  const wrong: Activation = {
    ...activations.tanh,
    backward: (dy, { y }, dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * (1 - y[i]);
    },
  };

  test("in an activation, and in a layer with it", () => {
    expect(checkGradient(wrong).ok).toBe(false);
    const { parts } = checkGradient(dense(3, { activation: wrong }));
    expect(parts.map(({ name, ok }) => [name, ok])).toEqual([
      ["kernel", false],
      ["bias", false],
      ["input", false],
    ]);
  });

  test("in one parameter of a layer of one's own, and only there", () => {
    class Halved extends Dense {
      override backpropagate(gradient: Matrix, fused: boolean): void {
        super.backpropagate(gradient, fused);
        const bias = this.parameters[1].gradient.data;
        bias[2] /= 2;
      }
    }
    const report = checkGradient(new Halved(3));
    expect(report.parts.map(({ name, ok }) => [name, ok])).toEqual([
      ["kernel", true],
      ["bias", false],
      ["input", true],
    ]);
    expect(report.worst).toMatchObject({ name: "bias", shape: [1, 3], at: [0, 2] });
    expect(report.worst.numeric).toBeCloseTo(2 * report.worst.analytic, 6);
  });

  test("in a layer with a method exchanged", () => {
    const patched = dense(3);
    const honest = patched.inputGradient.bind(patched);
    patched.inputGradient = () => honest().scale(1.01);
    expect(checkGradient(patched).parts.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  test("in the penalty of a regularizer", () => {
    const forgetful = { ...engine.l2(0.5), addGradient: () => {} };
    expect(checkGradient(dense(3, { kernelRegularizer: forgetful })).parts.map(({ ok }) => ok)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("in a loss, and in what it melts to", () => {
    const { formula } = mse();
    expect(
      checkGradient({ ...mse(), formula: { ...formula, gradient: (_p, _t, out) => void out.fill(0) } }).ok,
    ).toBe(false);
    const loss = categoricalCrossentropy();
    const melted = {
      ...loss.fused!,
      gradient: (p: Float64Array, t: Float64Array, out: Float64Array) =>
        void p.forEach((_, i) => (out[i] = p[i] - t[i])),
    };
    const report = checkGradient({ ...loss, fused: melted as NonNullable<Loss["fused"]> });
    expect(report.parts.map(({ ok }) => ok)).toEqual([true, false]);
  });

  test("where it is not a number", () => {
    const broken: Activation = { ...activations.relu, backward: (_dy, _pass, dx) => void dx.fill(NaN) };
    expect(checkGradient(broken)).toMatchObject({ ok: false, error: Infinity });
  });
});

describe("the report", () => {
  test("is a table that shows itself", () => {
    const report = checkGradient(dense(3, { name: "hidden" }), { inputs: 2 });
    const lines = report.toString().split("\n");
    expect(lines[0]).toBe('the layer "hidden" (Dense): every slope agrees (tolerance 0.000001)');
    expect(lines.slice(1).map((line) => line.replace(/[0-9.]+e-\d+/, "E"))).toEqual([
      "  ok     kernel  [2, 3]  error E",
      "  ok     bias    [1, 3]  error E",
      "  ok     input   [5, 2]  error E",
    ]);
    expect(inspect(report)).toBe(report.toString());
  });

  test("says where a slope is wrong", () => {
    const off: Activation = {
      ...activations.linear,
      backward: (dy, _, dx) => void dx.forEach((_one, i) => (dx[i] = i === 5 ? dy[i] * 2 : dy[i])),
    };
    const report = checkGradient(off);
    expect(report.worst.at).toEqual([1, 1]);
    expect(report.toString()).toMatch(
      /^the activation linear: WRONG \(tolerance 0\.000001\)\n {2}WRONG {2}input {2}\[5, 4\] {2}error .+ at \[1, 1\]: computed .+, measured .+$/,
    );
  });

  test("of a model names each layer's weights", () => {
    const model = new Sequential({ dtype: "float64", layers: [dense(3, { inputDim: 2 }), dense(1)] });
    model.compile({ loss: "mse" });
    const { parts } = checkModelGradient(model, { x: [[1, 2]], y: [3] });
    expect(parts.map(({ name }) => name)).toEqual([
      "dense/kernel",
      "dense/bias",
      "dense_1/kernel",
      "dense_1/bias",
    ]);
  });

  test("of a large layer says that it is of a part of its numbers", () => {
    const report = checkGradient(dense(50, { inputDim: 40 }), { rows: 2 });
    expect(report.parts[0].checked).toBe(400);
    expect(report.toString()).toContain("(400 of its numbers)");
  });
});

test("a layer of gradus is not changed by its check; a trained one is checked with its own weights", async () => {
  const fresh = dense(3);
  checkGradient(fresh);
  expect(fresh.built).toBe(false);
  const random = new Random(3);
  const model = new Sequential({ layers: [dense(4), dropout(0.5), dense(2)] }).compile({ loss: "mse" });
  const x = Matrix.zeros(10, 3).map(() => random.normal());
  await model.fit(x, x.map((value) => value * 2).matmul(Matrix.from([[1, 0], [0, 1], [1, 1]])), { epochs: 3 }); // prettier-ignore
  const before = JSON.stringify(model.weights);
  for (const layer of model.layers) expect(checkGradient(layer).ok).toBe(true);
  expect(JSON.stringify(model.weights)).toBe(before);
});

test("what cannot be checked is explained", () => {
  class Mine extends Dense {}
  const layer = new Mine(2, { inputDim: 2 });
  new Sequential({ layers: [layer] });
  expect(() => checkGradient(layer)).toThrow(
    'checkGradient: the layer "dense" is built in float32, which is too coarse for differences; hand over a fresh one, or put it in a model with dtype: "float64"',
  );
  expect(() => checkGradient("dense" as never)).toThrow(
    "checkGradient: give a layer, a loss, an activation or { f, gradient, at }, got dense",
  );
  expect(() => checkGradient(dense(2), { rows: 0 })).toThrow(
    "checkGradient: rows must be a whole number of at least 1, got 0",
  );
});
