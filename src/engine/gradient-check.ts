import type { MatrixLike } from "./matrix-like.js";
import { positiveNumber } from "./options.js";
import type { Sequential } from "./sequential.js";

export interface GradientCheckOptions {
  /** Half the distance of the two points of each central difference. Default 1e-5, near the cube root of float64's precision. */
  readonly step?: number;
  /** The largest error that counts as equal. Default 1e-6. */
  readonly tolerance?: number;
}

export interface GradientCheck {
  readonly ok: boolean;
  /** The largest |analytic - numeric| / max(1, |analytic|, |numeric|). */
  readonly error: number;
  /** Where it is. */
  readonly worst: { readonly index: number; readonly analytic: number; readonly numeric: number };
}

/** ∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h for each i, in float64; h is `step`, and the error is of the order of h². */
export function numericGradient(
  { f, at }: { readonly f: (x: Float64Array) => number; readonly at: ArrayLike<number> },
  { step = 1e-5 }: Pick<GradientCheckOptions, "step"> = {},
): Float64Array {
  positiveNumber("numericGradient", { option: "step", value: step });
  const x = Float64Array.from(at);
  return Float64Array.from(at, (middle, i) => {
    x[i] = middle + step;
    const above = f(x);
    x[i] = middle - step;
    const below = f(x);
    x[i] = middle;
    return (above - below) / (2 * step);
  });
}

/**
 * Compares a gradient with central differences: ∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h, in float64.
 * `f` must be smooth near `at` (no kink of a ReLU within the step). A value that is not finite is never ok.
 */
export function checkGradient(
  {
    f,
    gradient,
    at,
  }: {
    readonly f: (x: Float64Array) => number;
    readonly gradient: ArrayLike<number>;
    readonly at: ArrayLike<number>;
  },
  { step = 1e-5, tolerance = 1e-6 }: GradientCheckOptions = {},
): GradientCheck {
  if (gradient.length !== at.length) {
    throw new RangeError(`checkGradient: ${at.length} variables need as many slopes, got ${gradient.length}`);
  }
  const slopes = numericGradient({ f, at }, { step });
  let error = -1;
  let worst = { index: -1, analytic: NaN, numeric: NaN };
  for (let index = 0; index < slopes.length; index++) {
    const analytic = gradient[index];
    const numeric = slopes[index];
    const difference = Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric));
    if (!(difference <= error)) {
      error = Number.isNaN(difference) ? Infinity : difference;
      worst = { index, analytic, numeric };
    }
  }
  return { ok: error <= tolerance, error, worst };
}

/** `checkGradient` for every weight of a compiled float64 model, on these rows; the weights are as before afterwards. */
export function checkModelGradient(
  model: Sequential,
  { x, y, ...options }: GradientCheckOptions & { readonly x: MatrixLike; readonly y: MatrixLike },
): GradientCheck {
  if (model.dtype !== "float64") {
    throw new RangeError(
      `checkModelGradient: float32 is too coarse for differences; make the model with dtype: "float64"`,
    );
  }
  const { gradients } = model.lossAndGradients(x, y);
  const arrays = model.layers.flatMap((layer, i) =>
    layer.parameters.map(({ name, value }) => ({ values: value.data, slopes: gradients[i][name].data })),
  );
  const at = arrays.flatMap(({ values }) => Array.from(values));
  const put = (numbers: ArrayLike<number>): void => {
    let next = 0;
    for (const { values } of arrays) for (let i = 0; i < values.length; i++) values[i] = numbers[next++];
  };
  const f = (numbers: Float64Array): number => {
    put(numbers);
    return model.lossAndGradients(x, y).loss;
  };
  const result = checkGradient(
    { f, gradient: arrays.flatMap(({ slopes }) => Array.from(slopes)), at },
    options,
  );
  put(at);
  return result;
}
