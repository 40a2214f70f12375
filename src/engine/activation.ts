import type { FloatArray } from "./dtype.js";
import { wasmBackward, wasmForward, type WasmActivation } from "./kernels/wasm-activations.js";
import { Matrix } from "./matrix.js";
import { toMatrix, type MatrixLike } from "./matrix-like.js";

/** The names of the activations, as `dense(16, { activation: ... })` takes them. */
export type ActivationName =
  | "linear"
  | "step"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "selu"
  | "gelu"
  | "softplus"
  | "swish"
  | "softmax";

/** An activation function y = f(x), applied to the rows × cols outputs of a layer. */
export interface Activation {
  readonly name: ActivationName;
  /** False if the derivative is 0 wherever it exists, so that gradient descent cannot pass. */
  readonly differentiable: boolean;
  /** Of a softmax: what its inputs are divided by. */
  readonly temperature?: number;
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

/** The loops stand in each entry, not here: V8 inlines a function into a loop only where the loop calls no other. */
export function elementwise(
  parts: Omit<ElementwiseActivation, "apply" | "differentiable"> & { readonly differentiable?: boolean },
): ElementwiseActivation {
  return { differentiable: true, ...parts, apply };
}

export function apply(this: Activation, x: MatrixLike): Matrix {
  const input = toMatrix(x, {
    operation: this.name,
    role: "x",
    dtype: x instanceof Matrix ? x.dtype : "float64",
  });
  const output = Matrix.zeros(input.rows, input.cols, input);
  this.forward(input.data, output.data, input.cols);
  return output;
}

/** What WebAssembly is to compute in place of the formulas: a kernel, and its parameters. */
interface KernelCall {
  readonly kernel: WasmActivation;
  readonly a?: number;
  readonly b?: number;
}

/** An elementwise activation from its two formulas, which are the definition, and the kernel that computes the same in float32. */
export function fromFormulas(
  { name, value, derivative }: Pick<ElementwiseActivation, "name" | "value" | "derivative">,
  { kernel, a, b }: KernelCall,
): ElementwiseActivation {
  return elementwise({
    name,
    value,
    derivative,
    forward: (x, y) => {
      if (wasmForward(kernel, x, y, a, b)) return;
      for (let i = 0; i < x.length; i++) y[i] = value(x[i]);
    },
    backward: (dy, { x }, dx) => {
      if (wasmBackward(kernel, dy, x, dx, a, b)) return;
      for (let i = 0; i < dx.length; i++) dx[i] = dy[i] * derivative(x[i]);
    },
  });
}
