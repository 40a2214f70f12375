import { describe, expect, test } from "vitest";
import {
  activations,
  checkGradient,
  dense,
  leakyRelu,
  Matrix,
  Random,
  Sequential,
} from "../../src/engine/index.js";
import type { ActivationName, Dense } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(21);
const randomMatrix = (rows: number, cols: number): Matrix =>
  Matrix.zeros(rows, cols).map(() => random.normal());

function built(activation: ActivationName): Dense {
  const layer = dense(3, { activation, biasInitializer: "randomNormal" });
  layer.build(4, { random: new Random(1), dtype: "float64" });
  return layer;
}

describe.each(Object.keys(activations) as ActivationName[])("with %s", (activation) => {
  const x = randomMatrix(5, 4);

  test("the output is f(X·W + b)", () => {
    const layer = built(activation);
    const { kernel, bias } = layer.weights;
    expectClose(layer.forward(x), activations[activation].apply(x.matmul(kernel).add(bias)), {
      tolerance: 1e-14,
    });
  });

  test("the gradients by kernel, bias and input agree with central differences", () => {
    const layer = built(activation);
    const weight = randomMatrix(5, 3);
    layer.propagate(x);
    layer.backpropagate(weight, false);
    const slopes = [...layer.parameters.map(({ gradient }) => gradient), layer.inputGradient()].map((m) =>
      m.copy(),
    );
    const input = x.copy();
    const arrays = [...layer.parameters.map(({ value }) => value), input].map(({ data }) => data);
    slopes.forEach((slope, i) => {
      const f = (at: Float64Array): number => {
        arrays[i].set(at);
        return layer.forward(input).mul(weight).sum();
      };
      const at = Float64Array.from(arrays[i]);
      expect(checkGradient({ f, gradient: slope.data, at }, { tolerance: 1e-8 })).toMatchObject({ ok: true });
      arrays[i].set(at);
    });
  });
});

test("4 rows of 3 through 2 units give 4 rows of 2", () => {
  expect(dense(2, { inputDim: 3 }).forward(randomMatrix(4, 3)).shape).toEqual([4, 2]);
});

test("a forward result is the caller's own: the next one does not change it", () => {
  const layer = dense(2, { inputDim: 2 });
  const first = layer.forward([[1, 2]]);
  const kept = first.copy();
  layer.forward([[5, 6]]);
  expect(first.equals(kept)).toBe(true);
});

test("a perceptron with weights set by hand is an AND gate", () => {
  const gate = dense(1, { activation: "step", inputDim: 2 });
  gate.weights = { kernel: [[0.5], [0.5]], bias: [-0.7] };
  const rows = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ];
  expect(gate.forward(rows).column(0)).toEqual([0, 0, 0, 1]);
});

test("weights come out as copies and go in by name", () => {
  const layer = dense(2, { inputDim: 3 });
  layer.weights.kernel.data.fill(9);
  expect(layer.weights.kernel.at(0, 0)).not.toBe(9);
  const kernel = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  layer.weights = { kernel };
  expect(layer.weights.kernel.toArray()).toEqual(kernel);
  expect(layer.weights.bias.toArray()).toEqual([[0, 0]]);
});

test("a layer without bias has one parameter and adds nothing", () => {
  const layer = dense(2, { inputDim: 3, useBias: false, biasInitializer: "ones" });
  expect(layer.forward([[0, 0, 0]]).row(0)).toEqual([0, 0]);
  expect(layer.parameters.map(({ name }) => name)).toEqual(["kernel"]);
  expect(() => (layer.weights = { bias: [1, 1] })).toThrow(
    "was made with useBias: false and has no bias to set",
  );
});

test("an activation can be given as an object with its own setting", () => {
  const layer = dense(1, { inputDim: 1, activation: leakyRelu({ slope: 0.5 }) });
  layer.weights = { kernel: [[1]] };
  expect(layer.forward([[-4]]).at(0, 0)).toBe(-2);
});

test.each([
  [
    () => dense(2, { inputDim: 4, name: "hidden1" }).forward(Matrix.zeros(32, 5)),
    'dense "hidden1": expects 4 input features, got 5; input is [32, 5]. Did you forget to drop the label column?',
  ],
  [
    () => dense(2, { inputDim: 3 }).forward([1, 2, 3]),
    'dense "dense": expects 3 input features, got 1; input is [3, 1]. A single sample is written as one row: [[a, b, ...]].',
  ],
  [
    () => dense(2, { inputDim: 3 }).forward(Matrix.zeros(3, 7)),
    'dense "dense": expects 3 input features, got 7; input is [3, 7]. Is the matrix transposed? One row is one sample.',
  ],
  [
    () => dense(2).forward([[1]]),
    'dense "dense": has no weights yet, because its number of inputs is unknown.',
  ],
  [
    () => (dense(2, { inputDim: 3 }).weights = { kernel: Matrix.zeros(2, 3) }),
    'dense "dense": kernel must be [3, 2], got [2, 3]',
  ],
  [
    () => (dense(1, { inputDim: 1 }).weights = { bias: [NaN] }),
    'dense "dense": bias has NaN in row 0, column 0',
  ],
  [
    () => (dense(1, { inputDim: 1 }).weights = { weight: [[1]] } as object),
    'dense "dense": has no weights "weight", only kernel and bias',
  ],
  [() => dense(0 as number), "dense: units must be a whole number of at least 1, got 0"],
  [() => dense(2.5 as number), "dense: units must be a whole number of at least 1, got 2.5"],
  [() => dense(1, { inputDim: 0 }), "dense: inputDim must be a whole number of at least 1, got 0"],
  [
    () => dense(1, { activation: "leaky_relu" as "relu" }),
    'activation "leaky_relu" is unknown; known are linear, step, sigmoid, tanh, relu, leakyRelu, elu, selu, gelu, softplus, swish, softmax. Did you mean "leakyRelu"?',
  ],
  [
    () => dense(1, { kernelInitializer: "he" as "zeros" }),
    'initializer "he" is unknown; known are zeros, ones,',
  ],
])("bad use is explained: %#", (act, message) => {
  expect(act).toThrow(message);
});

test("batches of changing sizes give each row the output that it has alone", () => {
  const model = new Sequential({ layers: [dense(3, { activation: "tanh", inputDim: 2 }), dense(2)] });
  const x = randomMatrix(9, 2);
  const whole = model.predict(x);
  for (const batchSize of [1, 2, 4, 5, 7, 8])
    expect(model.predict(x, { batchSize }).equals(whole)).toBe(true);
});
