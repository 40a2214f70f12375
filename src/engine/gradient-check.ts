import { positiveNumber } from "./options.js";

/** How fine and how strict a gradient check is. */
export interface GradientCheckOptions {
  /** Half the distance of the two points of each central difference. Default 1e-5, near the cube root of float64's precision. */
  readonly step?: number;
  /** The largest error that counts as equal. Default 1e-6. */
  readonly tolerance?: number;
}

/** What a gradient check found. */
export interface GradientCheck {
  /** True if the error is within the tolerance. */
  readonly ok: boolean;
  /** The largest |analytic - numeric| / max(1, |analytic|, |numeric|). */
  readonly error: number;
  /** Where it is. */
  readonly worst: { readonly index: number; readonly analytic: number; readonly numeric: number };
}

/**
 * ∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h for each i, in float64; h is `step`, and the error is of the order of h².
 *
 * @example
 * import { numericGradient } from "gradus";
 * const slopes = numericGradient({ f: ([x, y]) => x * x * y, at: [3, 2] });
 * console.log(Array.from(slopes, (slope) => slope.toFixed(4))); // [ '12.0000', '9.0000' ]
 */
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

/** `checkGradient` for a function and its gradient. */
export function checkSlopes(
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
