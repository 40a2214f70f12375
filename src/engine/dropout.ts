import type { LayerNameOption } from "./activation-layer.js";
import type { BuildContext } from "./layer.js";
import { allocateLongLivedInts } from "./kernels/backend.js";
import { dropElements, multiplyElements } from "./kernels/elements.js";
import { Matrix } from "./matrix.js";
import { fraction } from "./options.js";
import { Random } from "./random.js";
import { remember } from "./recipe.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";
import { Workspaces } from "./workspaces.js";

/** The options of `dropout`. */
export interface DropoutOptions extends LayerNameOption {
  /** Of the masks. Without it they follow from the model's seed. */
  readonly seed?: number;
}

/**
 * y = x · m / (1 - rate), each mᵢ 0 with probability `rate` and 1 otherwise, drawn anew for each batch; outside training y = x.
 * The division keeps the expected value, so that nothing needs scaling later (Srivastava et al., JMLR 15, 2014, in the inverted form).
 *
 * @example
 * import { Dropout } from "gradus";
 * const layer = new Dropout(0.5, { seed: 1 });
 * console.log(layer.forward([[1, 1, 1, 1, 1, 1]], { training: true }).row(0)); // [ 2, 2, 2, 0, 0, 2 ]
 * console.log(layer.forward([[1, 1, 1, 1, 1, 1]]).row(0)); // [ 1, 1, 1, 1, 1, 1 ]
 */
export class Dropout extends ShapeKeepingLayer {
  readonly kind: string = "Dropout";
  readonly rate: number;
  protected readonly word: string = "dropout";
  readonly #spaces: Workspaces<Space> = new Workspaces((rows) => this.#makeSpace(rows));
  readonly #seed: number | undefined;
  #random: Random | undefined;
  #dropped: boolean = false;

  /** `rate`: the share that is dropped, 0 ≤ rate < 1. Throws OptionError for another. */
  constructor(rate: number, { seed, name }: DropoutOptions = {}) {
    super(name);
    this.rate = fraction("dropout", { option: "rate", value: rate });
    this.#seed = seed;
    if (seed !== undefined) this.#random = new Random(seed);
    if (new.target === Dropout) remember(this, "Dropout", { rate, seed });
  }

  /** What the masks are drawn from; undefined before the layer is built. */
  get generator(): Random | undefined {
    return this.#random;
  }

  protected override prepare(_features: number, { random }: BuildContext): void {
    this.#random = this.#seed === undefined ? random.split() : new Random(this.#seed);
  }

  protected pass(x: Matrix, training: boolean): Matrix {
    this.#dropped = training && this.rate > 0;
    if (!this.#dropped) return x;
    const { bits, mask, y } = this.#spaces.forRows(x.rows);
    (this.#random as Random).fillBits(bits);
    const threshold = Math.min(Math.ceil(this.rate * 2 ** 32), 2 ** 32 - 1);
    dropElements({ bits, x: x.data, mask, y: y.data }, { threshold, kept: 1 / (1 - this.rate) });
    return y;
  }

  protected passBack(gradient: Matrix): Matrix {
    if (!this.#dropped) return gradient;
    const { mask, dx } = this.#spaces.forRows(gradient.rows);
    multiplyElements(gradient.data, mask, dx.data);
    return dx;
  }

  #makeSpace(rows: number): Space {
    const make = (): Matrix =>
      Matrix.zeros(rows, this.inputFeatures as number, { dtype: this.dtype!, longLived: true });
    const mask = make().data;
    return { bits: allocateLongLivedInts(mask.length), mask, y: make(), dx: make() };
  }
}

interface Space {
  readonly bits: Int32Array;
  /** 0 or 1 / (1 - rate) */
  readonly mask: Matrix["data"];
  readonly y: Matrix;
  readonly dx: Matrix;
}

/**
 * A dropout layer: `dropout(0.5)`. The same as `new Dropout(0.5)`.
 *
 * @example
 * import { dense, dropout, Sequential } from "gradus";
 * const hidden = dense(64, { activation: "relu", inputDim: 10 });
 * const model = new Sequential({ layers: [hidden, dropout(0.5), dense(1, { activation: "sigmoid" })] });
 * console.log(model.layers.map(({ kind }) => kind), model.countParams());
 * // [ 'Dense', 'Dropout', 'Dense' ] 769
 */
export function dropout(rate: number, options: DropoutOptions = {}): Dropout {
  return new Dropout(rate, options);
}
