import type { ActivationName } from "./activations.js";
import type { Constraint } from "./constraints.js";
import type { Dtype } from "./dtype.js";
import type { SparseGradient } from "./kernels/sparse-steps.js";
import type { Matrix } from "./matrix.js";
import type { MatrixLike } from "./matrix-like.js";
import type { Random } from "./random.js";
import type { SparseRows } from "./sparse-rows.js";

/** A trainable array and the slope of the loss by it. Only an optimizer's rule writes into `value` during training. */
export interface Parameter {
  readonly name: string;
  readonly value: Matrix;
  readonly gradient: Matrix;
  /** The same as two factors, as long as nobody has asked for `gradient`, which writes it out. */
  readonly sparseGradient?: SparseGradient | undefined;
  /** What the value is put back under after each step. */
  readonly constraint?: Constraint;
}

/** What the regularizers of a layer add to the loss; `backpropagate` adds their slopes to the gradients. */
export interface LayerRegularization {
  /** For the weights as they are (a frozen layer's cost nothing) and the outputs of the last `propagate`. */
  penalty(): number;
}

/** An array that a layer keeps up to date itself, without gradient: the running statistics of batch normalization. */
export interface StateArray {
  readonly name: string;
  readonly value: Matrix;
}

/** Whether a pass is one of training or of use. */
export interface ForwardOptions {
  /** True as in `fit`: dropout drops, batch normalization uses the batch. Default false, as in `predict`. */
  readonly training?: boolean;
}

/** What a check of shapes looks at: a dense or a sparse matrix. */
export type Shaped = Pick<Matrix, "rows" | "cols" | "shape">;

/** What a layer gets from its model when it makes its weights. */
export interface BuildContext {
  readonly random: Random;
  readonly dtype: Dtype;
}

/** A step of a network: rows of `inputFeatures` numbers in, rows of `outputFeatures` numbers out. */
export interface Layer {
  /** What kind of layer it is, in Keras' word: `Dense`. */
  readonly kind: string;
  /** Known at once for a dense layer; for a layer that keeps its inputs' number, as soon as that is known. */
  readonly outputFeatures: number | undefined;
  /** Known once the layer is built. */
  readonly inputFeatures: number | undefined;
  /** True once the weights are there. */
  readonly built: boolean;
  /** The number format of the weights; undefined before they are there. */
  readonly dtype: Dtype | undefined;
  /** What was last applied to the outputs. */
  readonly outputActivation: ActivationName;
  /** False if a loss cannot melt together with that activation: a softmax with a temperature, outputs with a penalty. */
  readonly meltsWithLoss: boolean;
  /** False if no gradient passes through it. */
  readonly differentiable: boolean;
  /**
   * False freezes the layer: no step changes its weights, their penalties leave the loss, and batch normalization uses its running
   * statistics in training, too. It takes effect with the next `fit` or `trainOnBatch`.
   */
  trainable: boolean;
  /** The weights that training changes unless the layer is frozen, with their gradients. */
  readonly parameters: readonly Parameter[];
  /** What is counted as non-trainable; empty for most layers. */
  readonly state: readonly StateArray[];
  /** Where the layer draws its chance from while it trains: the masks of dropout. */
  readonly generator?: Random | undefined;
  /** Undefined if the layer adds nothing to the loss. */
  readonly regularization: LayerRegularization | undefined;

  /** The name within the model; `dense_1` and the like by default. */
  get name(): string;
  /** True if the name was chosen by whoever made the layer. */
  get hasOwnName(): boolean;
  /** Gives the layer its name within a model, unless it came with one. */
  nameIt(name: string): void;
  /** Tells the layer what the one before it gives, before it is built. */
  expectFeatures(inputFeatures: number): void;

  /** The weights as copies, by name; assigning replaces the named ones after a check of their shapes. */
  get weights(): Readonly<Record<string, Matrix>>;
  set weights(values: Readonly<Record<string, MatrixLike>>);

  /** Makes and initializes the parameters. */
  build(inputFeatures: number, context: BuildContext): void;
  /** The output for rows of input, as a new matrix. */
  forward(x: MatrixLike, options?: ForwardOptions): Matrix;

  /** Throws ShapeError unless x has one column for each input. `flat`: x was written as a plain array of numbers. */
  checkInput(x: Shaped, flat: boolean): void;
  /** The output for a checked batch in the layer's own format; it is overwritten by the next call. */
  propagate(x: Matrix, training?: boolean): Matrix;
  /** The same for sparse rows; a first layer that has no such method gets them written out. */
  propagateSparse?(x: SparseRows, training?: boolean): Matrix;
  /** What the last layer's activation received in the last `propagate`. */
  readonly preActivation: Matrix;
  /** From ∂loss/∂output (or, if `fused`, ∂loss/∂preActivation) of the last `propagate` to the parameters' gradients. */
  backpropagate(gradient: Matrix, fused: boolean): void;
  /** ∂loss/∂input, to be asked for after `backpropagate`; it is overwritten by the next call. */
  inputGradient(): Matrix;
}
