import { Matrix, Random } from "../engine/index.js";
import { checkNoise, demand } from "./plane-points.js";

/** The options of `makeRegression`. */
export interface RegressionOptions {
  /** Rows; default 100. */
  samples?: number;
  /** Columns of `x`; default 100. */
  features?: number;
  /** How many of them count; default 10, at most `features`. */
  informative?: number;
  /** Columns of `y`; default 1. */
  targets?: number;
  /** Added to every target; default 0. */
  bias?: number;
  /** Standard deviation of the normal noise on `y`; default 0. */
  noise?: number;
  /** Mix the informative columns with the others; default true. Otherwise they come first. */
  shuffle?: boolean;
  /** The same seed gives the same numbers; default 0. */
  seed?: number;
}

/** A linear problem with its answer. */
export interface RegressionProblem {
  /** `[samples, features]`, each number from N(0, 1). */
  readonly x: Matrix;
  /** `x · coef + bias + noise`, `[samples, targets]`. */
  readonly y: Matrix;
  /** The true weights, `[features, targets]`: from 0 to 100 in informative rows, 0 in the others. */
  readonly coef: Matrix;
  /** The number that was added to every target. */
  readonly bias: number;
  /** How it was made, in one sentence. */
  readonly source: string;
}

/**
 * A random linear problem, `y = x · coef + bias + noise · N(0, 1)`, in the words and with the distributions of
 * scikit-learn's `make_regression`. What a model learns can be laid beside `coef`.
 *
 * @throws Error for counts that are no whole numbers of at least 1, negative noise, or a bias that is not finite.
 *
 * @example
 * import { makeRegression } from "gradus";
 * const { x, y, coef } = makeRegression({ samples: 50, features: 3, informative: 2, noise: 1, seed: 1 });
 * console.log(x.shape, y.shape); // [ 50, 3 ] [ 50, 1 ]
 * console.log(coef.column(0).map((weight) => weight.toFixed(1))); // [ '79.8', '65.0', '0.0' ]
 */
export function makeRegression({
  samples = 100,
  features = 100,
  informative = Math.min(10, features),
  targets = 1,
  bias = 0,
  noise = 0,
  shuffle = true,
  seed = 0,
}: RegressionOptions = {}): RegressionProblem {
  for (const [option, value] of Object.entries({ samples, features, targets })) {
    const holds = Number.isSafeInteger(value) && value >= 1;
    demand("makeRegression", holds, { option, value, rule: "a whole number of at least 1" });
  }
  const inRange = Number.isSafeInteger(informative) && informative >= 0 && informative <= features;
  const rule = `a whole number from 0 to ${features} (the features)`;
  demand("makeRegression", inRange, { option: "informative", value: informative, rule });
  demand("makeRegression", Number.isFinite(bias), { option: "bias", value: bias, rule: "a finite number" });
  checkNoise("makeRegression", noise);

  const random = new Random(seed);
  const x = Matrix.zeros(samples, features).map(() => random.normal());
  const order = shuffle ? random.permutation(features) : Array.from({ length: features }, (_, j) => j);
  const counts = new Set(order.slice(0, informative));
  const coef = Matrix.zeros(features, targets).map((_, j) => (counts.has(j) ? 100 * random.uniform() : 0));
  const y = x
    .matmul(coef)
    .add(bias)
    .map((value) => value + noise * random.normal());
  const source =
    `synthetic: linear in ${informative} of ${features} features, bias ${bias}, ` +
    `noise ${noise}, seed ${seed}`;
  return { x, y, coef, bias, source };
}
