import type { ActivationName } from "./activations.js";
import type { Dtype } from "./dtype.js";
import type {
  BuildContext,
  ForwardOptions,
  Layer,
  LayerRegularization,
  Parameter,
  StateArray,
  Shaped,
} from "./layer.js";
import { assignWeights, copyWeights } from "./layer-weights.js";
import type { Matrix } from "./matrix.js";
import { toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { Random } from "./random.js";
import { formatShape, ShapeError } from "./shape-error.js";

/**
 * A layer that gives as many numbers a row as it takes: dropout, batch normalization, an activation by itself.
 *
 * @example
 * import { dense, type Matrix, Sequential, ShapeKeepingLayer } from "gradus";
 * class Double extends ShapeKeepingLayer {
 *   readonly kind = "Double";
 *   protected readonly word = "double";
 *   protected pass = (x: Matrix) => x.scale(2);
 *   protected passBack = (gradient: Matrix) => gradient.scale(2);
 * }
 * const model = new Sequential({ layers: [new Double(undefined), dense(1, { kernelInitializer: "ones" })] });
 * console.log(model.predict([[3, 4]]).toArray()); // [ [ 14 ] ]
 */
export abstract class ShapeKeepingLayer implements Layer {
  abstract readonly kind: string;
  /** False freezes the weights, if it has any, from the next `fit` on. */
  trainable: boolean = true;
  #name: string | undefined;
  #features: number | undefined;
  #dtype: Dtype | undefined;
  #input: Matrix | undefined;
  #inputGradient: Matrix | undefined;

  constructor(name: string | undefined) {
    this.#name = name;
  }

  /** Word of the messages and of the name, if none is given: `dropout`. */
  protected abstract readonly word: string;
  /** The output for a checked batch; it may be a buffer of this layer or x itself. */
  protected abstract pass(x: Matrix, training: boolean): Matrix;
  /** ∂loss/∂input from ∂loss/∂output of the last `pass`; fills the gradients of the parameters, too. */
  protected abstract passBack(gradient: Matrix, fused: boolean): Matrix;
  /** Makes what the layer keeps, once its number of inputs is known. */
  protected prepare(_features: number, _context: BuildContext): void {}

  /** The name within the model; by default the kind of the layer. */
  get name(): string {
    return this.#name ?? this.word;
  }

  get hasOwnName(): boolean {
    return this.#name !== undefined;
  }

  nameIt(name: string): void {
    this.#name ??= name;
  }

  expectFeatures(inputFeatures: number): void {
    this.#features ??= inputFeatures;
  }

  get inputFeatures(): number | undefined {
    return this.#features;
  }

  get outputFeatures(): number | undefined {
    return this.#features;
  }

  get built(): boolean {
    return this.#dtype !== undefined;
  }

  get dtype(): Dtype | undefined {
    return this.#dtype;
  }

  get outputActivation(): ActivationName {
    return "linear";
  }

  get meltsWithLoss(): boolean {
    return true;
  }

  get differentiable(): boolean {
    return true;
  }

  get parameters(): readonly Parameter[] {
    return [];
  }

  get state(): readonly StateArray[] {
    return [];
  }

  get regularization(): LayerRegularization | undefined {
    return undefined;
  }

  get weights(): Readonly<Record<string, Matrix>> {
    return copyWeights([...this.parameters, ...this.state]);
  }

  /** Throws ShapeError for an unknown name or another shape, DataError for a number that is not finite. */
  set weights(values: Readonly<Record<string, MatrixLike>>) {
    assignWeights([...this.parameters, ...this.state], { values, label: this.label });
  }

  build(inputFeatures: number, context: BuildContext): void {
    this.#features = inputFeatures;
    this.#dtype = context.dtype;
    this.prepare(inputFeatures, context);
  }

  forward(x: MatrixLike, { training = false }: ForwardOptions = {}): Matrix {
    const input = toFiniteMatrix(x, {
      operation: this.label,
      role: "the input",
      dtype: this.#dtype ?? "float32",
    });
    // A layer that stands alone takes its number of inputs from the first rows it sees.
    if (!this.built) this.build(this.#features ?? input.cols, { random: new Random(0), dtype: "float32" });
    this.checkInput(input);
    return this.propagate(input, training).copy();
  }

  checkInput(x: Shaped): void {
    if (x.cols === this.#features) return;
    throw new ShapeError(this.label, {
      rule: `expects ${this.#features} input features, got ${x.cols}; input is ${formatShape(x.shape)}`,
      shapes: [x.shape],
    });
  }

  propagate(x: Matrix, training: boolean = false): Matrix {
    this.#input = x;
    return this.pass(x, training);
  }

  get preActivation(): Matrix {
    return this.#seen(this.#input);
  }

  backpropagate(gradient: Matrix, fused: boolean): void {
    this.#seen(this.#input);
    this.#inputGradient = this.passBack(gradient, fused);
  }

  inputGradient(): Matrix {
    return this.#seen(this.#inputGradient);
  }

  protected get label(): string {
    return `${this.word} "${this.name}"`;
  }

  #seen(matrix: Matrix | undefined): Matrix {
    if (matrix !== undefined) return matrix;
    throw new ShapeError(this.label, {
      rule: "has not seen any input yet; call propagate first",
      shapes: [],
    });
  }
}
