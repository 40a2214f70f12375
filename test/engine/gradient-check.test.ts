import { describe, expect, test } from "vitest";
import {
  activation,
  activations,
  binaryCrossentropy,
  categoricalCrossentropy,
  checkGradient,
  checkModelGradient,
  dense,
  losses,
  Matrix,
  Random,
  Sequential,
  softmax,
} from "../../src/engine/index.js";
import type { ActivationName, Loss, LossName } from "../../src/engine/index.js";

const random = new Random(11);
const x = Matrix.zeros(6, 4).map(() => random.normal());
const oneHot = Matrix.zeros(6, 3).map((_, r, c) => (r % 3 === c ? 1 : 0));
const trainable = (Object.keys(activations) as ActivationName[]).filter(
  (name) => activations[name].differentiable,
);

function net({
  hidden,
  output,
  loss,
  outputs = 3,
}: {
  hidden: ActivationName;
  output: ActivationName;
  loss: Loss;
  outputs?: number;
}): Sequential {
  const model = new Sequential({
    seed: 3,
    dtype: "float64",
    layers: [
      dense(5, { activation: hidden, inputDim: 4, biasInitializer: "randomNormal" }),
      dense(4, { activation: hidden, useBias: false }),
      dense(outputs, { activation: output, biasInitializer: "randomNormal" }),
    ],
  });
  return model.compile({ loss });
}

describe("a whole net's gradient agrees with central differences", () => {
  test.each(trainable)("with %s in the hidden layers", (hidden) => {
    const model = net({ hidden, output: "softmax", loss: categoricalCrossentropy() });
    expect(checkModelGradient(model, { x, y: oneHot, tolerance: 1e-8 })).toMatchObject({ ok: true });
  });

  /** Class numbers for the sparse loss; one target for each mean and log-variance. */
  const special: Partial<Record<LossName, { outputs: number; y: Matrix }>> = {
    sparseCategoricalCrossentropy: { outputs: 3, y: Matrix.zeros(6, 1).map((_, r) => r % 3) },
    gaussianNegativeLogLikelihood: { outputs: 4, y: Matrix.zeros(6, 2).map(() => random.normal()) },
  };
  const pairs = (Object.keys(losses) as LossName[]).flatMap((name) => {
    const outputs = losses[name]().fused === undefined ? trainable : (["sigmoid", "softmax"] as const);
    return outputs.map((output) => ({ name, output }));
  });
  test.each(pairs)("with the loss $name after $output", ({ name, output }) => {
    const { outputs, y } = special[name] ?? { outputs: 3, y: oneHot };
    const model = net({ hidden: "tanh", output, loss: losses[name](), outputs });
    expect(checkModelGradient(model, { x, y, tolerance: 1e-8 })).toMatchObject({ ok: true });
  });

  test("with a temperature in the softmax, in dense and as a layer", () => {
    for (const last of [
      [dense(3, { activation: softmax({ temperature: 2.5 }) })],
      [dense(3), activation(softmax({ temperature: 0.4 }))],
    ]) {
      const model = new Sequential({ dtype: "float64", layers: [dense(5, { inputDim: 4 }), ...last] });
      model.compile({ loss: "categoricalCrossentropy" });
      expect(checkModelGradient(model, { x, y: oneHot, tolerance: 1e-8 })).toMatchObject({ ok: true });
    }
  });

  test.each([binaryCrossentropy, categoricalCrossentropy])("with %o from logits", (make) => {
    const model = net({ hidden: "tanh", output: "linear", loss: make({ fromLogits: true }) });
    expect(checkModelGradient(model, { x, y: oneHot, tolerance: 1e-8 })).toMatchObject({ ok: true });
  });
});

test("the check finds one wrong slope among many and says where", () => {
  const at = [1, 2, 3];
  const f = (p: Float64Array): number => p.reduce((sum, value) => sum + value ** 3, 0);
  const right = at.map((value) => 3 * value ** 2);
  expect(checkGradient({ f, gradient: right, at })).toMatchObject({ ok: true });
  const wrong = [right[0], -right[1], right[2]];
  expect(checkGradient({ f, gradient: wrong, at })).toMatchObject({
    ok: false,
    worst: { index: 1, analytic: -12 },
  });
  const slightlyWrong = [right[0], right[1], right[2] * 1.001];
  expect(checkGradient({ f, gradient: slightlyWrong, at }).ok).toBe(false);
});

test("the check fails on a gradient that is not a number", () => {
  expect(checkGradient({ f: () => 0, gradient: [0, NaN, 5], at: [1, 1, 1] })).toMatchObject({
    ok: false,
    worst: { index: 1 },
  });
});

test("the check finds a net whose gradients are halved", () => {
  const model = net({ hidden: "tanh", output: "softmax", loss: categoricalCrossentropy() });
  const honest = model.lossAndGradients.bind(model);
  model.lossAndGradients = (...rows) => {
    const { loss, gradients } = honest(...rows);
    return {
      loss,
      gradients: [{ ...gradients[0], kernel: gradients[0].kernel.scale(0.5) }, ...gradients.slice(1)],
    };
  };
  expect(checkModelGradient(model, { x, y: oneHot }).ok).toBe(false);
});

test("the check leaves the weights as they were", () => {
  const model = net({ hidden: "tanh", output: "softmax", loss: categoricalCrossentropy() });
  const before = model.weights;
  checkModelGradient(model, { x, y: oneHot });
  expect(model.weights.every((layer, i) => layer.kernel.equals(before[i].kernel))).toBe(true);
  expect(model.weights.every((layer, i) => layer.bias.equals(before[i].bias))).toBe(true);
});

test("gradients of a different length and float32 models are refused", () => {
  expect(() => checkGradient({ f: () => 0, gradient: [1], at: [1, 2] })).toThrow(
    "2 variables need as many slopes, got 1",
  );
  const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] }).compile({ loss: "mse" });
  expect(() => checkModelGradient(model, { x: [1], y: [1] })).toThrow('make the model with dtype: "float64"');
});
