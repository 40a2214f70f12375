import type { FloatArray } from "./dtype.js";
import { Matrix } from "./matrix.js";
import { toMatrix, type MatrixLike } from "./matrix-like.js";
import { lookUp, positiveNumber } from "./options.js";

export type ActivationName = "linear" | "step" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "softmax";

/** An activation function y = f(x), applied to the rows × cols outputs of a layer. */
export interface Activation {
  readonly name: ActivationName;
  /** False if the derivative is 0 wherever it exists, so that gradient descent cannot pass. */
  readonly trainable: boolean;
  /** y = f(x) for a whole matrix, as a new matrix. */
  apply(x: MatrixLike): Matrix;
  /** Writes f(x) into y; both are row-major with `cols` columns. */
  forward(x: FloatArray, y: FloatArray, cols: number): void;
  /** Writes dx = dy · f'(x) into dx, from what `forward` read and wrote. */
  backward(
    dy: FloatArray,
    pass: { readonly x: FloatArray; readonly y: FloatArray },
    dx: FloatArray,
    cols: number,
  ): void;
}

/** An activation that treats each number by itself. */
export interface ElementwiseActivation extends Activation {
  /** f(x) */
  value(x: number): number;
  /** f'(x); pass y = f(x) if it is known, it saves work. Where f has a kink or a jump, 0. */
  derivative(x: number, y?: number): number;
}

/** The known activations. `activations.tanh.value(0.5)`, `activations.tanh.derivative(0.5)`, `activations.softmax.apply(z)`. */
export const activations: {
  readonly [Name in ActivationName]: Name extends "softmax" ? Activation : ElementwiseActivation;
} = {
  linear: elementwise({
    name: "linear",
    value: (x) => x,
    derivative: () => 1,
    forward: (x, y) => y.set(x),
    backward: (dy, _, dx) => dx.set(dy),
  }),

  step: elementwise({
    name: "step",
    trainable: false,
    value: step,
    derivative: () => 0,
    forward: (x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = step(x[i]);
    },
    backward: (_dy, _pass, dx) => void dx.fill(0),
  }),

  sigmoid: elementwise({
    name: "sigmoid",
    value: sigmoid,
    derivative: sigmoidDerivative,
    forward: (x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = sigmoid(x[i]);
    },
    backward: (dy, { x, y }, dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * sigmoidDerivative(x[i], y[i]);
    },
  }),

  tanh: elementwise({
    name: "tanh",
    value: Math.tanh,
    derivative: tanhDerivative,
    forward: (x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]);
    },
    backward: (dy, { x, y }, dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * tanhDerivative(x[i], y[i]);
    },
  }),

  relu: elementwise({
    name: "relu",
    value: relu,
    derivative: reluDerivative,
    forward: (x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = relu(x[i]);
    },
    backward: (dy, { x }, dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * reluDerivative(x[i]);
    },
  }),

  leakyRelu: leakyRelu(),

  softmax: { name: "softmax", trainable: true, apply, forward: softmax, backward: softmaxBackward },
};

/** H(x) = 1 for x > 0, else 0: the perceptron's all-or-nothing (Rosenblatt 1958). Its derivative is 0 everywhere but at the jump. */
function step(x: number): number {
  return x > 0 ? 1 : x <= 0 ? 0 : NaN;
}

/** σ(x) = 1 / (1 + e⁻ˣ). For very negative x the exponential may overflow to Infinity, and 1 / Infinity is the right answer, 0. */
function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** σ' = σ · (1 - σ) */
function sigmoidDerivative(x: number, y: number = sigmoid(x)): number {
  return y * (1 - y);
}

/** tanh' = 1 - tanh² */
function tanhDerivative(x: number, y: number = Math.tanh(x)): number {
  return 1 - y * y;
}

/** max(0, x); written with x < 0 so that a NaN stays visible instead of turning into 0. */
function relu(x: number): number {
  return x < 0 ? 0 : x;
}

/** 1 for x > 0, else 0 */
function reluDerivative(x: number): number {
  return x > 0 ? 1 : 0;
}

/**
 * x for x > 0, slope · x below: a ReLU that cannot die (Maas et al. 2013). f' = 1 or slope.
 * The default slope 0.3 is that of the Keras layer `LeakyReLU`.
 */
export function leakyRelu({ slope = 0.3 }: { readonly slope?: number } = {}): ElementwiseActivation {
  positiveNumber("leakyRelu", { option: "slope", value: slope });
  const value = (x: number): number => (x < 0 ? slope * x : x);
  const derivative = (x: number): number => (x > 0 ? 1 : slope);
  return elementwise({
    name: "leakyRelu",
    value,
    derivative,
    forward: (x, y) => {
      for (let i = 0; i < x.length; i++) y[i] = value(x[i]);
    },
    backward: (dy, { x }, dx) => {
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * derivative(x[i]);
    },
  });
}

/** yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ) per row. The row's largest x is taken from all of them first: same result, no overflow. */
function softmax(x: FloatArray, y: FloatArray, cols: number): void {
  for (let start = 0; start < x.length; start += cols) {
    let largest = x[start];
    for (let j = 1; j < cols; j++) if (!(x[start + j] <= largest)) largest = x[start + j];
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      const e = Math.exp(x[start + j] - largest);
      y[start + j] = e;
      sum += e;
    }
    for (let j = 0; j < cols; j++) y[start + j] /= sum;
  }
}

/** ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ - yⱼ), hence dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ) per row. */
function softmaxBackward(
  dy: FloatArray,
  { y }: { readonly y: FloatArray },
  dx: FloatArray,
  cols: number,
): void {
  for (let start = 0; start < y.length; start += cols) {
    let dot = 0;
    for (let j = 0; j < cols; j++) dot += dy[start + j] * y[start + j];
    for (let j = 0; j < cols; j++) dx[start + j] = y[start + j] * (dy[start + j] - dot);
  }
}

/** The activation with this name, or the activation itself. */
export function resolveActivation(activation: ActivationName | Activation): Activation {
  return typeof activation === "object" && activation !== null
    ? activation
    : lookUp<ActivationName, Activation>(activations, { kind: "activation", name: activation });
}

/** The loops stand in each entry, not here: V8 inlines a function into a loop only where the loop calls no other. */
function elementwise(
  parts: Omit<ElementwiseActivation, "apply" | "trainable"> & { readonly trainable?: boolean },
): ElementwiseActivation {
  return { trainable: true, ...parts, apply };
}

function apply(this: Activation, x: MatrixLike): Matrix {
  const input = toMatrix(x, {
    operation: this.name,
    role: "x",
    dtype: x instanceof Matrix ? x.dtype : "float64",
  });
  const output = Matrix.zeros(input.rows, input.cols, input);
  this.forward(input.data, output.data, input.cols);
  return output;
}
