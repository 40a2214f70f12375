import { DataError } from "./data-error.js";
import { Matrix } from "./matrix.js";
import { wholeNumber } from "./options.js";
import { formatShape, ShapeError, type Shape } from "./shape-error.js";

/** The three arrays of a matrix in compressed rows; row `r` owns the places `rowStarts[r]` up to, not including, `rowStarts[r + 1]`. */
export interface SparseParts {
  /** `rows + 1` places, from 0 up to the number of stored values. */
  readonly rowStarts: Int32Array;
  /** The column of each stored value, rising within a row. */
  readonly columns: Int32Array;
  /** The stored values. */
  readonly values: Float32Array;
}

/**
 * A rows × cols matrix that stores only what is not zero, row after row (CSR, "compressed sparse rows").
 * The 11,314 training posts of 20 Newsgroups over 10,000 words store 137 values a row: 12 MB instead of 453 MB.
 *
 * @example
 * import { Matrix, SparseMatrix } from "gradus";
 * const x = SparseMatrix.fromMatrix(Matrix.from([[0, 0, 5], [0, 0, 0], [1, 0, 2]]));
 * console.log(x); // SparseMatrix [3, 3] float32, 3 values stored (33.3 %)
 * console.log(x.columns, x.values, x.rowStarts);
 * // Int32Array(3) [ 2, 0, 2 ] Float32Array(3) [ 5, 1, 2 ] Int32Array(4) [ 0, 1, 1, 3 ]
 */
export class SparseMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly rowStarts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;

  /** Takes the arrays as they are, without a copy. Throws ShapeError or DataError if they are no matrix of this shape. */
  constructor(shape: Shape, { rowStarts, columns, values }: SparseParts) {
    [this.rows, this.cols] = shape;
    this.rowStarts = rowStarts;
    this.columns = columns;
    this.values = values;
    this.#check();
  }

  /**
   * The matrix without its zeros, in float32.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * console.log(SparseMatrix.fromMatrix(Matrix.from([[0, 7, 0, 0]])).stored); // 1
   */
  static fromMatrix(matrix: Matrix): SparseMatrix {
    const { data, rows, cols } = matrix;
    let stored = 0;
    for (let i = 0; i < data.length; i++) if (data[i] !== 0) stored++;
    const rowStarts = new Int32Array(rows + 1);
    const columns = new Int32Array(stored);
    const values = new Float32Array(stored);
    let place = 0;
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < cols; c++) {
        const value = data[r * cols + c];
        if (value === 0) continue;
        columns[place] = c;
        values[place++] = value;
      }
      rowStarts[r + 1] = place;
    }
    return new SparseMatrix(matrix.shape, { rowStarts, columns, values });
  }

  /** `[rows, cols]` */
  get shape(): Shape {
    return [this.rows, this.cols];
  }

  /** How many values are stored. */
  get stored(): number {
    return this.values.length;
  }

  /**
   * Element in row r, column c, both counted from 0; 0 where nothing is stored.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * const x = SparseMatrix.fromMatrix(Matrix.from([[0, 7]]));
   * console.log(x.at(0, 0), x.at(0, 1)); // 0 7
   */
  at(r: number, c: number): number {
    this.#checkIndex("row", r);
    this.#checkIndex("column", c);
    const place = this.columns.subarray(this.rowStarts[r], this.rowStarts[r + 1]).indexOf(c);
    return place < 0 ? 0 : this.values[this.rowStarts[r] + place];
  }

  /**
   * Row r as an array of `cols` numbers, zeros included.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * console.log(SparseMatrix.fromMatrix(Matrix.from([[0, 7, 0]])).row(0)); // [ 0, 7, 0 ]
   */
  row(r: number): number[] {
    const dense = new Array<number>(this.cols).fill(0);
    const { columns, values } = this.entries(r);
    columns.forEach((column, place) => (dense[column] = values[place]));
    return dense;
  }

  /**
   * What row r stores: views, not copies.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * const { columns, values } = SparseMatrix.fromMatrix(Matrix.from([[0, 7, 0]])).entries(0);
   * console.log(columns, values); // Int32Array(1) [ 1 ] Float32Array(1) [ 7 ]
   */
  entries(r: number): { readonly columns: Int32Array; readonly values: Float32Array } {
    this.#checkIndex("row", r);
    const [start, end] = [this.rowStarts[r], this.rowStarts[r + 1]];
    return { columns: this.columns.subarray(start, end), values: this.values.subarray(start, end) };
  }

  /**
   * The rows with these numbers, in this order.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * const x = SparseMatrix.fromMatrix(Matrix.from([[0, 1], [2, 0], [0, 0]]));
   * console.log(x.takeRows([1, 0]).toMatrix().toArray()); // [ [ 2, 0 ], [ 0, 1 ] ]
   */
  takeRows(indices: ArrayLike<number>): SparseMatrix {
    const rowStarts = new Int32Array(indices.length + 1);
    for (let i = 0; i < indices.length; i++) {
      this.#checkIndex("row", indices[i]);
      rowStarts[i + 1] = rowStarts[i] + this.rowStarts[indices[i] + 1] - this.rowStarts[indices[i]];
    }
    const columns = new Int32Array(rowStarts[indices.length]);
    const values = new Float32Array(rowStarts[indices.length]);
    for (let i = 0; i < indices.length; i++) {
      const taken = this.entries(indices[i]);
      columns.set(taken.columns, rowStarts[i]);
      values.set(taken.values, rowStarts[i]);
    }
    return new SparseMatrix([indices.length, this.cols], { rowStarts, columns, values });
  }

  /**
   * Rows from `start` up to but not including `end`.
   *
   * @example
   * import { Matrix, SparseMatrix } from "gradus";
   * const x = SparseMatrix.fromMatrix(Matrix.from([[0, 1], [2, 0], [0, 0]]));
   * console.log(x.sliceRows(1).shape); // [ 2, 2 ]
   */
  sliceRows(start: number, end: number = this.rows): SparseMatrix {
    wholeNumber("SparseMatrix.sliceRows", { option: "start", value: start, least: 0 });
    wholeNumber("SparseMatrix.sliceRows", { option: "end", value: end, least: start });
    const first = Math.min(start, this.rows);
    const count = Math.max(0, Math.min(end, this.rows) - first);
    return this.takeRows(Int32Array.from({ length: count }, (_, i) => first + i));
  }

  /**
   * The same numbers as a dense matrix: 4 bytes for each element.
   *
   * @example
   * import { Tokenizer } from "gradus";
   * const tokenizer = new Tokenizer();
   * tokenizer.fitOnTexts(["good film", "bad film"]);
   * console.log(tokenizer.textsToMatrix(["good film"]).toMatrix());
   * // Matrix [1, 4] float32
   * //   [0, 1, 1, 0]
   */
  toMatrix(): Matrix {
    const dense = Matrix.zeros(this.rows, this.cols, { dtype: "float32" });
    for (let r = 0; r < this.rows; r++) {
      for (let place = this.rowStarts[r]; place < this.rowStarts[r + 1]; place++) {
        dense.data[r * this.cols + this.columns[place]] = this.values[place];
      }
    }
    return dense;
  }

  /** Shape and how full it is. */
  toString(): string {
    const share = (100 * this.stored) / Math.max(1, this.rows * this.cols);
    return `SparseMatrix ${formatShape(this.shape)} float32, ${this.stored} values stored (${Number(share.toPrecision(3))} %)`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #check(): void {
    const shapes = [this.shape];
    const stored = this.values.length;
    for (const size of this.shape) {
      if (Number.isSafeInteger(size) && size >= 0) continue;
      throw new ShapeError("SparseMatrix", { rule: `${formatShape(this.shape)} is no shape`, shapes });
    }
    if (this.rowStarts.length !== this.rows + 1 || this.columns.length !== stored) {
      throw new ShapeError("SparseMatrix", {
        rule:
          `${this.rows} rows need ${this.rows + 1} row starts, and every value a column; ` +
          `got ${this.rowStarts.length} row starts, ${stored} values and ${this.columns.length} columns`,
        shapes,
      });
    }
    if (this.rowStarts[0] !== 0 || this.rowStarts[this.rows] !== stored) {
      throw new DataError(
        "SparseMatrix",
        `rowStarts must go from 0 to the ${stored} values; it goes from ${this.rowStarts[0]} to ${this.rowStarts[this.rows]}`,
      );
    }
    for (let r = 0; r < this.rows; r++) this.#checkRow(r);
  }

  #checkRow(r: number): void {
    const [start, end] = [this.rowStarts[r], this.rowStarts[r + 1]];
    if (end < start || end > this.values.length) {
      throw new DataError("SparseMatrix", `row ${r} cannot go from place ${start} to place ${end}`);
    }
    let previous = -1;
    for (let place = start; place < end; place++) {
      const column = this.columns[place];
      if (column <= previous || column >= this.cols) {
        throw new DataError(
          "SparseMatrix",
          `the columns of a row must rise from 0 to at most ${this.cols - 1}; row ${r} has column ${column}` +
            (previous < 0 ? "" : ` after ${previous}`),
        );
      }
      previous = column;
    }
  }

  #checkIndex(kind: "row" | "column", index: number): void {
    const count = kind === "row" ? this.rows : this.cols;
    if (Number.isInteger(index) && index >= 0 && index < count) return;
    throw new ShapeError("SparseMatrix", {
      rule: `there is no ${kind} ${index}; a ${formatShape(this.shape)} matrix has ${kind}s 0 to ${count - 1}`,
      shapes: [this.shape],
    });
  }
}
