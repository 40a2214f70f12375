import { DataError } from "./data-error.js";
import type { Dtype } from "./dtype.js";
import { allocateLongLived, allocateLongLivedInts } from "./kernels/backend.js";
import { turnRows, type SparseBatch } from "./kernels/sparse-products.js";
import { Matrix } from "./matrix.js";
import type { Shape } from "./shape-error.js";
import type { SparseMatrix } from "./sparse-matrix.js";

/** The sparse rows of one batch, in buffers that are made once and hold any rows of their matrix. */
export class SparseRows implements SparseBatch {
  readonly cols: number;
  readonly rowStarts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly columnStarts: Int32Array;
  readonly rowNumbers: Int32Array;
  readonly turnedValues: Float32Array;
  /** How many rows it has room for. */
  readonly most: number;
  readonly #from: SparseMatrix;
  #rows: number = 0;
  #turned: boolean = false;
  #written: Matrix | undefined;

  /** Room for up to `rows` rows of the matrix, whichever they are; a row may be taken twice. */
  constructor(from: SparseMatrix, rows: number) {
    const room = longestRows(from, rows);
    this.#from = from;
    this.most = rows;
    this.cols = from.cols;
    this.rowStarts = allocateLongLivedInts(rows + 1);
    this.columns = allocateLongLivedInts(room);
    this.values = allocateLongLived("float32", room) as Float32Array;
    this.columnStarts = allocateLongLivedInts(from.cols + 2);
    this.rowNumbers = allocateLongLivedInts(room);
    this.turnedValues = allocateLongLived("float32", room) as Float32Array;
  }

  /** How many rows it holds at present. */
  get rows(): number {
    return this.#rows;
  }

  get shape(): Shape {
    return [this.rows, this.cols];
  }

  /** Takes the rows indices[start], indices[start + 1], ... up to, not including, indices[end]. */
  fill(indices: ArrayLike<number>, start: number, end: number): this {
    const { rowStarts, columns, values } = this.#from;
    let place = 0;
    for (let i = start; i < end; i++) {
      const [first, last] = [rowStarts[indices[i]], rowStarts[indices[i] + 1]];
      const taken = columns.subarray(first, last);
      this.columns.set(taken, place);
      this.values.set(values.subarray(first, last), place);
      place += taken.length;
      this.rowStarts[i - start + 1] = place;
    }
    // The kernels trust these numbers, and anybody may have written into the matrix since it was made.
    for (let e = 0; e < place; e++) {
      if (this.columns[e] >= 0 && this.columns[e] < this.cols) continue;
      throw new DataError(
        "SparseMatrix",
        `there is a column ${this.columns[e]} now, in a matrix of ${this.cols} columns; make a new matrix instead of changing its arrays`,
      );
    }
    this.#rows = end - start;
    this.#turned = false;
    return this;
  }

  /** The rows with their zeros, for a layer that takes no others. */
  written(dtype: Dtype): Matrix {
    if (this.#written?.rows !== this.rows || this.#written.dtype !== dtype)
      this.#written = Matrix.zeros(this.rows, this.cols, { dtype, longLived: true });
    const { data } = this.#written;
    data.fill(0);
    for (let r = 0; r < this.rows; r++) {
      for (let e = this.rowStarts[r]; e < this.rowStarts[r + 1]; e++)
        data[r * this.cols + this.columns[e]] = this.values[e];
    }
    return this.#written;
  }

  /** The same rows, sorted by column as well. */
  turned(): this {
    if (!this.#turned) turnRows(this);
    this.#turned = true;
    return this;
  }
}

/** How many entries the `count` fullest rows hold together. */
function longestRows({ rows, rowStarts }: SparseMatrix, count: number): number {
  const lengths = Int32Array.from({ length: rows }, (_, r) => rowStarts[r + 1] - rowStarts[r]).sort();
  return lengths.subarray(Math.max(0, rows - count)).reduce((sum, length) => sum + length, 0);
}
