import { expect, test } from "vitest";
import { Matrix, Random } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(1);
const randomMatrix = (rows: number, cols: number): Matrix =>
  Matrix.zeros(rows, cols).map(() => random.normal());
const a = Matrix.from([
  [1, 2, 3],
  [4, 5, 6],
]);

test("rows go in and come out the same, in order", () => {
  expect(a.shape).toEqual([2, 3]);
  expect(a.toArray()).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect([a.at(1, 2), a.row(1), a.column(1)]).toEqual([6, [4, 5, 6], [2, 5]]);
  expect(Matrix.fromArray([1, 2, 3, 4, 5, 6], [2, 3]).equals(a)).toBe(true);
});

test("a matrix holds its own numbers: the source can change afterwards", () => {
  const source = Float64Array.of(1, 2);
  const matrix = Matrix.fromArray(source, [1, 2]);
  source[0] = 9;
  expect(matrix.at(0, 0)).toBe(1);
  const copy = matrix.copy();
  copy.data[0] = 7;
  expect(matrix.at(0, 0)).toBe(1);
});

test("matmul is the sum over the inner index", () => {
  const [left, right] = [randomMatrix(3, 4), randomMatrix(4, 2)];
  const byHand = Matrix.zeros(3, 2).map((_, r, c) => {
    let sum = 0;
    for (let k = 0; k < 4; k++) sum += left.at(r, k) * right.at(k, c);
    return sum;
  });
  expectClose(left.matmul(right), byHand, { tolerance: 1e-14 });
});

test("(AB)ᵀ = BᵀAᵀ and A(B + C) = AB + AC", () => {
  const [l, m, n] = [randomMatrix(3, 4), randomMatrix(4, 2), randomMatrix(4, 2)];
  expectClose(l.matmul(m).transpose(), m.transpose().matmul(l.transpose()), { tolerance: 1e-14 });
  expectClose(l.matmul(m.add(n)), l.matmul(m).add(l.matmul(n)), { tolerance: 1e-14 });
});

test("add, sub and mul work element by element, with a number, and with one row for all", () => {
  expect(a.add(a).toArray()).toEqual(a.scale(2).toArray());
  expect(a.sub(1).row(0)).toEqual([0, 1, 2]);
  expect(a.mul(a).row(1)).toEqual([16, 25, 36]);
  expect(a.add(Matrix.from([[10, 20, 30]])).toArray()).toEqual([
    [11, 22, 33],
    [14, 25, 36],
  ]);
});

test("sum, mean, argmax, map", () => {
  expect([a.sum(), a.mean(), a.argmax()]).toEqual([21, 3.5, [2, 2]]);
  expect(Matrix.from([[1, 7, 7]]).argmax()).toEqual([1]);
  expect([a.columnSums().toArray(), a.columnMeans().toArray()]).toEqual([[[5, 7, 9]], [[2.5, 3.5, 4.5]]]);
  expect(a.sub(a.columnMeans()).columnSums().toArray()).toEqual([[0, 0, 0]]);
  // 2^24 + 1 + 1 has no way through float32 sums.
  expect(
    Matrix.from([[2 ** 24], [1], [1]], { dtype: "float32" })
      .columnSums()
      .at(0, 0),
  ).toBe(2 ** 24 + 2);
  expect(() => a.takeRows([]).columnMeans()).toThrow("Matrix.columnMeans: the matrix [0, 3] has no rows");
  expect(a.map((value, r, c) => value * 100 + r * 10 + c).row(1)).toEqual([410, 511, 612]);
});

test("rows can be cut out and picked", () => {
  expect(a.sliceRows(1).toArray()).toEqual([[4, 5, 6]]);
  expect(a.sliceRows(0, 9).rows).toBe(2);
  expect(a.takeRows([1, 0, 1]).column(0)).toEqual([4, 1, 4]);
});

test("float64 meets float32 in float64; float32 keeps its seven digits", () => {
  const single = Matrix.from([[0.1]], { dtype: "float32" });
  expect(single.at(0, 0)).toBe(Math.fround(0.1));
  expect(single.add(Matrix.from([[0]])).dtype).toBe("float64");
  expect(single.matmul(single).dtype).toBe("float32");
});

test.each([
  [() => Matrix.from([]), "Matrix.from: there are no rows"],
  [
    () => Matrix.from([[1, 2], [3]]),
    "Matrix.from: all rows must have the same length; row 0 has 2 numbers, row 1 has 1",
  ],
  [() => Matrix.fromArray([1, 2, 3], [2, 2]), "Matrix.fromArray: [2, 2] needs 4 numbers, got 3"],
  [
    () => a.matmul(a),
    "matmul: the columns of the left must equal the rows of the right; [2, 3] · [2, 3] has 3 and 2. Did you mean a.matmul(b.transpose())?",
  ],
  [
    () => a.add(Matrix.zeros(2, 2)),
    "add: both matrices must have the same shape, or the right one be a single row of 3; got [2, 3] and [2, 2]",
  ],
  [() => a.at(2, 0), "Matrix: there is no row 2; a [2, 3] matrix has rows 0 to 1"],
  [() => a.at(0, -1), "Matrix: there is no column -1; a [2, 3] matrix has columns 0 to 2"],
  [() => a.takeRows([0.5]), "Matrix: there is no row 0.5"],
  [() => Matrix.zeros(-1, 2), "Matrix: rows must be a whole number of at least 0, got -1"],
  [() => Matrix.zeros(0, 2).mean(), "Matrix.mean: the matrix [0, 2] is empty"],
])("a wrong shape is named: %#", (act, message) => {
  expect(act).toThrow(message);
});

test("as text a matrix shows shape, format and numbers in columns", () => {
  expect(
    String(
      Matrix.from([
        [1, 0.123456789],
        [-20, 3],
      ]),
    ),
  ).toBe("Matrix [2, 2] float64\n  [  1, 0.12346]\n  [-20,       3]");
});

test("as text a big matrix is shortened to 10 rows and columns around a gap", () => {
  const lines = String(Matrix.zeros(1000, 500)).split("\n");
  expect(lines).toHaveLength(1 + 11);
  expect(lines[6]).toMatch(/…/);
  expect(lines[1].match(/0/g)).toHaveLength(10);
});
