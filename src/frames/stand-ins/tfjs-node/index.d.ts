// What danfojs-node's own declarations name of tfjs, and what this stand-in offers.
export type DataType = "float32" | "int32" | "bool" | "complex64" | "string";

export class Tensor {
  readonly shape: number[];
  readonly rank: number;
  readonly size: number;
  readonly dtype: DataType;
  arraySync(): any;
  dataSync(): ArrayLike<number>;
  clone(): this;
  transpose(): Tensor;
  sqrt(): Tensor;
  mean(axis?: 0): Tensor;
  max(axis?: 0): Tensor;
  min(axis?: 0): Tensor;
  argMax(): Tensor;
  argMin(): Tensor;
  add(other: Tensor | number): Tensor;
  sub(other: Tensor | number): Tensor;
  mul(other: Tensor | number): Tensor;
  div(other: Tensor | number): Tensor;
  divNoNan(other: Tensor | number): Tensor;
  mod(other: Tensor | number): Tensor;
  pow(other: Tensor | number): Tensor;
  greater(other: Tensor | number): Tensor;
  less(other: Tensor | number): Tensor;
  greaterEqual(other: Tensor | number): Tensor;
  lessEqual(other: Tensor | number): Tensor;
  equal(other: Tensor | number): Tensor;
  notEqual(other: Tensor | number): Tensor;
}
export type Scalar = Tensor;
export type Tensor1D = Tensor;
export type Tensor2D = Tensor;

export function scalar(value: number | boolean): Tensor;
export function tensor1d(values: ArrayLike<unknown>, dtype?: DataType): Tensor;
export function tensor2d(values: ArrayLike<unknown>, shape?: [number, number], dtype?: DataType): Tensor;
export function moments(tensor: Tensor, axis?: 0): { mean: Tensor; variance: Tensor };
