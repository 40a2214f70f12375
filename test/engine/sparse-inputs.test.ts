import { describe, expect, test } from "vitest";
import {
  activation,
  adam,
  batchNormalization,
  DataError,
  dense,
  dropout,
  exponentialDecay,
  input,
  l1l2,
  Matrix,
  maxNorm,
  optimizers,
  Random,
  rmsprop,
  Sequential,
  sgd,
  SparseMatrix,
  type DenseOptions,
  type FitOptions,
  type Optimizer,
} from "../../src/engine/index.js";
import { thinned } from "../../src/engine/inputs.js";

const random = new Random(17);

/** Word counts: 60 rows over 60 words, one number in fifteen is not 0. So few columns stay dense unless somebody makes them sparse. */
const full = Matrix.zeros(60, 60, { dtype: "float32" }).map(() =>
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

const bits = (model: Sequential): string[] => model.weights.map((w) => JSON.stringify(w));

describe("every weight moves as on dense rows, to the last bit", () => {
  const cases: Record<string, { optimizer: Optimizer; layer?: DenseOptions; fit?: FitOptions }> = {
    ...Object.fromEntries(Object.entries(optimizers).map(([name, make]) => [name, { optimizer: make() }])),
    "rmsprop, centered": { optimizer: rmsprop({ centered: true, momentum: 0.5 }) },
    "a schedule": {
      optimizer: adam({
        learningRate: exponentialDecay({ learningRate: 0.1, decaySteps: 3, decayRate: 0.9 }),
      }),
    },
    clipNorm: { optimizer: adam({ clipNorm: 0.01 }) },
    clipValue: { optimizer: sgd({ clipValue: 1e-3 }) },
    globalClipNorm: { optimizer: adam({ globalClipNorm: 0.01 }) },
    "a regularizer": { optimizer: adam(), layer: { kernelRegularizer: l1l2() } },
    "a regularizer of the outputs": { optimizer: adam(), layer: { activityRegularizer: "l2" } },
    "a constraint": { optimizer: sgd({ learningRate: 0.5 }), layer: { kernelConstraint: maxNorm(0.5) } },
    "no bias": { optimizer: adam(), layer: { useBias: false } },
    "sample weights": {
      optimizer: adam(),
      fit: { sampleWeight: Array.from({ length: 60 }, (_, i) => i / 30) },
    },
    "class weights": { optimizer: adam(), fit: { classWeight: { 0: 3 } } },
    "one batch, in order": { optimizer: adam(), fit: { batchSize: 60, shuffle: false } },
  };

  test.each(Object.keys(cases))("with %s", async (name) => {
    const { layer, fit } = cases[name];
    const [a, b] = [sparse, full].map((x) => {
      // Only the settings are shared, not what an optimizer remembers.
      const model = new Sequential({
        seed: 8,
        layers: [dense(37, { activation: "tanh", ...layer }), dense(3, { activation: "softmax" })],
      }).compile({ loss: "categoricalCrossentropy", optimizer: cases[name].optimizer });
      return { model, x };
    });
    await a.model.fit(a.x, y, { epochs: 3, batchSize: 11, ...fit });
    await b.model.fit(b.x, y, { epochs: 3, batchSize: 11, ...fit });
    expect(bits(a.model)).toEqual(bits(b.model));
    expect(a.model.weights[0]["kernel"].data.every(Number.isFinite)).toBe(true);
  });

  test("by hand with trainOnBatch", () => {
    const [a, b] = [compiled(), compiled()];
    for (let step = 0; step < 3; step++) expect(a.trainOnBatch(sparse, y)).toEqual(b.trainOnBatch(full, y));
    expect(bits(a)).toEqual(bits(b));
  });
});

test("after training and after prediction the parameters show the gradient of the last step, as on dense rows", async () => {
  const [a, b] = [compiled(), compiled()];
  const shown = (model: Sequential): number[] => Array.from(model.layers[0].parameters[0].gradient.data);
  a.trainOnBatch(sparse, y);
  b.trainOnBatch(full, y);
  a.predict(sparse.takeRows([3, 4]));
  b.predict(full.takeRows([3, 4]));
  expect(shown(a)).toEqual(shown(b));
  expect(shown(a).some((slope) => slope !== 0)).toBe(true);
});

test.each([
  ["dropout", () => dropout(0.3)],
  ["batch normalization", () => batchNormalization()],
  ["an activation", () => activation("tanh")],
])("%s as first layer gets the rows written out", async (_, first) => {
  const [a, b] = [sparse, full].map((x) => {
    const layers = [input(60), first(), dense(3, { activation: "softmax" })];
    const model = new Sequential({ seed: 2, layers });
    return { x, model: model.compile({ loss: "categoricalCrossentropy", optimizer: "adam" }) };
  });
  await a.model.fit(a.x, y, { epochs: 2, batchSize: 25 });
  await b.model.fit(b.x, y, { epochs: 2, batchSize: 25 });
  expect(bits(a.model)).toEqual(bits(b.model));
  expect(a.model.predict(sparse).equals(b.model.predict(full))).toBe(true);
});

describe("dense rows that are mostly zeros", () => {
  const rare = (cols: number, share: number): Matrix =>
    Matrix.zeros(40, cols, { dtype: "float32" }).map(() => (random.uniform() < share ? 1 : 0));

  test("are turned into sparse ones where that pays: in float32, of at least 64 columns, one in eight not 0", () => {
    expect(thinned(rare(80, 0.05))).toBeInstanceOf(SparseMatrix);
    const others = [rare(80, 0.3), rare(60, 0.05), rare(80, 0.05).copy({ dtype: "float64" })];
    for (const matrix of others) expect(thinned(matrix)).toBe(matrix);
  });

  test("train and predict to the same bits as sparse ones", async () => {
    const x = rare(200, 0.05);
    const labels = y.sliceRows(0, 40);
    const [a, b] = [compiled(), compiled()];
    await a.fit(x, labels, { epochs: 2, batchSize: 16, validationSplit: 0.2 });
    await b.fit(SparseMatrix.fromMatrix(x), labels, { epochs: 2, batchSize: 16, validationSplit: 0.2 });
    expect(bits(a)).toEqual(bits(b));
    expect(a.predict(x).equals(b.predict(SparseMatrix.fromMatrix(x)))).toBe(true);
  });
});

test("rows without a single entry, and columns that no row has, are no trouble", async () => {
  const x = SparseMatrix.fromMatrix(
    Matrix.zeros(6, 70, { dtype: "float32" }).map((_, r, c) => (r === 3 && c === 7 ? 2 : 0)),
  );
  const model = compiled();
  await model.fit(x, y.sliceRows(0, 6), { batchSize: 2, shuffle: false });
  expect(model.predict(x).row(0)).toEqual(model.predict(x).row(5));
});

test("training works on it: the loss falls and the rows are told apart", async () => {
  const model = compiled();
  const { history } = await model.fit(sparse, y, { epochs: 120, batchSize: 8 });
  expect(history.loss.at(-1)!).toBeLessThan(history.loss[0] / 4);
  expect(model.evaluate(sparse, y)["accuracy"]).toBeGreaterThan(0.95);
});

test("a matrix whose arrays were changed afterwards is refused before a kernel reads them", async () => {
  const model = compiled();
  await model.fit(sparse, y);
  const before = bits(model);
  for (const column of [60, -1, 2 ** 30]) {
    const changed = SparseMatrix.fromMatrix(full);
    changed.columns[5] = column;
    await expect(model.fit(changed, y, { batchSize: 60 })).rejects.toThrow(
      `SparseMatrix: there is a column ${column} now, in a matrix of 60 columns`,
    );
    expect(() => model.predict(changed)).toThrow("make a new matrix instead of changing its arrays");
  }
  expect(bits(model)).toEqual(before);
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
    'dense "dense": expects 60 input features, got 5; input is [2, 5].',
  );
  expect(() => model.evaluate(sparse, y.sliceRows(1))).toThrow("x and y must have the same number of rows");
  expect(() => model.predict(SparseMatrix.fromMatrix(Matrix.zeros(0, 60)))).toThrow(
    "x is empty: its shape is [0, 60]",
  );
});
