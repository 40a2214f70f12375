import type { Constraint } from "./constraints.js";
import type { DenseWeightValues } from "./dense-options.js";
import type { Dtype } from "./dtype.js";
import type { Initializer, InitializerContext } from "./initializers.js";
import { KernelParameter } from "./kernel-parameter.js";
import type { Parameter } from "./layer.js";
import { Matrix } from "./matrix.js";
import { isColumn, toFiniteMatrix, type MatrixLike } from "./matrix-like.js";
import { formatShape, ShapeError } from "./shape-error.js";

/** The kernel [inputs, units] and the bias [1, units] of a dense layer. */
export interface DenseParameters {
  readonly kernel: KernelParameter;
  readonly bias: Parameter;
}

/** How one of the two begins, and what it is put back under after each step. */
export interface ParameterPlan {
  readonly initializer: Initializer;
  readonly constraint: Constraint | undefined;
}

/** Makes and initializes both; without a bias its numbers stay 0. */
export function makeDenseParameters(
  plans: { readonly kernel: ParameterPlan; readonly bias: ParameterPlan },
  { useBias, dtype, ...context }: InitializerContext & { readonly useBias: boolean; readonly dtype: Dtype },
): DenseParameters {
  const { fanIn, fanOut } = context;
  const zeros = (rows: number): Matrix => Matrix.zeros(rows, fanOut, { dtype, longLived: true });
  const { constraint } = plans.bias;
  const kernel = new KernelParameter(zeros(fanIn), plans.kernel.constraint);
  const bias = { name: "bias", value: zeros(1), gradient: zeros(1), ...(constraint && { constraint }) };
  plans.kernel.initializer(kernel.value.data, context);
  if (useBias) plans.bias.initializer(bias.value.data, context);
  return { kernel, bias };
}

/** Writes new numbers into kernel and bias. Throws ShapeError for another name or shape, DataError for a number that is not finite. */
export function assignDenseWeights(
  { kernel, bias }: DenseParameters,
  {
    values,
    useBias,
    label,
  }: { readonly values: DenseWeightValues; readonly useBias: boolean; readonly label: string },
): void {
  const { kernel: newKernel, bias: newBias, ...unknown } = values;
  const stranger = Object.keys(unknown)[0];
  if (stranger !== undefined) {
    throw new ShapeError(label, { rule: `has no weights "${stranger}", only kernel and bias`, shapes: [] });
  }
  // Both are checked before either is written.
  const checkedKernel = newKernel && checked(kernel, newKernel, label);
  const checkedBias = newBias && checked(bias, isColumn(newBias) ? [newBias] : newBias, label);
  // Zeros are what `weights` gives for a layer without bias, and so they may be put back.
  if (!useBias && checkedBias?.data.some((number) => number !== 0)) {
    throw new ShapeError(label, { rule: "was made with useBias: false and has no bias to set", shapes: [] });
  }
  if (checkedKernel !== undefined) kernel.value.data.set(checkedKernel.data);
  if (checkedBias !== undefined) bias.value.data.set(checkedBias.data);
}

function checked(parameter: Parameter, value: MatrixLike, label: string): Matrix {
  const { rows, cols, dtype } = parameter.value;
  const matrix = toFiniteMatrix(value, { operation: label, role: parameter.name, dtype });
  if (matrix.rows === rows && matrix.cols === cols) return matrix;
  throw new ShapeError(label, {
    rule: `${parameter.name} must be ${formatShape([rows, cols])}, got ${formatShape(matrix.shape)}`,
    shapes: [[rows, cols], matrix.shape],
  });
}
