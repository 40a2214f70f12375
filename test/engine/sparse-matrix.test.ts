import { expect, test } from "vitest";
import { Matrix, SparseMatrix } from "../../src/engine/index.js";

const rows = [
  [0, 2, 0, -1],
  [0, 0, 0, 0],
  [0.5, 0, 0, 0],
];
const sparse = SparseMatrix.fromMatrix(Matrix.from(rows));

test("only what is not zero is stored, and nothing is lost", () => {
  expect(sparse.shape).toEqual([3, 4]);
  expect([...sparse.rowStarts]).toEqual([0, 2, 2, 3]);
  expect([...sparse.columns]).toEqual([1, 3, 0]);
  expect([...sparse.values]).toEqual([2, -1, 0.5]);
  expect(sparse.stored).toBe(3);
  expect(sparse.toMatrix().toArray()).toEqual(rows);
  expect(sparse.toMatrix().dtype).toBe("float32");
});

test("rows and elements read as in a dense matrix", () => {
  rows.forEach((row, r) => {
    expect(sparse.row(r)).toEqual(row);
    row.forEach((value, c) => expect(sparse.at(r, c)).toBe(value));
  });
});

test("rows are taken in any order, also twice", () => {
  const indices = [2, 0, 0, 1];
  expect(sparse.takeRows(indices).toMatrix().toArray()).toEqual(indices.map((r) => rows[r]));
  expect(sparse.takeRows([]).shape).toEqual([0, 4]);
});

test("it says how full it is", () => {
  expect(String(sparse)).toBe("SparseMatrix [3, 4] float32, 3 values stored (25 %)");
});

function parts(
  rowStarts: number[],
  columns: number[],
  values: number[] = columns.map(() => 1),
): SparseMatrix {
  return new SparseMatrix([2, 3], {
    rowStarts: new Int32Array(rowStarts),
    columns: new Int32Array(columns),
    values: new Float32Array(values),
  });
}

test.each([
  [
    () => parts([0, 1], [1]),
    "SparseMatrix: 2 rows need 3 row starts, and every value a column; got 2 row starts, 1 values and 1 columns",
  ],
  [
    () => parts([0, 1, 1], [1], [1, 2]),
    "SparseMatrix: 2 rows need 3 row starts, and every value a column; got 3 row starts, 2 values and 1 columns",
  ],
  [
    () => parts([0, 1, 1], [1, 2]),
    "SparseMatrix: rowStarts must go from 0 to the 2 values; it goes from 0 to 1",
  ],
  [() => parts([0, 3, 2], [1, 2]), "SparseMatrix: row 0 cannot go from place 0 to place 3"],
  [() => parts([0, 2, 1, 2].slice(0, 3), [1]), "SparseMatrix: row 0 cannot go from place 0 to place 2"],
  [
    () => parts([0, 2, 2], [2, 2]),
    "SparseMatrix: the columns of a row must rise from 0 to at most 2; row 0 has column 2 after 2",
  ],
  [
    () => parts([0, 0, 1], [3]),
    "SparseMatrix: the columns of a row must rise from 0 to at most 2; row 1 has column 3",
  ],
  [
    () =>
      new SparseMatrix([-1, 3], {
        rowStarts: new Int32Array(0),
        columns: new Int32Array(0),
        values: new Float32Array(0),
      }),
    "SparseMatrix: [-1, 3] is no shape",
  ],
  [() => sparse.at(3, 0), "SparseMatrix: there is no row 3; a [3, 4] matrix has rows 0 to 2"],
  [() => sparse.at(0, 4), "SparseMatrix: there is no column 4; a [3, 4] matrix has columns 0 to 3"],
  [() => sparse.sliceRows(NaN), "SparseMatrix.sliceRows: start must be a whole number"],
  [() => sparse.sliceRows(2, 1), "SparseMatrix.sliceRows: end must be a whole number"],
  [() => sparse.takeRows([0, -1]), "SparseMatrix: there is no row -1; a [3, 4] matrix has rows 0 to 2"],
])("what is no matrix is refused (%#)", (call, message) => {
  expect(call).toThrow(message);
});
