import { resolveActivation, type Activation, type ActivationName } from "./activations.js";
import { resolveConstraint } from "./constraints.js";
import {
  denseOptions,
  type DenseOptions,
  type DenseWeights,
  type DenseWeightValues,
} from "./dense-options.js";
import { assignDenseWeights, makeDenseParameters, type ParameterPlan } from "./dense-parameters.js";
import { DensePasses, type DenseRegularizers } from "./dense-passes.js";
import type { Dtype } from "./dtype.js";
import { resolveInitializer } from "./initializers.js";
import type {
  BuildContext,
  ForwardOptions,
  Layer,
  LayerRegularization,
  Parameter,
  StateArray,
  Shaped,
} from "./layer.js";
import type { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { knownOptions, wholeNumber } from "./options.js";
import { Random } from "./random.js";
import { remember } from "./recipe.js";
import { resolveRegularizer } from "./regularizers.js";
import { formatShape, ShapeError } from "./shape-error.js";
import type { SparseRows } from "./sparse-rows.js";
import type { UnitCount } from "./unit-count.js";

export type { DenseOptions, DenseWeights, DenseWeightValues } from "./dense-options.js";

/**
 * y = f(X·W + b) for X [n, inputs], W [inputs, units], b [1, units]: every input is connected to every unit.
 *
 * @example
 * import { Dense } from "gradus";
 * const layer = new Dense(1, { inputDim: 2, activation: "step" });
 * layer.weights = { kernel: [[1], [1]], bias: [[-1.5]] };
 * console.log(layer.forward([[0, 0], [0, 1], [1, 0], [1, 1]]).column(0), "is AND");
 * // [ 0, 0, 0, 1 ] is AND
 */
export class Dense implements Layer {
  readonly kind: string = "Dense";
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly inputDim: number | undefined;
  /** False freezes kernel and bias from the next `fit` on. */
  trainable: boolean;
  readonly #plans: { readonly kernel: ParameterPlan; readonly bias: ParameterPlan };
  readonly #regularizers: DenseRegularizers;
  #name: string | undefined;
  #passes: DensePasses | undefined;

  /** Throws OptionError for a number of units or inputs below 1 and for unknown names. */
  constructor(units: number, options: DenseOptions = {}) {
    knownOptions("dense", { options, known: denseOptions, example: '{ activation: "relu" }' });
    const {
      activation = "linear",
      inputDim,
      useBias = true,
      kernelInitializer = "glorotUniform",
      biasInitializer = "zeros",
      kernelRegularizer,
      biasRegularizer,
      activityRegularizer,
      kernelConstraint,
      biasConstraint,
      trainable = true,
      name,
    } = options;
    this.units = wholeNumber("dense", { option: "units", value: units, least: 1 });
    if (inputDim !== undefined) wholeNumber("dense", { option: "inputDim", value: inputDim, least: 1 });
    this.inputDim = inputDim;
    this.activation = resolveActivation(activation);
    this.useBias = useBias;
    this.trainable = trainable;
    this.#plans = {
      kernel: {
        initializer: resolveInitializer(kernelInitializer),
        constraint: kernelConstraint && resolveConstraint(kernelConstraint),
      },
      bias: {
        initializer: resolveInitializer(biasInitializer),
        constraint: biasConstraint && resolveConstraint(biasConstraint),
      },
    };
    this.#regularizers = {
      kernel: kernelRegularizer && resolveRegularizer(kernelRegularizer),
      bias: useBias && biasRegularizer ? resolveRegularizer(biasRegularizer) : undefined,
      activity: activityRegularizer && resolveRegularizer(activityRegularizer),
    };
    this.#name = name;
    // A class derived from this one is something else, which the recipe would not make again.
    if (new.target === Dense) {
      remember(this, "Dense", {
        ...{ units, activation: this.activation, inputDim, useBias, kernelInitializer, biasInitializer },
        ...{ kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint },
      });
    }
  }

  get name(): string {
    return this.#name ?? "dense";
  }

  get hasOwnName(): boolean {
    return this.#name !== undefined;
  }

  nameIt(name: string): void {
    this.#name ??= name;
  }

  get outputFeatures(): number {
    return this.units;
  }

  get inputFeatures(): number | undefined {
    return this.#passes?.parameters.kernel.value.rows ?? this.inputDim;
  }

  get built(): boolean {
    return this.#passes !== undefined;
  }

  get dtype(): Dtype | undefined {
    return this.#passes?.parameters.kernel.value.dtype;
  }

  get outputActivation(): ActivationName {
    return this.activation.name;
  }

  get meltsWithLoss(): boolean {
    return (this.activation.temperature ?? 1) === 1 && this.#regularizers.activity === undefined;
  }

  get differentiable(): boolean {
    return this.activation.differentiable;
  }

  /** Kernel and bias with their gradients; empty before the layer is built. */
  get parameters(): readonly Parameter[] {
    if (this.#passes === undefined) return [];
    const { kernel, bias } = this.#passes.parameters;
    return this.useBias ? [kernel, bias] : [kernel];
  }

  get state(): readonly StateArray[] {
    return [];
  }

  get regularization(): LayerRegularization | undefined {
    const { kernel, bias, activity } = this.#regularizers;
    if (kernel === undefined && bias === undefined && activity === undefined) return undefined;
    return { penalty: () => this.#ready().penalty({ weights: this.trainable }) };
  }

  get weights(): DenseWeights {
    const { kernel, bias } = this.#ready().parameters;
    return { kernel: kernel.value.copy(), bias: bias.value.copy() };
  }

  /** Throws ShapeError if a shape differs, DataError for a number that is not finite. */
  set weights(values: DenseWeightValues) {
    const { parameters } = this.#ready();
    assignDenseWeights(parameters, { values, useBias: this.useBias, label: this.#label() });
  }

  /** A dense layer gives its units, whatever comes in. */
  expectFeatures(): void {}

  build(inputFeatures: number, { random, dtype }: BuildContext): void {
    const parameters = makeDenseParameters(this.#plans, {
      ...{ fanIn: inputFeatures, fanOut: this.units, random },
      ...{ useBias: this.useBias, dtype },
    });
    this.#passes = new DensePasses(parameters, {
      activation: this.activation,
      regularizers: this.#regularizers,
      label: () => this.#label(),
    });
  }

  forward(x: MatrixLike, _options: ForwardOptions = {}): Matrix {
    const { kernel } = this.#ready().parameters;
    const input = toFiniteMatrix(x, {
      operation: this.#label(),
      role: "the input",
      dtype: kernel.value.dtype,
    });
    this.checkInput(input, isColumn(x));
    return this.propagate(input).copy();
  }

  checkInput(x: Shaped, flat: boolean = false): void {
    const expected = this.#ready().parameters.kernel.value.rows;
    if (x.cols === expected) return;
    throw new ShapeError(this.#label(), {
      rule:
        `expects ${expected} input feature${expected === 1 ? "" : "s"}, got ${x.cols}; ` +
        `input is ${formatShape(x.shape)}.${inputHint(x, { expected, flat })}`,
      shapes: [x.shape, [expected, this.units]],
    });
  }

  propagate(x: Matrix): Matrix {
    return this.#ready().propagate(x);
  }

  propagateSparse(x: SparseRows): Matrix {
    return this.#ready().propagate(x);
  }

  get preActivation(): Matrix {
    return this.#ready().preActivation;
  }

  backpropagate(gradient: Matrix, fused: boolean): void {
    this.#ready().backpropagate(gradient, fused);
  }

  inputGradient(): Matrix {
    return this.#ready().inputGradient();
  }

  /** The built layer; one that stands alone and knows its inputs is built on first use, from seed 0. */
  #ready(): DensePasses {
    if (this.#passes === undefined && this.inputDim !== undefined) {
      this.build(this.inputDim, { random: new Random(0), dtype: "float32" });
    }
    if (this.#passes === undefined) {
      throw new ShapeError(this.#label(), {
        rule: "has no weights yet, because its number of inputs is unknown. Give the first layer inputDim, or fit the model first.",
        shapes: [],
      });
    }
    return this.#passes;
  }

  #label(): string {
    return `dense "${this.name}"`;
  }
}

/**
 * A dense layer: `dense(16, { activation: "relu", inputDim: 4 })`. The same as `new Dense(...)`.
 *
 * @example
 * import { dense, Sequential } from "gradus";
 * const model = new Sequential({ seed: 1 });
 * model.add(dense(16, { activation: "relu", inputDim: 4, kernelInitializer: "heNormal" }));
 * model.add(dense(3, { activation: "softmax" }));
 * console.log(model.countParams(), "=", 4 * 16 + 16, "+", 16 * 3 + 3); // 131 = 80 + 51
 */
export function dense<Units extends number>(units: UnitCount<Units>, options: DenseOptions = {}): Dense {
  return new Dense(units as number, options);
}

function inputHint(
  x: Shaped,
  { expected, flat }: { readonly expected: number; readonly flat: boolean },
): string {
  if (flat && x.rows === expected) return " A single sample is written as one row: [[a, b, ...]].";
  if (x.cols === expected + 1) return " Did you forget to drop the label column?";
  if (x.rows === expected) return " Is the matrix transposed? One row is one sample.";
  return "";
}
