import { resolveActivation, type Activation, type ActivationName } from "./activations.js";
import { Matrix } from "./matrix.js";
import { remember } from "./recipe.js";
import { ShapeKeepingLayer } from "./shape-keeping-layer.js";
import { Workspaces } from "./workspaces.js";

/** A name for the layer. */
export interface LayerNameOption {
  /** Default: the kind of the layer, with a number from the second on. */
  readonly name?: string;
}

/**
 * y = f(x): an activation as a layer of its own, for the places between a product and its activation.
 *
 * @example
 * import { ActivationLayer } from "gradus";
 * const layer = new ActivationLayer("tanh", { name: "squash" });
 * console.log(layer.name, layer.forward([[0, 100]]).toArray()); // squash [ [ 0, 1 ] ]
 */
export class ActivationLayer extends ShapeKeepingLayer {
  readonly kind: string = "Activation";
  readonly activation: Activation;
  protected readonly word: string = "activation";
  readonly #spaces: Workspaces<Space> = new Workspaces((rows) => this.#makeSpace(rows));
  #x: Matrix | undefined;

  /** Throws OptionError for an unknown activation. */
  constructor(activation: ActivationName | Activation, { name }: LayerNameOption = {}) {
    super(name);
    this.activation = resolveActivation(activation);
    if (new.target === ActivationLayer) remember(this, "Activation", { activation: this.activation });
  }

  override get outputActivation(): ActivationName {
    return this.activation.name;
  }

  override get meltsWithLoss(): boolean {
    return (this.activation.temperature ?? 1) === 1;
  }

  override get differentiable(): boolean {
    return this.activation.differentiable;
  }

  protected pass(x: Matrix): Matrix {
    const { y } = this.#spaces.forRows(x.rows);
    this.#x = x;
    this.activation.forward(x.data, y.data, x.cols);
    return y;
  }

  protected passBack(gradient: Matrix, fused: boolean): Matrix {
    if (fused) return gradient;
    const { y, dx } = this.#spaces.forRows(gradient.rows);
    const x = (this.#x as Matrix).data;
    this.activation.backward(gradient.data, { x, y: y.data }, dx.data, gradient.cols);
    return dx;
  }

  #makeSpace(rows: number): Space {
    const make = (): Matrix =>
      Matrix.zeros(rows, this.inputFeatures as number, { dtype: this.dtype!, longLived: true });
    return { y: make(), dx: make() };
  }
}

interface Space {
  readonly y: Matrix;
  readonly dx: Matrix;
}

/**
 * An activation as a layer: `activation("relu")`. The same as `new ActivationLayer("relu")`.
 *
 * @example
 * import { activation, batchNormalization, dense, Sequential } from "gradus";
 * const linear = dense(8, { inputDim: 4, useBias: false });
 * const model = new Sequential({ layers: [linear, batchNormalization(), activation("relu"), dense(1)] });
 * console.log(model.layers.map(({ kind }) => kind));
 * // [ 'Dense', 'BatchNormalization', 'Activation', 'Dense' ]
 */
export function activation(
  name: ActivationName | Activation,
  options: LayerNameOption = {},
): ActivationLayer {
  return new ActivationLayer(name, options);
}
