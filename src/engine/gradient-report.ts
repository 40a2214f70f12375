import type { Activation } from "./activation.js";
import { checkSlopes, type GradientCheck, type GradientCheckOptions } from "./gradient-check.js";
import {
  activationSlopes,
  layerSlopes,
  lossSlopes,
  modelSlopes,
  type SlopeSet,
} from "./gradient-subjects.js";
import type { Layer } from "./layer.js";
import type { Loss } from "./loss.js";
import type { MatrixLike } from "./matrix-like.js";
import { positiveNumber, wholeNumber } from "./options.js";
import { Random } from "./random.js";
import type { Sequential } from "./sequential.js";
import { formatShape, type Shape } from "./shape-error.js";

/** How a layer, a loss or an activation is checked. */
export interface PartCheckOptions extends GradientCheckOptions {
  /** Rows of random numbers that it is tried on. Default 5. */
  readonly rows?: number;
  /** Numbers a row, where the thing itself does not say. Default 4. */
  readonly inputs?: number;
  /** As in `fit`: dropout drops, batch normalization uses the batch. Default true. */
  readonly training?: boolean;
  /** Of the random numbers. Default 0. */
  readonly seed?: number;
}

/** What was found for one parameter, or for the input. */
export interface GradientPart {
  /** `kernel`, `bias`, `input`, `predicted`; of a model with the layer before it: `dense/kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly ok: boolean;
  /** The largest |analytic - numeric| / max(1, |analytic|, |numeric|). */
  readonly error: number;
  /** Row and column where it is. */
  readonly at: Shape;
  /** The slope that was computed there, and the one that was measured. */
  readonly analytic: number;
  readonly numeric: number;
  /** How many of its numbers were measured: all, or of a large one a random choice. */
  readonly checked: number;
}

/** What a gradient check of a whole layer, loss, activation or model found. It prints as a table. */
export interface GradientReport {
  readonly ok: boolean;
  /** The largest of all parts. */
  readonly error: number;
  readonly parts: readonly GradientPart[];
  /** The part with the largest error; `index` counts row by row. */
  readonly worst: GradientPart & { readonly index: number };
  /** A line for each part. */
  toString(): string;
}

/** A function, the gradient that someone claims for it, and the place to compare them at. */
export interface ClaimedGradient {
  readonly f: (x: Float64Array) => number;
  readonly gradient: ArrayLike<number>;
  readonly at: ArrayLike<number>;
}

/** As many numbers of one parameter are measured; each takes two forward passes. */
const mostChecked = 400;

/**
 * Compares slopes with central differences, ∂f/∂xᵢ ≈ (f(x + h eᵢ) - f(x - h eᵢ)) / 2h, in float64: of a layer by every parameter
 * and by its input, of a loss by the predictions (and by the logits, where it melts with an activation), of an activation, or of a
 * function with a gradient that you claim. A layer of gradus is checked on a copy in float64; a layer of your own must not be built yet,
 * or be float64, and is put back. There must be no kink of a ReLU within the step. A value that is not finite is never ok.
 *
 * @example
 * import { checkGradient, dense, losses } from "gradus";
 * console.log(checkGradient(dense(3, { activation: "tanh" })).ok); // true
 * console.log(checkGradient(losses.huber()).ok); // true
 * const f = ([x]: Float64Array): number => x ** 3;
 * console.log(checkGradient({ f, gradient: [12], at: [2] }).ok); // true
 * console.log(checkGradient({ f, gradient: [11], at: [2] }).ok); // false
 */
export function checkGradient(claim: ClaimedGradient, options?: GradientCheckOptions): GradientCheck;
export function checkGradient(part: Layer | Loss | Activation, options?: PartCheckOptions): GradientReport;
export function checkGradient(
  subject: ClaimedGradient | Layer | Loss | Activation,
  options: PartCheckOptions = {},
): GradientCheck | GradientReport {
  if (typeof subject !== "object" || subject === null) {
    throw new TypeError(
      `checkGradient: give a layer, a loss, an activation or { f, gradient, at }, got ${String(subject)}`,
    );
  }
  if ("f" in subject) return checkSlopes(subject, options);
  const { rows = 5, inputs = 4, training = true, seed = 0 } = options;
  wholeNumber("checkGradient", { option: "rows", value: rows, least: 1 });
  wholeNumber("checkGradient", { option: "inputs", value: inputs, least: 1 });
  const setting = { rows, inputs, training, random: new Random(seed) };
  if ("propagate" in subject) return report(layerSlopes(subject, setting), options);
  if ("formula" in subject) return report(lossSlopes(subject, setting), options);
  return report(activationSlopes(subject, setting), options);
}

/**
 * `checkGradient` for every weight of a compiled float64 model, on these rows; the weights are as before afterwards.
 *
 * @example
 * import { checkModelGradient, dense, gates, Sequential } from "gradus";
 * const layers = [dense(3, { activation: "tanh", inputDim: 2 }), dense(1, { activation: "sigmoid" })];
 * const model = new Sequential({ dtype: "float64", layers, seed: 1 });
 * model.compile({ loss: "binaryCrossentropy" });
 * const { ok, error } = checkModelGradient(model, gates.xor);
 * console.log(ok, error < 1e-8); // true true
 */
export function checkModelGradient(
  model: Sequential,
  { x, y, ...options }: GradientCheckOptions & { readonly x: MatrixLike; readonly y: MatrixLike },
): GradientReport {
  if (model.dtype !== "float64") {
    throw new RangeError(
      `checkModelGradient: float32 is too coarse for differences; make the model with dtype: "float64"`,
    );
  }
  return report(modelSlopes(model, { x, y }), options);
}

/** Measures every slope of the set and puts its numbers back. */
function report(
  { title, parts, value }: SlopeSet,
  { step = 1e-5, tolerance = 1e-6 }: GradientCheckOptions,
): GradientReport {
  positiveNumber("checkGradient", { option: "step", value: step });
  positiveNumber("checkGradient", { option: "tolerance", value: tolerance });
  const random = new Random(1);
  const found = parts.map(({ name, shape, values, slopes }) => {
    const places =
      values.length <= mostChecked
        ? Array.from(values, (_, i) => i)
        : random.permutation(values.length).slice(0, mostChecked);
    let worst = { index: 0, error: -1, analytic: NaN, numeric: NaN };
    for (const index of places) {
      const middle = values[index];
      values[index] = middle + step;
      const above = value();
      values[index] = middle - step;
      const below = value();
      values[index] = middle;
      const [analytic, numeric] = [slopes[index], (above - below) / (2 * step)];
      const difference = Math.abs(analytic - numeric) / Math.max(1, Math.abs(analytic), Math.abs(numeric));
      const error = Number.isNaN(difference) ? Infinity : difference;
      if (error > worst.error) worst = { index, error, analytic, numeric };
    }
    const at: Shape = [Math.floor(worst.index / shape[1]), worst.index % shape[1]];
    return { name, shape, ok: worst.error <= tolerance, ...worst, at, checked: places.length };
  });
  // Whoever looks at the subject afterwards finds it as it was at the unmoved numbers.
  value();
  const worst = found.reduce((a, b) => (b.error > a.error ? b : a));
  const ok = found.every((part) => part.ok);
  const text = (): string =>
    [`${title}: ${ok ? "every slope agrees" : "WRONG"} (tolerance ${tolerance})`, ...table(found)].join("\n");
  return {
    ok,
    error: worst.error,
    parts: found,
    worst,
    toString: text,
    [Symbol.for("nodejs.util.inspect.custom")]: text,
  } as GradientReport;
}

function table(parts: readonly GradientPart[]): string[] {
  const width = (of: (part: GradientPart) => string): number =>
    Math.max(...parts.map((part) => of(part).length));
  const names = width(({ name }) => name);
  const shapes = width(({ shape }) => formatShape(shape));
  return parts.map(({ name, shape, ok, error, at, analytic, numeric, checked }) => {
    const head = `  ${ok ? "ok   " : "WRONG"}  ${name.padEnd(names)}  ${formatShape(shape).padEnd(shapes)}`;
    const sample = checked < shape[0] * shape[1] ? `  (${checked} of its numbers)` : "";
    if (ok) return `${head}  error ${error.toExponential(1)}${sample}`;
    return `${head}  error ${error.toExponential(1)} at ${formatShape(at)}: computed ${digits(analytic)}, measured ${digits(numeric)}${sample}`;
  });
}

function digits(value: number): string {
  return String(Number(value.toPrecision(6)));
}
