import type { LayerNameOption } from "./activation-layer.js";
import type { Matrix } from "./matrix.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";

/**
 * y = x, one row of numbers a sample. Rows are flat in this engine already, so that nothing has to move: the layer stands
 * where a Keras model has it, as after `input([28, 28])`, whose samples are rows of 784 numbers.
 */
export class Flatten extends ShapeKeepingLayer {
  readonly kind: string = "Flatten";
  protected readonly word: string = "flatten";

  constructor({ name }: LayerNameOption = {}) {
    super(name);
  }

  protected pass(x: Matrix): Matrix {
    return x;
  }

  protected passBack(gradient: Matrix): Matrix {
    return gradient;
  }
}

/** A flatten layer: `flatten()`. The same as `new Flatten()`. */
export function flatten(options: LayerNameOption = {}): Flatten {
  return new Flatten(options);
}
