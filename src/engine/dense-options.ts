import type { Activation, ActivationName } from "./activations.js";
import type { Constraint, ConstraintName } from "./constraints.js";
import type { Initializer, InitializerName } from "./initializers.js";
import type { Matrix } from "./matrix.js";
import type { MatrixLike } from "./matrix-like.js";
import type { Regularizer, RegularizerName } from "./regularizers.js";

/** The options of `dense`. */
export interface DenseOptions {
  /** Default "linear". */
  readonly activation?: ActivationName | Activation;
  /** Number of input features. Needed for a first layer only if weights are wanted before data is seen. */
  readonly inputDim?: number;
  /** Default true. */
  readonly useBias?: boolean;
  /** Default "glorotUniform". */
  readonly kernelInitializer?: InitializerName | Initializer;
  /** Default "zeros". */
  readonly biasInitializer?: InitializerName | Initializer;
  /** Adds its penalty on the kernel to the loss: `"l2"` or `l2(0.001)`. Default none. */
  readonly kernelRegularizer?: RegularizerName | Regularizer;
  readonly biasRegularizer?: RegularizerName | Regularizer;
  /** Adds its penalty on the outputs, divided by the number of rows, to the loss. Default none. */
  readonly activityRegularizer?: RegularizerName | Regularizer;
  /** Holds after each step: `maxNorm(3)`. Default none. */
  readonly kernelConstraint?: ConstraintName | Constraint;
  readonly biasConstraint?: ConstraintName | Constraint;
  /** False freezes the weights; `layer.trainable` changes it later. Default true. */
  readonly trainable?: boolean;
  readonly name?: string;
}

/** Their names. */
export const denseOptions: Readonly<Record<keyof DenseOptions, true>> = {
  ...{ activation: true, inputDim: true, useBias: true, kernelInitializer: true, biasInitializer: true },
  ...{ kernelRegularizer: true, biasRegularizer: true, activityRegularizer: true },
  ...{ kernelConstraint: true, biasConstraint: true, trainable: true, name: true },
};

/** The weights of a dense layer: `kernel` is [inputs, units], `bias` is [1, units] (zeros if the layer has none). */
export type DenseWeights = { readonly kernel: Matrix; readonly bias: Matrix };

/** What may be assigned to `layer.weights`; a bias may be written as a plain array. */
export type DenseWeightValues = { readonly kernel?: MatrixLike; readonly bias?: MatrixLike };
