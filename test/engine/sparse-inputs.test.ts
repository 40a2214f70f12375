import { describe, expect, test } from "vitest";
import {
  DataError,
  dense,
  dropout,
  Matrix,
  Random,
  Sequential,
  SparseMatrix,
} from "../../src/engine/index.js";

const random = new Random(17);

/** Word counts: 60 rows over 90 words, one number in fifteen is not 0. */
const full = Matrix.zeros(60, 90, { dtype: "float32" }).map(() =>
  random.uniform() < 1 / 15 ? 1 + random.int(4) : 0,
);
const sparse = SparseMatrix.fromMatrix(full);
const y = Matrix.zeros(60, 3).map((_, r, c) => (r % 3 === c ? 1 : 0));

function compiled(): Sequential {
  const model = new Sequential({
    seed: 4,
    layers: [dense(16, { activation: "relu" }), dropout(0.2), dense(3, { activation: "softmax" })],
  });
  return model.compile({ loss: "categoricalCrossentropy", optimizer: "adam", metrics: ["accuracy"] });
}

describe("a sparse x gives, to the last bit, what its dense form gives", () => {
  test("in fit with shuffling, dropout, a smaller last batch, validation and Adam", async () => {
    const [a, b] = [compiled(), compiled()];
    const options = { epochs: 5, batchSize: 8, validationSplit: 0.25 };
    const [left, right] = [await a.fit(sparse, y, options), await b.fit(full, y, options)];
    expect(left.history).toEqual(right.history);
    expect(a.weights.map((w) => JSON.stringify(w))).toEqual(b.weights.map((w) => JSON.stringify(w)));
  });

  test("in predict, evaluate, lossAndGradients and validationData", async () => {
    const model = compiled();
    await model.fit(sparse, y, { validationData: [sparse, y] });
    expect(model.predict(sparse, { batchSize: 7 }).equals(model.predict(full, { batchSize: 7 }))).toBe(true);
    expect(model.evaluate(sparse, y)).toEqual(model.evaluate(full, y));
    expect(model.lossAndGradients(sparse, y)).toEqual(model.lossAndGradients(full, y));
  });

  test("in a float64 model", () => {
    const model = new Sequential({ dtype: "float64", layers: [dense(2)] });
    expect(model.predict(sparse).equals(model.predict(full))).toBe(true);
  });
});

test("training works on it: the loss falls and the rows are told apart", async () => {
  const model = compiled();
  const { history } = await model.fit(sparse, y, { epochs: 60, batchSize: 8 });
  expect(history.loss.at(-1)!).toBeLessThan(history.loss[0] / 4);
  expect(model.evaluate(sparse, y)["accuracy"]).toBeGreaterThan(0.95);
});

test("bad sparse input is explained", async () => {
  const model = compiled();
  const holed = SparseMatrix.fromMatrix(full);
  const place = holed.rowStarts[7];
  holed.values[place] = NaN;
  await expect(model.fit(holed, y)).rejects.toThrow(
    new DataError(
      "fit",
      `x has NaN in row 7, column ${holed.columns[place]} (counted from 0). Drop the row or fill in the value first.`,
    ),
  );
  await model.fit(sparse, y);
  expect(() => model.predict(SparseMatrix.fromMatrix(Matrix.zeros(2, 5)))).toThrow(
    'dense "dense": expects 90 input features, got 5; input is [2, 5].',
  );
  expect(() => model.evaluate(sparse, y.sliceRows(1))).toThrow("x and y must have the same number of rows");
  expect(() => model.predict(SparseMatrix.fromMatrix(Matrix.zeros(0, 90)))).toThrow(
    "x is empty: its shape is [0, 90]",
  );
});
