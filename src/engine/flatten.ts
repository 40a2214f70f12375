import type { LayerNameOption } from "./activation-layer.js";
import type { Matrix } from "./matrix.js";
import { remember } from "./recipe.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";

/**
 * y = x, one row of numbers a sample. Rows are flat in this engine already, so that nothing has to move: the layer stands
 * where a Keras model has it, as after `input([28, 28])`, whose samples are rows of 784 numbers.
 *
 * @example
 * import { Flatten } from "gradus";
 * console.log(new Flatten().forward([[1, 2, 3]]).row(0)); // [ 1, 2, 3 ]
 */
export class Flatten extends ShapeKeepingLayer {
  readonly kind: string = "Flatten";
  protected readonly word: string = "flatten";

  constructor({ name }: LayerNameOption = {}) {
    super(name);
    if (new.target === Flatten) remember(this, "Flatten");
  }

  protected pass(x: Matrix): Matrix {
    return x;
  }

  protected passBack(gradient: Matrix): Matrix {
    return gradient;
  }
}

/**
 * A flatten layer: `flatten()`. The same as `new Flatten()`.
 *
 * @example
 * import { dense, flatten, input, Sequential } from "gradus";
 * const model = new Sequential({ layers: [input([28, 28]), flatten(), dense(10, { activation: "softmax" })] });
 * console.log(model.predict([new Array<number>(784).fill(0)]).shape); // [ 1, 10 ]
 */
export function flatten(options: LayerNameOption = {}): Flatten {
  return new Flatten(options);
}
