import { describe, expect, test } from "vitest";
import {
  auc,
  dense,
  f1,
  huber,
  losses,
  Matrix,
  metrics,
  precision,
  r2,
  Random,
  recall,
  rmse,
  Sequential,
  topKAccuracy,
} from "../../src/engine/index.js";
import type { LossName, Metric, MetricName } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";
import { reference } from "./metrics-reference.js";

const random = new Random(8);

/** The metric of rows that come in batches of 1, 2, 3, ... rows. */
function inBatches(
  metric: Metric,
  { predicted, target, loss }: { predicted: Matrix; target: Matrix; loss: LossName },
): number {
  const compiled = metric.forLoss(losses[loss]());
  compiled.checkTarget(target, "test", predicted.cols);
  const count = compiled.begin();
  // What was counted before a reset leaves no trace.
  count.add(predicted.data, target.data, predicted.cols);
  count.reset();
  for (let start = 0, size = 1; start < predicted.rows; start += size, size++) {
    const [p, t] = [predicted.sliceRows(start, start + size), target.sliceRows(start, start + size)];
    count.add(p.data, t.data, p.cols);
  }
  return count.value();
}

function column(values: readonly number[]): Matrix {
  return Matrix.from(values.map((value) => [value]));
}

function oneHot(classes: readonly number[], count: number): Matrix {
  return Matrix.zeros(classes.length, count).map((_, r, c) => (classes[r] === c ? 1 : 0));
}

describe("metrics gathered batch by batch give scikit-learn's numbers for all rows (fixtures/metrics)", () => {
  const average = ["macro", "weighted", "micro"] as const;
  const cases = reference.classes.filter(
    ({ zeroDivision, classes }) => zeroDivision === 0 && classes === undefined,
  );
  test.each(cases)("precision, recall, f1: $name", (one) => {
    const classes = Math.max(2, ...one.actual.map((c) => c + 1), ...one.predicted.map((c) => c + 1));
    const predicted = oneHot(one.predicted, classes);
    for (const kind of ["precision", "recall", "f1"] as const) {
      for (const way of average) {
        const metric = metrics[kind]({ average: way });
        const target = oneHot(one.actual, classes);
        const byRows = inBatches(metric, { predicted, target, loss: "categoricalCrossentropy" });
        const byNumbers = inBatches(metric, {
          predicted,
          target: column(one.actual),
          loss: "sparseCategoricalCrossentropy",
        });
        expectClose([byRows, byNumbers], [one[kind][way], one[kind][way]], { tolerance: 1e-15 });
      }
    }
  });

  test.each(reference.roc)("auc: $name", ({ actual, scores, auc: due }) => {
    const target = column(actual.map((c) => (c === 1 ? 1 : 0)));
    const value = inBatches(metrics.auc(), { predicted: column(scores), target, loss: "mse" });
    expectClose(value, due, { tolerance: 1e-15 });
  });

  test("topKAccuracy", () => {
    for (const { actual, scores, accuracy } of reference.topK) {
      for (const [k, due] of Object.entries(accuracy)) {
        const [predicted, target] = [Matrix.from(scores), column(actual)];
        const metric = metrics.topKAccuracy({ k: Number(k) });
        expectClose(inBatches(metric, { predicted, target, loss: "sparseCategoricalCrossentropy" }), due, {
          tolerance: 1e-15,
        });
      }
    }
  });

  test.each(reference.regression)("rmse and r2: $name", (one) => {
    const matrix = (values: number[] | number[][]): Matrix =>
      Matrix.from(values.map((value) => (Array.isArray(value) ? value : [value])));
    const pair = { predicted: matrix(one.predicted), target: matrix(one.actual), loss: "mse" as const };
    expectClose([inBatches(metrics.rmse(), pair), inBatches(metrics.r2(), pair)], [one.rmse, one.r2], {
      tolerance: 1e-13,
    });
  });
});

describe("the functions of the same names give the same", () => {
  test("for one output", () => {
    const target = column(Array.from({ length: 90 }, () => random.int(2)));
    const predicted = target.map((value) => Math.round(20 * (value * 0.3 + random.uniform() * 0.7)) / 20);
    const pair = { predicted, target, loss: "binaryCrossentropy" as const };
    const classes = Array.from(predicted.data, (p) => (p > 0.5 ? 1 : 0));
    const actual = Array.from(target.data);
    expect(inBatches(metrics.precision(), pair)).toBe(precision(actual, classes));
    expect(inBatches(metrics.recall(), pair)).toBe(recall(actual, classes));
    expect(inBatches(metrics.f1(), pair)).toBe(f1(actual, classes));
    expect(inBatches(metrics.auc(), pair)).toBe(auc(actual, predicted));
    expectClose(inBatches(metrics.rmse(), pair), rmse(target, predicted), { tolerance: 1e-14 });
    expectClose(inBatches(metrics.r2(), pair), r2(target, predicted), { tolerance: 1e-14 });
  });

  test("for three classes", () => {
    const actual = Array.from({ length: 60 }, () => random.int(3));
    const predicted = Matrix.zeros(60, 3).map(() => random.uniform());
    const pair = { predicted, target: column(actual), loss: "sparseCategoricalCrossentropy" as const };
    expect(inBatches(metrics.topKAccuracy(), pair)).toBe(topKAccuracy(actual, predicted));
    expect(inBatches(metrics.accuracy(), pair)).toBe(topKAccuracy(actual, predicted, { k: 1 }));
  });
});

test("rmse is the root of the mean, not the mean of roots; r2 keeps its digits far from 0", () => {
  const pair = { predicted: column([0, 0, 0]), target: column([0, 3, 4]), loss: "mse" as const };
  expectClose(inBatches(metrics.rmse(), pair), Math.sqrt(25 / 3), { tolerance: 1e-15 });
  const far = {
    predicted: column([1e8, 1e8 + 1, 1e8 + 3]),
    target: column([1e8, 1e8 + 1, 1e8 + 2]),
    loss: "mse" as const,
  };
  expectClose(inBatches(metrics.r2(), far), 0.5, { tolerance: 1e-12 });
});

test("binaryAccuracy and multi-label precision take each output as a decision of its own", () => {
  const predicted = Matrix.from([[0.9, 0.8, 0.1], [0.2, 0.7, 0.6]]); // prettier-ignore
  const target = Matrix.from([[1, 0, 0], [0, 1, 1]]); // prettier-ignore
  const pair = { predicted, target, loss: "binaryCrossentropy" as const };
  expect(inBatches(metrics.binaryAccuracy(), pair)).toBeCloseTo(5 / 6, 15);
  expect(inBatches(metrics.binaryAccuracy({ threshold: 0.85 }), pair)).toBeCloseTo(4 / 6, 15);
  // Found: (0,0), (0,1), (1,1), (1,2); right: three of them. No label was missed.
  expect(inBatches(metrics.precision({ average: "micro" }), pair)).toBe(0.75);
  expect(inBatches(metrics.recall({ average: "micro" }), pair)).toBe(1);
  expect(inBatches(metrics.precision({ average: "macro" }), pair)).toBeCloseTo((1 + 0.5 + 1) / 3, 15);
});

test("fit, evaluate and validation record every metric under its name", async () => {
  const x = Matrix.zeros(50, 3).map(() => random.normal());
  const y = x
    .map((value) => value + 0.1)
    .matmul(Matrix.from([[1], [2], [-1]]))
    .map((value) => (value > 0 ? 1 : 0));
  const model = new Sequential({
    layers: [dense(4, { activation: "tanh" }), dense(1, { activation: "sigmoid" })],
  });
  const names: MetricName[] = [
    "accuracy",
    "binaryAccuracy",
    "precision",
    "recall",
    "f1",
    "auc",
    "mse",
    "mae",
    "rmse",
    "r2",
  ];
  model.compile({
    loss: "binaryCrossentropy",
    optimizer: "adam",
    metrics: [...names, metrics.f1({ threshold: 0.3, name: "low" })],
  });
  const { history } = await model.fit(x, y, { epochs: 2, validationSplit: 0.4, batchSize: 7 });
  const logs = ["loss", ...names, "low"];
  expect(Object.keys(history)).toEqual([...logs, ...logs.map((name) => `val_${name}`)]);
  const [p, all] = [model.predict(x), model.evaluate(x, y)];
  expect(all.auc).toBe(auc(Array.from(y.data), p));
  expectClose(all.rmse, rmse(y, p), { tolerance: 1e-12 });
  // The same in one batch as in many.
  expectClose(Object.values(model.evaluate(x, y, { batchSize: 3 })), Object.values(all), { tolerance: 1e-7 });
});

describe("bad use is explained", () => {
  const binary = losses.binaryCrossentropy();
  const check =
    (
      metric: Metric,
      {
        target,
        outputs,
        loss = binary,
      }: { target: Matrix; outputs: number; loss?: ReturnType<(typeof losses)["mse"]> },
    ) =>
    () =>
      metric.forLoss(loss).checkTarget(target, "fit", outputs);
  const classes = column([0, 1, 2, 1]);
  test.each<[string, () => unknown, string]>([
    [
      "auc of one class",
      check(metrics.auc(), { target: column([1, 1]), outputs: 1 }),
      "fit: the metric auc needs rows of both classes; all 2 rows are of class 1",
    ],
    [
      "auc of three",
      check(metrics.auc(), { target: oneHot([0, 1, 2], 3), outputs: 3 }),
      "fit: the metric auc is for one output or two classes, the model has 3 outputs; use the function auc for one class at a time: auc(classes, output.column(1), { positive: 1 })",
    ],
    [
      "precision of three",
      check(metrics.precision(), { target: oneHot([0, 1, 2], 3), outputs: 3 }),
      'fit: the metric precision is for one output or two classes, the model has 3 outputs; say how to combine them: metrics.precision({ average: "macro" })',
    ],
    [
      "recall of quantities",
      check(metrics.recall(), { target: column([0.5, 7]), outputs: 1 }),
      "fit: recall counts classes, so targets must be 0 and 1; got 7 in row 1, column 0. For quantities use the metric mae or mse.",
    ],
    [
      "r2 of one row",
      check(metrics.r2(), { target: column([1]), outputs: 1 }),
      "fit: the metric r2 needs at least 2 rows; a single row has no spread to compare the errors with",
    ],
    [
      "rmse of class numbers",
      check(metrics.rmse(), { target: classes, outputs: 3, loss: losses.sparseCategoricalCrossentropy() }),
      "fit: the metric rmse needs quantities, not class numbers; use accuracy",
    ],
    [
      "binaryAccuracy of class numbers",
      check(metrics.binaryAccuracy(), {
        target: classes,
        outputs: 3,
        loss: losses.sparseCategoricalCrossentropy(),
      }),
      "fit: the metric binaryAccuracy needs targets of 0 and 1, not class numbers; use accuracy",
    ],
    [
      "k as large as the outputs",
      check(metrics.topKAccuracy({ k: 3 }), { target: oneHot([0], 3), outputs: 3 }),
      "fit: k of the metric topKAccuracy must be below the 3 outputs of the model (it would always be right), got 3",
    ],
    [
      "k of 0",
      () => metrics.topKAccuracy({ k: 0 }),
      "topKAccuracy: k must be a whole number of at least 1, got 0",
    ],
    [
      "an unknown average",
      () => metrics.f1({ average: "mean" as "macro" }),
      'average "mean" is unknown; known are binary, macro, weighted, micro.',
    ],
    [
      "a threshold that is none",
      () => metrics.f1({ threshold: NaN }),
      "f1: threshold must be a finite number, got NaN",
    ],
    [
      "a metric twice",
      () => new Sequential().compile({ loss: "mse", metrics: ["mae", metrics.mae()] }),
      'compile: metrics must be names that differ from each other and from "loss" (give one of them another: { name: "..." }), got "mae"',
    ],
    [
      "the name loss",
      () => new Sequential().compile({ loss: "mse", metrics: [metrics.mae({ name: "loss" })] }),
      "compile: metrics must be names that differ",
    ],
    [
      "no list",
      () => new Sequential().compile({ loss: huber(), metrics: "mae" as never }),
      'compile: metrics must be a list, such as ["accuracy"], got "mae"',
    ],
    [
      "the function of that name",
      () => new Sequential().compile({ loss: "mse", metrics: [precision as never] }),
      "metric the function scored is unknown; known are accuracy, binaryAccuracy",
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
