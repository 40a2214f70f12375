import {
  elementwise,
  fromFormulas,
  type Activation,
  type ActivationName,
  type ElementwiseActivation,
} from "./activation.js";
import { wasmBackward, wasmForward } from "./kernels/wasm-activations.js";
import { lookUp, positiveNumber } from "./options.js";
import { remember } from "./recipe.js";
import { elu, gelu, selu, softplus, swish } from "./smooth-rectifiers.js";
import { softmax } from "./softmax.js";

export type { Activation, ActivationName, ElementwiseActivation } from "./activation.js";

/**
 * The known activations. `activations.tanh.value(0.5)`, `activations.tanh.derivative(0.5)`, `activations.softmax.apply(z)`.
 *
 * @example
 * import { activations } from "gradus";
 * console.log(activations.sigmoid.value(0), activations.sigmoid.derivative(0)); // 0.5 0.25
 * console.log(activations.relu.apply([[-1, 0, 2]]).toArray()); // [ [ 0, 0, 2 ] ]
 * console.log(Object.keys(activations).length, "activations"); // 12 activations
 */
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
    differentiable: false,
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
      if (wasmForward("sigmoid", x, y)) return;
      for (let i = 0; i < x.length; i++) y[i] = sigmoid(x[i]);
    },
    backward: (dy, { x, y }, dx) => {
      if (wasmBackward("sigmoid", dy, y, dx)) return;
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * sigmoidDerivative(x[i], y[i]);
    },
  }),

  tanh: elementwise({
    name: "tanh",
    value: Math.tanh,
    derivative: tanhDerivative,
    forward: (x, y) => {
      if (wasmForward("tanh", x, y)) return;
      for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]);
    },
    backward: (dy, { x, y }, dx) => {
      if (wasmBackward("tanh", dy, y, dx)) return;
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * tanhDerivative(x[i], y[i]);
    },
  }),

  relu: elementwise({
    name: "relu",
    value: relu,
    derivative: reluDerivative,
    forward: (x, y) => {
      if (wasmForward("relu", x, y)) return;
      for (let i = 0; i < x.length; i++) y[i] = relu(x[i]);
    },
    backward: (dy, { x }, dx) => {
      if (wasmBackward("relu", dy, x, dx)) return;
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * reluDerivative(x[i]);
    },
  }),

  leakyRelu: leakyRelu(),

  elu: elu(),
  selu,
  gelu,
  softplus,
  swish,
  softmax: softmax(),
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
 *
 * @example
 * import { dense, leakyRelu } from "gradus";
 * const gentle = leakyRelu({ slope: 0.1 });
 * console.log(gentle.value(-5), gentle.value(5)); // -0.5 5
 * console.log(dense(8, { activation: gentle }).activation.name); // leakyRelu
 */
export function leakyRelu({ slope = 0.3 }: { readonly slope?: number } = {}): ElementwiseActivation {
  positiveNumber("leakyRelu", { option: "slope", value: slope });
  const value = (x: number): number => (x < 0 ? slope * x : x);
  const derivative = (x: number): number => (x > 0 ? 1 : slope);
  return remember(
    fromFormulas({ name: "leakyRelu", value, derivative }, { kernel: "leakyRelu", a: slope }),
    "leakyRelu",
    { slope },
  );
}

/** The activation with this name, or the activation itself. */
export function resolveActivation(activation: ActivationName | Activation): Activation {
  return typeof activation === "object" && activation !== null
    ? activation
    : lookUp<ActivationName, Activation>(activations, { kind: "activation", name: activation });
}
