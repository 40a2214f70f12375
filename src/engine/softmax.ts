import { apply, type Activation } from "./activation.js";
import type { FloatArray } from "./dtype.js";
import { wasmBackward, wasmForward } from "./kernels/wasm-activations.js";
import { positiveNumber } from "./options.js";
import { remember } from "./recipe.js";

/**
 * yᵢ = e^(xᵢ/T) / Σⱼ e^(xⱼ/T) per row: numbers above 0 that sum to 1. A temperature T above 1 evens them out, one below 1
 * sharpens them (Hinton et al., "Distilling the knowledge in a neural network", 2015). Throws OptionError unless T > 0.
 *
 * @example
 * import { softmax } from "gradus";
 * const logits = [[1, 2, 3]];
 * const show = (temperature: number): string[] =>
 *   softmax({ temperature }).apply(logits).row(0).map((p) => p.toFixed(3));
 * console.log(show(1), show(10)); // [ '0.090', '0.245', '0.665' ] [ '0.301', '0.332', '0.367' ]
 */
export function softmax({ temperature = 1 }: { readonly temperature?: number } = {}): Activation {
  positiveNumber("softmax", { option: "temperature", value: temperature });
  const made: Activation = {
    name: "softmax",
    differentiable: true,
    temperature,
    apply,
    forward: (x, y, cols) => normalize(x, y, { cols, temperature }),
    backward: (dy, pass, dx, cols) => normalizeBackward(dy, pass, dx, { cols, temperature }),
  };
  return remember(made, "softmax", { temperature });
}

interface SoftmaxSizes {
  readonly cols: number;
  readonly temperature: number;
}

/** yᵢ = e^(xᵢ) / Σⱼ e^(xⱼ) per row. The row's largest x is taken from all of them first: same result, no overflow. */
function normalize(x: FloatArray, y: FloatArray, { cols, temperature }: SoftmaxSizes): void {
  if (wasmForward("softmax", x, y, cols, temperature)) return;
  for (let start = 0; start < x.length; start += cols) {
    let largest = x[start];
    for (let j = 1; j < cols; j++) if (!(x[start + j] <= largest)) largest = x[start + j];
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      const e = Math.exp((x[start + j] - largest) / temperature);
      y[start + j] = e;
      sum += e;
    }
    for (let j = 0; j < cols; j++) y[start + j] /= sum;
  }
}

/** With u = x / T: ∂yᵢ/∂uⱼ = yᵢ (δᵢⱼ - yⱼ), hence dxᵢ = yᵢ (dyᵢ - Σⱼ dyⱼ yⱼ) / T per row. */
function normalizeBackward(
  dy: FloatArray,
  { y }: { readonly y: FloatArray },
  dx: FloatArray,
  { cols, temperature }: SoftmaxSizes,
): void {
  if (wasmBackward("softmax", dy, y, dx, cols, temperature)) return;
  for (let start = 0; start < y.length; start += cols) {
    let dot = 0;
    for (let j = 0; j < cols; j++) dot += dy[start + j] * y[start + j];
    for (let j = 0; j < cols; j++) dx[start + j] = (y[start + j] * (dy[start + j] - dot)) / temperature;
  }
}
