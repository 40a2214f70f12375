import type { Activation } from "./activations.js";
import type { DenseParameters } from "./dense-parameters.js";
import type { BatchRows } from "./inputs.js";
import { affine, affineInputGradient, affineWeightGradient } from "./kernels/affine.js";
import { columnSums, sparseAffine } from "./kernels/sparse-products.js";
import { Matrix } from "./matrix.js";
import type { Regularizer } from "./regularizers.js";
import { ShapeError } from "./shape-error.js";
import { Workspaces } from "./workspaces.js";

export interface DenseRegularizers {
  readonly kernel: Regularizer | undefined;
  readonly bias: Regularizer | undefined;
  readonly activity: Regularizer | undefined;
}

export interface DensePassOptions {
  readonly activation: Activation;
  readonly regularizers: DenseRegularizers;
  /** Of the layer, for the messages. */
  readonly label: () => string;
}

/** Forward and backward through one dense layer: the arithmetic, on buffers that are made once for each batch size. */
export class DensePasses {
  readonly parameters: DenseParameters;
  readonly #activation: Activation;
  readonly #regularizers: DenseRegularizers;
  readonly #label: () => string;
  readonly #units: number;
  readonly #workspaces: Workspaces<Workspace> = new Workspaces((rows) => this.#makeWorkspace(rows));
  #current: Workspace | undefined;

  constructor(parameters: DenseParameters, { activation, regularizers, label }: DensePassOptions) {
    this.parameters = parameters;
    this.#activation = activation;
    this.#regularizers = regularizers;
    this.#label = label;
    this.#units = parameters.kernel.value.cols;
  }

  /** y = f(X·W + b); overwritten by the next call. */
  propagate(x: BatchRows): Matrix {
    const { kernel, bias } = this.parameters;
    const space = this.#workspaces.forRows(x.rows);
    if (x instanceof Matrix) affine(x.data, kernel.value.data, bias.value.data, space.z.data, this.#units);
    else sparseAffine(x, kernel.value.data, bias.value.data, space.z.data, this.#units);
    this.#activation.forward(space.z.data, space.y.data, this.#units);
    space.input = x;
    this.#current = space;
    return space.y;
  }

  get preActivation(): Matrix {
    return this.#propagated().z;
  }

  /** Fills the parameters' gradients from ∂loss/∂y, or from ∂loss/∂z if `fused`. */
  backpropagate(gradient: Matrix, fused: boolean): void {
    const { kernel, bias } = this.parameters;
    const regularizers = this.#regularizers;
    const space = this.#propagated();
    if (regularizers.activity !== undefined) {
      gradient = gradient.copy();
      regularizers.activity.addGradient(space.y.data, gradient.data, 1 / space.y.rows);
    }
    if (fused) space.slope = gradient;
    else {
      this.#activation.backward(gradient.data, space.pass, space.dz.data, this.#units);
      space.slope = space.dz;
    }
    const { input } = space;
    const dz = space.slope.data;
    if (input instanceof Matrix) {
      affineWeightGradient(input.data, dz, kernel.gradient.data, bias.gradient.data);
    } else {
      columnSums(dz, bias.gradient.data);
      kernel.keepFactors({ x: input.turned(), dz });
    }
    regularizers.kernel?.addGradient(kernel.value.data, kernel.gradient.data);
    regularizers.bias?.addGradient(bias.value.data, bias.gradient.data);
  }

  /** ∂loss/∂X, after `backpropagate`; overwritten by the next call. */
  inputGradient(): Matrix {
    const space = this.#propagated();
    const { rows, dtype } = this.parameters.kernel.value;
    space.dx ??= Matrix.zeros(space.z.rows, rows, { dtype, longLived: true });
    affineInputGradient(space.slope.data, this.parameters.kernel.value.data, space.dx.data, this.#units);
    return space.dx;
  }

  /** What the regularizers add to the loss, those of the weights only if asked. */
  penalty({ weights }: { readonly weights: boolean }): number {
    const { kernel, bias, activity } = this.#regularizers;
    const parameters = this.parameters;
    let sum = 0;
    if (weights && kernel !== undefined) sum += kernel.penalty(parameters.kernel.value.data);
    if (weights && bias !== undefined) sum += bias.penalty(parameters.bias.value.data);
    if (activity !== undefined) {
      const { y } = this.#propagated();
      sum += activity.penalty(y.data) / y.rows;
    }
    return sum;
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
    const { cols: units, dtype } = this.parameters.kernel.value;
    const make = (): Matrix => Matrix.zeros(rows, units, { dtype, longLived: true });
    const [z, y, dz] = [make(), make(), make()];
    return { z, y, dz, dx: undefined, pass: { x: z.data, y: y.data }, input: z, slope: dz };
  }
}

/** What one batch size needs: made once, overwritten by each batch. */
interface Workspace {
  /** X·W + b */
  readonly z: Matrix;
  /** f(z) */
  readonly y: Matrix;
  readonly dz: Matrix;
  /** Made when it is first asked for, which of a first layer nobody does: of 10,000 words it would be large. */
  dx: Matrix | undefined;
  readonly pass: { readonly x: Matrix["data"]; readonly y: Matrix["data"] };
  input: BatchRows;
  /** ∂loss/∂z: `dz`, or what a fused loss gave. */
  slope: Matrix;
}
