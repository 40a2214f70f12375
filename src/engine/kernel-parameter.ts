import type { Constraint } from "./constraints.js";
import { sparseWeightGradient } from "./kernels/sparse-products.js";
import type { SparseGradient } from "./kernels/sparse-steps.js";
import type { Parameter } from "./layer.js";
import { Matrix } from "./matrix.js";

/**
 * The weights of a dense layer. After sparse rows their gradient is kept as its two factors, Xᵀ·dZ, and written out only if somebody
 * asks for it: a step of Adam needs it row by row only, and 10,000 words times 256 units are 10 MB.
 */
export class KernelParameter implements Parameter {
  readonly name: string = "kernel";
  readonly value: Matrix;
  readonly constraint?: Constraint;
  #gradient: Matrix | undefined;
  #sparse: SparseGradient | undefined;

  constructor(value: Matrix, constraint: Constraint | undefined) {
    this.value = value;
    if (constraint !== undefined) this.constraint = constraint;
  }

  /** The gradient, written out. */
  get gradient(): Matrix {
    const { rows, cols, dtype } = this.value;
    this.#gradient ??= Matrix.zeros(rows, cols, { dtype, longLived: true });
    if (this.#sparse !== undefined) {
      sparseWeightGradient(this.#sparse.x, this.#sparse.dz, this.#gradient.data);
      this.#sparse = undefined;
    }
    return this.#gradient;
  }

  /** The gradient as its factors; undefined if it is written out. */
  get sparseGradient(): SparseGradient | undefined {
    return this.#sparse;
  }

  /** Takes the factors for the gradient. They must stay as they are until the next ones come, or the next forward pass of a step. */
  keepFactors(factors: SparseGradient): void {
    this.#sparse = factors;
  }
}
