type Sizes<Names extends readonly unknown[]> = (...args: Names) => void;

/** Of an activation: `a` and `b` are its parameters, such as a slope. */
type Forward = Sizes<[x: number, y: number, n: number, a?: number, b?: number]>;
type Backward = Sizes<[dy: number, known: number, dx: number, n: number, a?: number, b?: number]>;

/** Sparse rows: where each row starts, and the column and the value of each entry. */
type Rows = [rowStarts: number, columns: number, values: number];
/** The same column after column. */
type Columns = [columnStarts: number, rowNumbers: number, turnedValues: number];

/** The functions of `assembly/`; arrays are addresses in bytes, 0 is none. */
export interface KernelFunctions {
  readonly useBench: Sizes<[address: number]>;

  readonly affine: Sizes<
    [...[x: number, w: number, b: number, z: number], ...[rows: number, inputs: number, units: number]]
  >;
  readonly affineWeightGradient: Sizes<
    [...[x: number, dz: number, dw: number, db: number], ...[rows: number, inputs: number, units: number]]
  >;
  readonly affineInputGradient: Sizes<
    [...[dz: number, w: number, dx: number, turned: number], ...[rows: number, inputs: number, units: number]]
  >;
  readonly columnSums: Sizes<[dz: number, db: number, rows: number, units: number]>;

  readonly turnRows: Sizes<[...Rows, ...Columns, rows: number, cols: number]>;
  readonly sparseAffine: Sizes<[...Rows, w: number, b: number, z: number, rows: number, units: number]>;
  readonly sparseWeightGradient: Sizes<[...Columns, dz: number, dw: number, inputs: number, units: number]>;
  readonly sparseSgdStep: Sizes<
    [...Columns, dz: number, w: number, inputs: number, units: number, eta: number]
  >;
  readonly sparseAdamStep: Sizes<
    [
      ...Columns,
      ...[dz: number, w: number, m: number, v: number, inputs: number, units: number],
      ...[alpha: number, rest1: number, rest2: number, epsilon: number, decay: number],
    ]
  >;

  readonly dropElements: Sizes<
    [...[bits: number, x: number, mask: number, y: number, n: number], ...[threshold: number, kept: number]]
  >;
  readonly multiplyElements: Sizes<[a: number, b: number, y: number, n: number]>;
  readonly firstNotFinite: (x: number, n: number) => number;

  readonly reluForward: Forward;
  readonly reluBackward: Backward;
  readonly sigmoidForward: Forward;
  readonly sigmoidBackward: Backward;
  readonly tanhForward: Forward;
  readonly tanhBackward: Backward;
  readonly leakyReluForward: Forward;
  readonly leakyReluBackward: Backward;
  readonly eluForward: Forward;
  readonly eluBackward: Backward;
  readonly geluForward: Forward;
  readonly geluBackward: Backward;
  readonly softplusForward: Forward;
  readonly softplusBackward: Backward;
  readonly swishForward: Forward;
  readonly swishBackward: Backward;
  readonly softmaxForward: Forward;
  readonly softmaxBackward: Backward;

  readonly sgdStep: Sizes<[w: number, g: number, n: number, eta: number]>;
  readonly momentumStep: Sizes<
    [w: number, g: number, v: number, n: number, eta: number, mu: number, nesterov: boolean]
  >;
  readonly adamStep: Sizes<
    [
      ...[w: number, g: number, m: number, v: number, n: number],
      ...[alpha: number, rest1: number, rest2: number, epsilon: number, decay: number],
    ]
  >;
  readonly adagradStep: Sizes<
    [w: number, g: number, squares: number, n: number, eta: number, epsilon: number]
  >;
  readonly adadeltaStep: Sizes<
    [
      ...[w: number, g: number, slopes: number, deltas: number, n: number],
      ...[eta: number, rest: number, epsilon: number],
    ]
  >;
  readonly rmspropStep: Sizes<
    [
      ...[w: number, g: number, squares: number, velocity: number, means: number, n: number],
      ...[eta: number, rest: number, mu: number, epsilon: number],
    ]
  >;
}
