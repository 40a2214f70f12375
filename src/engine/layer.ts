import type { ActivationName } from "./activations.js";
import type { Dtype } from "./dtype.js";
import type { Matrix } from "./matrix.js";
import type { MatrixLike } from "./matrix-like.js";
import type { Random } from "./random.js";

/** A trainable array and the slope of the loss by it. Only an optimizer's rule writes into `value` during training. */
export interface Parameter {
  readonly name: string;
  readonly value: Matrix;
  readonly gradient: Matrix;
}

export interface BuildContext {
  readonly random: Random;
  readonly dtype: Dtype;
}

/** A step of a network: rows of `inputFeatures` numbers in, rows of `outputFeatures` numbers out. */
export interface Layer {
  readonly kind: string;
  readonly outputFeatures: number;
  /** Known once the layer is built. */
  readonly inputFeatures: number | undefined;
  readonly built: boolean;
  readonly dtype: Dtype | undefined;
  /** What was last applied to the outputs. */
  readonly outputActivation: ActivationName;
  /** False if no gradient passes through it. */
  readonly trainable: boolean;
  readonly parameters: readonly Parameter[];

  get name(): string;
  get hasOwnName(): boolean;
  /** Gives the layer its name within a model, unless it came with one. */
  nameIt(name: string): void;

  /** The weights as copies, by name; assigning replaces the named ones after a check of their shapes. */
  get weights(): Readonly<Record<string, Matrix>>;
  set weights(values: Readonly<Record<string, MatrixLike>>);

  /** Makes and initializes the parameters. */
  build(inputFeatures: number, context: BuildContext): void;
  /** The output for rows of input, as a new matrix. */
  forward(x: MatrixLike): Matrix;

  /** Throws ShapeError unless x has one column for each input. `flat`: x was written as a plain array of numbers. */
  checkInput(x: Matrix, flat: boolean): void;
  /** The output for a checked batch in the layer's own format; it is overwritten by the next call. */
  propagate(x: Matrix): Matrix;
  /** What the last layer's activation received in the last `propagate`. */
  readonly preActivation: Matrix;
  /** From ∂loss/∂output (or, if `fused`, ∂loss/∂preActivation) of the last `propagate` to the parameters' gradients. */
  backpropagate(gradient: Matrix, fused: boolean): void;
  /** ∂loss/∂input, to be asked for after `backpropagate`; it is overwritten by the next call. */
  inputGradient(): Matrix;
}
