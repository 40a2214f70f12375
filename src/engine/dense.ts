import { resolveActivation, type Activation, type ActivationName } from "./activations.js";
import { resolveConstraint, type Constraint, type ConstraintName } from "./constraints.js";
import type { Dtype } from "./dtype.js";
import { resolveInitializer, type Initializer, type InitializerName } from "./initializers.js";
import { affine, affineInputGradient, affineWeightGradient } from "./kernels/affine.js";
import type {
  BuildContext,
  ForwardOptions,
  Layer,
  LayerRegularization,
  Parameter,
  StateArray,
  Shaped,
} from "./layer.js";
import { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { wholeNumber } from "./options.js";
import { Random } from "./random.js";
import { resolveRegularizer, type Regularizer, type RegularizerName } from "./regularizers.js";
import { formatShape, ShapeError } from "./shape-error.js";
import { Workspaces } from "./workspaces.js";

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
  readonly name?: string;
}

/** The weights of a dense layer: `kernel` is [inputs, units], `bias` is [1, units] (zeros if the layer has none). */
export type DenseWeights = { readonly kernel: Matrix; readonly bias: Matrix };

/** What may be assigned to `layer.weights`; a bias may be written as a plain array. */
export type DenseWeightValues = { readonly kernel?: MatrixLike; readonly bias?: MatrixLike };

/** y = f(X·W + b) for X [n, inputs], W [inputs, units], b [1, units]: every input is connected to every unit. */
export class Dense implements Layer {
  readonly kind: string = "Dense";
  readonly units: number;
  readonly activation: Activation;
  readonly useBias: boolean;
  readonly inputDim: number | undefined;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;
  readonly #regularizers: Regularizers;
  readonly #constraints: { readonly kernel: Constraint | undefined; readonly bias: Constraint | undefined };
  readonly #workspaces: Workspaces<Workspace> = new Workspaces((rows) => this.#makeWorkspace(rows));
  #name: string | undefined;
  #parts: Parts | undefined;
  #current: Workspace | undefined;

  /** Throws OptionError for a number of units or inputs below 1 and for unknown names. */
  constructor(
    units: number,
    {
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
      name,
    }: DenseOptions = {},
  ) {
    this.units = wholeNumber("dense", { option: "units", value: units, least: 1 });
    if (inputDim !== undefined) wholeNumber("dense", { option: "inputDim", value: inputDim, least: 1 });
    this.inputDim = inputDim;
    this.activation = resolveActivation(activation);
    this.useBias = useBias;
    this.#kernelInitializer = resolveInitializer(kernelInitializer);
    this.#biasInitializer = resolveInitializer(biasInitializer);
    this.#regularizers = {
      kernel: kernelRegularizer && resolveRegularizer(kernelRegularizer),
      bias: useBias && biasRegularizer ? resolveRegularizer(biasRegularizer) : undefined,
      activity: activityRegularizer && resolveRegularizer(activityRegularizer),
    };
    this.#constraints = {
      kernel: kernelConstraint && resolveConstraint(kernelConstraint),
      bias: biasConstraint && resolveConstraint(biasConstraint),
    };
    this.#name = name;
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
    return this.#parts?.kernel.value.rows ?? this.inputDim;
  }

  get built(): boolean {
    return this.#parts !== undefined;
  }

  get dtype(): Dtype | undefined {
    return this.#parts?.kernel.value.dtype;
  }

  get outputActivation(): ActivationName {
    return this.activation.name;
  }

  get meltsWithLoss(): boolean {
    return (this.activation.temperature ?? 1) === 1 && this.#regularizers.activity === undefined;
  }

  get trainable(): boolean {
    return this.activation.trainable;
  }

  get parameters(): readonly Parameter[] {
    if (this.#parts === undefined) return [];
    return this.useBias ? [this.#parts.kernel, this.#parts.bias] : [this.#parts.kernel];
  }

  get state(): readonly StateArray[] {
    return [];
  }

  get regularization(): LayerRegularization | undefined {
    const { kernel, bias, activity } = this.#regularizers;
    if (kernel === undefined && bias === undefined && activity === undefined) return undefined;
    return { penalty: () => this.#penalty() };
  }

  get weights(): DenseWeights {
    const { kernel, bias } = this.#ready();
    return { kernel: kernel.value.copy(), bias: bias.value.copy() };
  }

  /** Throws ShapeError if a shape differs, DataError for a number that is not finite. */
  set weights(values: DenseWeightValues) {
    const { kernel, bias } = this.#ready();
    const { kernel: newKernel, bias: newBias, ...unknown } = values;
    const stranger = Object.keys(unknown)[0];
    if (stranger !== undefined) {
      throw new ShapeError(this.#label(), {
        rule: `has no weights "${stranger}", only kernel and bias`,
        shapes: [],
      });
    }
    if (newKernel !== undefined) this.#replace(kernel, newKernel);
    if (newBias !== undefined) {
      if (!this.useBias) {
        throw new ShapeError(this.#label(), {
          rule: "was made with useBias: false and has no bias to set",
          shapes: [],
        });
      }
      this.#replace(bias, isColumn(newBias) ? [newBias] : newBias);
    }
  }

  /** A dense layer gives its units, whatever comes in. */
  expectFeatures(): void {}

  build(inputFeatures: number, { random, dtype }: BuildContext): void {
    const context = { fanIn: inputFeatures, fanOut: this.units, random };
    const kernel = makeParameter(
      "kernel",
      Matrix.zeros(inputFeatures, this.units, { dtype, longLived: true }),
      this.#constraints.kernel,
    );
    const bias = makeParameter(
      "bias",
      Matrix.zeros(1, this.units, { dtype, longLived: true }),
      this.#constraints.bias,
    );
    this.#kernelInitializer(kernel.value.data, context);
    if (this.useBias) this.#biasInitializer(bias.value.data, context);
    this.#parts = { kernel, bias };
  }

  forward(x: MatrixLike, _options: ForwardOptions = {}): Matrix {
    const { kernel } = this.#ready();
    const input = toFiniteMatrix(x, {
      operation: this.#label(),
      role: "the input",
      dtype: kernel.value.dtype,
    });
    this.checkInput(input, isColumn(x));
    return this.propagate(input).copy();
  }

  checkInput(x: Shaped, flat: boolean = false): void {
    const expected = this.#ready().kernel.value.rows;
    if (x.cols === expected) return;
    throw new ShapeError(this.#label(), {
      rule:
        `expects ${expected} input feature${expected === 1 ? "" : "s"}, got ${x.cols}; ` +
        `input is ${formatShape(x.shape)}.${inputHint(x, { expected, flat })}`,
      shapes: [x.shape, [expected, this.units]],
    });
  }

  propagate(x: Matrix): Matrix {
    const { kernel, bias } = this.#ready();
    const space = this.#workspaces.forRows(x.rows);
    affine(x.data, kernel.value.data, bias.value.data, space.z.data, this.units);
    this.activation.forward(space.z.data, space.y.data, this.units);
    space.input = x;
    this.#current = space;
    return space.y;
  }

  get preActivation(): Matrix {
    return this.#propagated().z;
  }

  backpropagate(gradient: Matrix, fused: boolean): void {
    const { kernel, bias } = this.#ready();
    const regularizers = this.#regularizers;
    const space = this.#propagated();
    if (regularizers.activity !== undefined) {
      gradient = gradient.copy();
      regularizers.activity.addGradient(space.y.data, gradient.data, 1 / space.y.rows);
    }
    if (fused) space.slope = gradient;
    else {
      this.activation.backward(gradient.data, space.pass, space.dz.data, this.units);
      space.slope = space.dz;
    }
    affineWeightGradient(space.input.data, space.slope.data, kernel.gradient.data, bias.gradient.data);
    regularizers.kernel?.addGradient(kernel.value.data, kernel.gradient.data);
    regularizers.bias?.addGradient(bias.value.data, bias.gradient.data);
  }

  inputGradient(): Matrix {
    const space = this.#propagated();
    affineInputGradient(space.slope.data, this.#ready().kernel.value.data, space.dx.data, this.units);
    return space.dx;
  }

  #penalty(): number {
    const { kernel, bias, activity } = this.#regularizers;
    const parts = this.#ready();
    let sum = 0;
    if (kernel !== undefined) sum += kernel.penalty(parts.kernel.value.data);
    if (bias !== undefined) sum += bias.penalty(parts.bias.value.data);
    if (activity !== undefined) {
      const { y } = this.#propagated();
      sum += activity.penalty(y.data) / y.rows;
    }
    return sum;
  }

  #replace(parameter: Parameter, value: MatrixLike): void {
    const { rows, cols, dtype } = parameter.value;
    const matrix = toFiniteMatrix(value, { operation: this.#label(), role: parameter.name, dtype });
    if (matrix.rows !== rows || matrix.cols !== cols) {
      throw new ShapeError(this.#label(), {
        rule: `${parameter.name} must be ${formatShape([rows, cols])}, got ${formatShape(matrix.shape)}`,
        shapes: [[rows, cols], matrix.shape],
      });
    }
    parameter.value.data.set(matrix.data);
  }

  /** The parameters; a layer that stands alone and knows its inputs is built on first use, from seed 0. */
  #ready(): Parts {
    if (this.#parts === undefined && this.inputDim !== undefined) {
      this.build(this.inputDim, { random: new Random(0), dtype: "float32" });
    }
    if (this.#parts === undefined) {
      throw new ShapeError(this.#label(), {
        rule: "has no weights yet, because its number of inputs is unknown. Give the first layer inputDim, or fit the model first.",
        shapes: [],
      });
    }
    return this.#parts;
  }

  #propagated(): Workspace {
    if (this.#current === undefined) {
      throw new ShapeError(this.#label(), {
        rule: "has not seen any input yet; call propagate first",
        shapes: [],
      });
    }
    return this.#current;
  }

  #makeWorkspace(rows: number): Workspace {
    const { rows: inputs, dtype } = this.#ready().kernel.value;
    const make = (cols: number): Matrix => Matrix.zeros(rows, cols, { dtype, longLived: true });
    const [z, y, dz, dx] = [make(this.units), make(this.units), make(this.units), make(inputs)];
    return { z, y, dz, dx, pass: { x: z.data, y: y.data }, input: dx, slope: dz };
  }

  #label(): string {
    return `dense "${this.name}"`;
  }
}

/** A dense layer: `dense(16, { activation: "relu", inputDim: 4 })`. The same as `new Dense(...)`. */
export function dense(units: number, options: DenseOptions = {}): Dense {
  return new Dense(units, options);
}

interface Regularizers {
  readonly kernel: Regularizer | undefined;
  readonly bias: Regularizer | undefined;
  readonly activity: Regularizer | undefined;
}

interface Parts {
  readonly kernel: Parameter;
  readonly bias: Parameter;
}

/** What one batch size needs: made once, overwritten by each batch. */
interface Workspace {
  /** X·W + b */
  readonly z: Matrix;
  /** f(z) */
  readonly y: Matrix;
  readonly dz: Matrix;
  readonly dx: Matrix;
  readonly pass: { readonly x: Matrix["data"]; readonly y: Matrix["data"] };
  input: Matrix;
  /** ∂loss/∂z: `dz`, or what a fused loss gave. */
  slope: Matrix;
}

function makeParameter(name: string, value: Matrix, constraint: Constraint | undefined): Parameter {
  return {
    name,
    value,
    gradient: Matrix.zeros(value.rows, value.cols, { dtype: value.dtype, longLived: true }),
    ...(constraint && { constraint }),
  };
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
