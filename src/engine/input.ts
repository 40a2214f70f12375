import { outOfRange, wholeNumber } from "./options.js";

/**
 * The shape of one sample, written before the first layer: the model's weights then exist before it has seen data.
 *
 * @example
 * import { Input } from "gradus";
 * console.log(new Input([28, 28]).features); // 784
 */
export class Input {
  /** `[4]`, or `[28, 28]` for an image. */
  readonly shape: readonly number[];
  /** Numbers a row: the product of the shape. */
  readonly features: number;

  /** Throws OptionError unless every size is a whole number of at least 1. */
  constructor(shape: number | readonly number[]) {
    const sizes = typeof shape === "number" ? [shape] : [...shape];
    if (sizes.length === 0) {
      throw outOfRange("input", { option: "shape", value: "[]", rule: "a size or a list of sizes" });
    }
    this.shape = sizes.map((value) => wholeNumber("input", { option: "shape", value, least: 1 }));
    this.features = this.shape.reduce((product, size) => product * size, 1);
  }
}

/**
 * The inputs of a model: `input(4)` for rows of 4 numbers. The same as `new Input(4)`.
 *
 * @example
 * import { dense, input, Sequential } from "gradus";
 * const model = new Sequential({ layers: [input(4), dense(3)] });
 * console.log(model.countParams()); // 15
 */
export function input(shape: number | readonly number[]): Input {
  return new Input(shape);
}
