import type { Matrix } from "./matrix.js";
import { lookUp, positiveNumber } from "./options.js";
import { remember } from "./recipe.js";

/** The names of the constraints, as `dense` takes them. */
export type ConstraintName = "maxNorm" | "nonNegative";

/** A rule that weights are put back under after each step. */
export interface Constraint {
  readonly name: ConstraintName;
  /** Changes the weights in place. */
  enforce(weights: Matrix): void;
}

/**
 * The known constraints with their defaults; each entry makes one.
 *
 * @example
 * import { constraints, Matrix } from "gradus";
 * const weights = Matrix.from([[1, -2]]);
 * constraints.nonNegative().enforce(weights);
 * console.log(Object.keys(constraints), weights.toArray()); // [ 'maxNorm', 'nonNegative' ] [ [ 1, 0 ] ]
 */
export const constraints: Readonly<Record<ConstraintName, () => Constraint>> = {
  maxNorm: () => maxNorm(),
  nonNegative,
};

/** Keeps the division finite where all weights are 0 (the value of Keras). */
const epsilon = 1e-7;

/**
 * ‖w‖ ≤ limit for the weights into each unit, that is for each column of a kernel (axis 0, as in Keras): a longer column is
 * scaled by limit / ‖w‖. Goes well with dropout (Srivastava et al. 2014). Throws OptionError unless the limit is above 0.
 *
 * @example
 * import { Matrix, maxNorm } from "gradus";
 * const weights = Matrix.from([[3, 0.6], [4, 0.8]]);
 * maxNorm(2).enforce(weights);
 * console.log(weights);
 * // Matrix [2, 2] float64
 * //   [1.2, 0.6]
 * //   [1.6, 0.8]
 */
export function maxNorm(limit: number = 2): Constraint {
  positiveNumber("maxNorm", { option: "limit", value: limit });
  const made: Constraint = {
    name: "maxNorm",
    enforce({ data, cols }) {
      for (let j = 0; j < cols; j++) {
        let square = 0;
        for (let i = j; i < data.length; i += cols) square += data[i] * data[i];
        const norm = Math.sqrt(square);
        const factor = Math.min(norm, limit) / (epsilon + norm);
        for (let i = j; i < data.length; i += cols) data[i] *= factor;
      }
    },
  };
  return remember(made, "maxNorm", { limit });
}

/**
 * w ≥ 0: negative weights become 0.
 *
 * @example
 * import { Matrix, nonNegative } from "gradus";
 * const weights = Matrix.from([[1, -2]]);
 * nonNegative().enforce(weights);
 * console.log(weights.toArray()); // [ [ 1, 0 ] ]
 */
export function nonNegative(): Constraint {
  const made: Constraint = {
    name: "nonNegative",
    enforce({ data }) {
      for (let i = 0; i < data.length; i++) if (data[i] < 0) data[i] = 0;
    },
  };
  return remember(made, "nonNegative");
}

/** The constraint with this name, or the constraint itself. */
export function resolveConstraint(constraint: ConstraintName | Constraint): Constraint {
  return typeof constraint === "object" && constraint !== null
    ? constraint
    : lookUp(constraints, { kind: "constraint", name: constraint })();
}
