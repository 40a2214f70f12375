import type { LayerNameOption } from "./activation-layer.js";
import type { BuildContext } from "./layer.js";
import { Matrix } from "./matrix.js";
import { fraction } from "./options.js";
import { Random } from "./random.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";
import { Workspaces } from "./workspaces.js";

export interface DropoutOptions extends LayerNameOption {
  /** Of the masks. Without it they follow from the model's seed. */
  readonly seed?: number;
}

/**
 * y = x · m / (1 - rate), each mᵢ 0 with probability `rate` and 1 otherwise, drawn anew for each batch; outside training y = x.
 * The division keeps the expected value, so that nothing needs scaling later (Srivastava et al., JMLR 15, 2014, in the inverted form).
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
  }

  protected override prepare(_features: number, { random }: BuildContext): void {
    this.#random = this.#seed === undefined ? random.split() : new Random(this.#seed);
  }

  protected pass(x: Matrix, training: boolean): Matrix {
    this.#dropped = training && this.rate > 0;
    if (!this.#dropped) return x;
    const { mask, y } = this.#spaces.forRows(x.rows);
    const random = this.#random as Random;
    const kept = 1 / (1 - this.rate);
    const threshold = this.rate * 2 ** 32;
    for (let i = 0; i < mask.length; i++) {
      mask[i] = random.bits() < threshold ? 0 : kept;
      y.data[i] = x.data[i] * mask[i];
    }
    return y;
  }

  protected passBack(gradient: Matrix): Matrix {
    if (!this.#dropped) return gradient;
    const { mask, dx } = this.#spaces.forRows(gradient.rows);
    for (let i = 0; i < mask.length; i++) dx.data[i] = gradient.data[i] * mask[i];
    return dx;
  }

  #makeSpace(rows: number): Space {
    const make = (): Matrix =>
      Matrix.zeros(rows, this.inputFeatures as number, { dtype: this.dtype!, longLived: true });
    return { mask: make().data, y: make(), dx: make() };
  }
}

interface Space {
  /** 0 or 1 / (1 - rate) */
  readonly mask: Matrix["data"];
  readonly y: Matrix;
  readonly dx: Matrix;
}

/** A dropout layer: `dropout(0.5)`. The same as `new Dropout(0.5)`. */
export function dropout(rate: number, options: DropoutOptions = {}): Dropout {
  return new Dropout(rate, options);
}
