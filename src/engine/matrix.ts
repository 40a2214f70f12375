import { allocate, widerDtype, type Dtype, type FloatArray } from "./dtype.js";
import { DataError } from "./data-error.js";
import { affine } from "./kernels/affine.js";
import { allocateLongLived } from "./kernels/backend.js";
import { formatMatrix } from "./matrix-format.js";
import { wholeNumber } from "./options.js";
import { formatShape, ShapeError, type Shape } from "./shape-error.js";

/** How a matrix is stored. */
export interface MatrixOptions {
  /** Default "float64": a matrix shows the numbers that were written. A model turns its data into its own format. */
  readonly dtype?: Dtype;
  /** True for what a model keeps: it is laid where the WebAssembly kernels reach it without a copy. Default false. */
  readonly longLived?: boolean;
}

/**
 * A rows × cols table of numbers, stored row after row in one typed array: element (r, c) is `data[r * cols + c]`.
 * Every operation returns a new matrix. One operand in float64 makes the result float64.
 *
 * @example
 * import { Matrix } from "gradus";
 * const a = Matrix.from([[1, 2], [3, 4]]);
 * console.log(a.matmul(a.transpose()).add(1));
 * // Matrix [2, 2] float64
 * //   [ 6, 12]
 * //   [12, 26]
 * console.log(a.shape, a.sum(), a.at(1, 0)); // [ 2, 2 ] 10 3
 */
export class Matrix {
  /** How many rows. */
  readonly rows: number;
  /** How many columns. */
  readonly cols: number;
  /** The number format of `data`. */
  readonly dtype: Dtype;
  /** All numbers, row after row: element (r, c) is `data[r * cols + c]`. */
  readonly data: FloatArray;

  private constructor(data: FloatArray, rows: number, cols: number) {
    this.data = data;
    this.rows = rows;
    this.cols = cols;
    this.dtype = data instanceof Float32Array ? "float32" : "float64";
  }

  /** `[rows, cols]` */
  get shape(): Shape {
    return [this.rows, this.cols];
  }

  /**
   * The matrix with these rows. Throws ShapeError if they differ in length, DataError if there are none.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2, 3], [4, 5, 6]]).shape); // [ 2, 3 ]
   * console.log(Matrix.from([[0.1]], { dtype: "float32" }).at(0, 0)); // 0.10000000149011612
   */
  static from(rows: readonly (readonly number[])[], { dtype = "float64" }: MatrixOptions = {}): Matrix {
    if (rows.length === 0) throw new DataError("Matrix.from", "there are no rows");
    const cols = rows[0].length;
    const matrix = Matrix.zeros(rows.length, cols, { dtype });
    rows.forEach((row, r) => {
      if (row.length !== cols) {
        throw new ShapeError("Matrix.from", {
          rule: `all rows must have the same length; row 0 has ${cols} numbers, row ${r} has ${row.length}`,
          shapes: [
            [1, cols],
            [1, row.length],
          ],
        });
      }
      // A typed array turns texts into numbers or NaN without a word.
      const bad = row.findIndex((cell: unknown) => typeof cell !== "number");
      if (bad >= 0)
        throw new DataError("Matrix.from", `row ${r}, column ${bad} holds a ${typeof row[bad]}, no number`);
      matrix.data.set(row, r * cols);
    });
    return matrix;
  }

  /**
   * A rows × cols matrix of zeros. Throws OptionError unless both are whole numbers from 0 on.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.zeros(2, 3).toArray()); // [ [ 0, 0, 0 ], [ 0, 0, 0 ] ]
   */
  static zeros(
    rows: number,
    cols: number,
    { dtype = "float64", longLived = false }: MatrixOptions = {},
  ): Matrix {
    wholeNumber("Matrix", { option: "rows", value: rows, least: 0 });
    wholeNumber("Matrix", { option: "cols", value: cols, least: 0 });
    const data = longLived ? allocateLongLived(dtype, rows * cols) : allocate(dtype, rows * cols);
    return new Matrix(data, rows, cols);
  }

  /**
   * A copy of the row-major numbers in `data`, read as a matrix of the given shape. Throws ShapeError if there are more or fewer.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.fromArray([1, 2, 3, 4, 5, 6], [2, 3]).toArray()); // [ [ 1, 2, 3 ], [ 4, 5, 6 ] ]
   */
  static fromArray(data: ArrayLike<number>, shape: Shape, { dtype = "float64" }: MatrixOptions = {}): Matrix {
    if (data.length !== shape[0] * shape[1]) {
      throw new ShapeError("Matrix.fromArray", {
        rule: `${formatShape(shape)} needs ${shape[0] * shape[1]} numbers, got ${data.length}`,
        shapes: [shape],
      });
    }
    const matrix = Matrix.zeros(shape[0], shape[1], { dtype });
    matrix.data.set(data);
    return matrix;
  }

  /**
   * Element in row r, column c, both counted from 0. Throws ShapeError if there is none.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).at(0, 1)); // 2
   */
  at(r: number, c: number): number {
    this.#checkIndex("row", r);
    this.#checkIndex("column", c);
    return this.data[r * this.cols + c];
  }

  /**
   * Row r as an array, counted from 0. Throws ShapeError if there is none.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).row(1)); // [ 3, 4 ]
   */
  row(r: number): number[] {
    this.#checkIndex("row", r);
    return Array.from(this.data.subarray(r * this.cols, (r + 1) * this.cols));
  }

  /**
   * Column c as an array, counted from 0. Throws ShapeError if there is none.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).column(1)); // [ 2, 4 ]
   */
  column(c: number): number[] {
    this.#checkIndex("column", c);
    return Array.from({ length: this.rows }, (_, r) => this.data[r * this.cols + c]);
  }

  /**
   * The rows as arrays of numbers, a copy.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.zeros(1, 2).add(7).toArray()); // [ [ 7, 7 ] ]
   */
  toArray(): number[][] {
    return Array.from({ length: this.rows }, (_, r) => this.row(r));
  }

  /**
   * An independent copy, in another number format if asked.
   *
   * @example
   * import { Matrix } from "gradus";
   * const rounded = Matrix.from([[0.1]]).copy({ dtype: "float32" });
   * console.log(rounded.dtype, rounded.at(0, 0)); // float32 0.10000000149011612
   */
  copy({ dtype = this.dtype }: MatrixOptions = {}): Matrix {
    return Matrix.fromArray(this.data, this.shape, { dtype });
  }

  /**
   * Rows from `start` up to but not including `end`.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[0], [10], [20], [30]]).sliceRows(1, 3).toArray()); // [ [ 10 ], [ 20 ] ]
   */
  sliceRows(start: number, end: number = this.rows): Matrix {
    wholeNumber("Matrix.sliceRows", { option: "start", value: start, least: 0 });
    wholeNumber("Matrix.sliceRows", { option: "end", value: end, least: start });
    const stop = Math.min(end, this.rows);
    const first = Math.min(start, stop);
    const part = this.data.subarray(first * this.cols, stop * this.cols);
    return Matrix.fromArray(part, [stop - first, this.cols], this);
  }

  /**
   * The rows with these numbers, in this order; a row may come twice. Throws ShapeError for one that does not exist.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[0], [10], [20]]).takeRows([2, 0, 0]).toArray()); // [ [ 20 ], [ 0 ], [ 0 ] ]
   */
  takeRows(indices: ArrayLike<number>): Matrix {
    const taken = Matrix.zeros(indices.length, this.cols, this);
    for (let i = 0; i < indices.length; i++) {
      this.#checkIndex("row", indices[i]);
      const start = indices[i] * this.cols;
      taken.data.set(this.data.subarray(start, start + this.cols), i * this.cols);
    }
    return taken;
  }

  /**
   * Rows become columns: element (r, c) goes to (c, r).
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2, 3], [4, 5, 6]]).transpose().toArray());
   * // [ [ 1, 4 ], [ 2, 5 ], [ 3, 6 ] ]
   */
  transpose(): Matrix {
    const turned = Matrix.zeros(this.cols, this.rows, this);
    for (let r = 0; r < this.rows; r++) {
      for (let c = 0; c < this.cols; c++) turned.data[c * this.rows + r] = this.data[r * this.cols + c];
    }
    return turned;
  }

  /**
   * The matrix product: [n, k] · [k, m] gives [n, m]. Throws ShapeError when the inner sizes differ.
   *
   * @example
   * import { Matrix } from "gradus";
   * const x = Matrix.from([[1, 2]]);
   * const weights = Matrix.from([[1, 0], [1, 2]]);
   * console.log(x.matmul(weights).toArray()); // [ [ 3, 4 ] ]
   */
  matmul(other: Matrix): Matrix {
    if (this.cols !== other.rows) {
      const hint = this.cols === other.cols ? " Did you mean a.matmul(b.transpose())?" : "";
      throw new ShapeError("matmul", {
        rule:
          `the columns of the left must equal the rows of the right; ` +
          `${formatShape(this.shape)} · ${formatShape(other.shape)} has ${this.cols} and ${other.rows}.${hint}`,
        shapes: [this.shape, other.shape],
      });
    }
    const product = Matrix.zeros(this.rows, other.cols, { dtype: widerDtype(this.dtype, other.dtype) });
    affine(this.data, other.data, undefined, product.data, other.cols);
    return product;
  }

  /**
   * Sum, element by element. `other` may be a number, or one row that is added to every row. Throws ShapeError for another shape.
   *
   * @example
   * import { Matrix } from "gradus";
   * const a = Matrix.from([[1, 2], [3, 4]]);
   * console.log(a.add(10).toArray()); // [ [ 11, 12 ], [ 13, 14 ] ]
   * console.log(a.add(Matrix.from([[100, 200]])).toArray()); // [ [ 101, 202 ], [ 103, 204 ] ]
   */
  add(other: Matrix | number): Matrix {
    return this.#combine("add", other, (a, b) => a + b);
  }

  /**
   * Difference, element by element; `other` as in `add`.
   *
   * @example
   * import { Matrix } from "gradus";
   * const a = Matrix.from([[1, 2], [3, 4]]);
   * console.log(a.sub(a).toArray(), a.sub(1).toArray()); // [ [ 0, 0 ], [ 0, 0 ] ] [ [ 0, 1 ], [ 2, 3 ] ]
   */
  sub(other: Matrix | number): Matrix {
    return this.#combine("sub", other, (a, b) => a - b);
  }

  /**
   * Product, element by element; `other` as in `add`. The matrix product is `matmul`.
   *
   * @example
   * import { Matrix } from "gradus";
   * const a = Matrix.from([[1, 2], [3, 4]]);
   * console.log(a.mul(a).toArray(), a.mul(2).toArray()); // [ [ 1, 4 ], [ 9, 16 ] ] [ [ 2, 4 ], [ 6, 8 ] ]
   */
  mul(other: Matrix | number): Matrix {
    return this.#combine("mul", other, (a, b) => a * b);
  }

  /**
   * Every element times the factor.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2]]).scale(0.5).toArray()); // [ [ 0.5, 1 ] ]
   */
  scale(factor: number): Matrix {
    return this.map((value) => value * factor);
  }

  /**
   * The matrix of f(value, row, column).
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, -2]]).map(Math.abs).toArray()); // [ [ 1, 2 ] ]
   * console.log(Matrix.zeros(2, 2).map((_value, row, column) => 10 * row + column).toArray());
   * // [ [ 0, 1 ], [ 10, 11 ] ]
   */
  map(f: (value: number, r: number, c: number) => number): Matrix {
    const mapped = Matrix.zeros(this.rows, this.cols, this);
    for (let r = 0, i = 0; r < this.rows; r++) {
      for (let c = 0; c < this.cols; c++, i++) mapped.data[i] = f(this.data[i], r, c);
    }
    return mapped;
  }

  /**
   * Sum of all elements, added in float64.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).sum()); // 10
   */
  sum(): number {
    let total = 0;
    for (let i = 0; i < this.data.length; i++) total += this.data[i];
    return total;
  }

  /**
   * Mean of all elements. Throws DataError for an empty matrix.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).mean()); // 2.5
   */
  mean(): number {
    if (this.data.length === 0)
      throw new DataError("Matrix.mean", `the matrix ${formatShape(this.shape)} is empty`);
    return this.sum() / this.data.length;
  }

  /**
   * The sum of each column, as one row `[1, cols]`: what a bias's gradient is, and what `sub` and `add` take beside a batch.
   *
   * @example
   * import { Matrix } from "gradus";
   * console.log(Matrix.from([[1, 2], [3, 4]]).columnSums().row(0)); // [ 4, 6 ]
   */
  columnSums(): Matrix {
    const sums = Matrix.zeros(1, this.cols, { dtype: this.dtype });
    for (let c = 0; c < this.cols; c++) {
      let total = 0; // float64, however the matrix stores its numbers
      for (let r = 0; r < this.rows; r++) total += this.data[r * this.cols + c];
      sums.data[c] = total;
    }
    return sums;
  }

  /**
   * The mean of each column, as one row `[1, cols]`. Throws DataError when there is no row.
   *
   * @example
   * import { Matrix } from "gradus";
   * const x = Matrix.from([[1, 20], [3, 40]]);
   * console.log(x.sub(x.columnMeans()).toArray()); // [ [ -1, -10 ], [ 1, 10 ] ]
   */
  columnMeans(): Matrix {
    if (this.rows === 0)
      throw new DataError("Matrix.columnMeans", `the matrix ${formatShape(this.shape)} has no rows`);
    return this.columnSums().scale(1 / this.rows);
  }

  /**
   * For each row, the column of its largest element; the first one if several are equal.
   *
   * @example
   * import { Matrix } from "gradus";
   * const probabilities = Matrix.from([[0.1, 0.7, 0.2], [0.5, 0.4, 0.1]]);
   * console.log(probabilities.argmax()); // [ 1, 0 ]
   */
  argmax(): number[] {
    if (this.cols === 0)
      throw new DataError("Matrix.argmax", `the matrix ${formatShape(this.shape)} has no columns`);
    return Array.from({ length: this.rows }, (_, r) => {
      let best = 0;
      for (let c = 1; c < this.cols; c++) {
        if (this.data[r * this.cols + c] > this.data[r * this.cols + best]) best = c;
      }
      return best;
    });
  }

  /**
   * True if shape and every number agree.
   *
   * @example
   * import { Matrix } from "gradus";
   * const a = Matrix.from([[1, 2]]);
   * console.log(a.equals(a.copy()), a.equals(a.transpose())); // true false
   */
  equals(other: Matrix): boolean {
    return (
      this.rows === other.rows &&
      this.cols === other.cols &&
      this.data.every((value, i) => value === other.data[i])
    );
  }

  /** Shape and numbers, shortened in the middle when there are many. */
  toString(): string {
    return formatMatrix(this);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #combine(operation: string, other: Matrix | number, f: (a: number, b: number) => number): Matrix {
    if (typeof other === "number") return this.map((a) => f(a, other));
    const oneRow = other.rows === 1;
    if (other.cols !== this.cols || (other.rows !== this.rows && !oneRow)) {
      throw new ShapeError(operation, {
        rule:
          `both matrices must have the same shape, or the right one be a single row of ${this.cols}; ` +
          `got ${formatShape(this.shape)} and ${formatShape(other.shape)}`,
        shapes: [this.shape, other.shape],
      });
    }
    const result = Matrix.zeros(this.rows, this.cols, { dtype: widerDtype(this.dtype, other.dtype) });
    const period = other.data.length;
    for (let i = 0; i < this.data.length; i++) result.data[i] = f(this.data[i], other.data[i % period]);
    return result;
  }

  #checkIndex(kind: "row" | "column", index: number): void {
    const count = kind === "row" ? this.rows : this.cols;
    if (Number.isInteger(index) && index >= 0 && index < count) return;
    throw new ShapeError("Matrix", {
      rule: `there is no ${kind} ${index}; a ${formatShape(this.shape)} matrix has ${kind}s 0 to ${count - 1}`,
      shapes: [this.shape],
    });
  }
}
