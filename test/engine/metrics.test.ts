import { describe, expect, test } from "vitest";
import { Matrix, metrics } from "../../src/engine/index.js";
import type { MetricName } from "../../src/engine/index.js";

function mean(
  name: MetricName,
  pair: { predicted: number[][]; target: number[][]; fromLogits?: boolean },
): number {
  const [predicted, target] = [Matrix.from(pair.predicted), Matrix.from(pair.target)];
  const count = metrics[name]()
    .forLoss({ fromLogits: pair.fromLogits ?? false })
    .begin();
  count.add(predicted.data, target.data, predicted.cols);
  return count.value();
}

test("accuracy of several outputs compares the largest of each row", () => {
  const predicted = [
    [0.2, 0.5, 0.3],
    [0.9, 0.05, 0.05],
  ];
  expect(
    mean("accuracy", {
      predicted,
      target: [
        [0, 1, 0],
        [0, 0, 1],
      ],
    }),
  ).toBe(0.5);
});

test("accuracy of one output parts at 0.5, of one logit at 0", () => {
  const target = [[1], [0], [1], [0]];
  expect(mean("accuracy", { predicted: [[0.6], [0.4], [0.2], [0.1]], target })).toBe(0.75);
  expect(mean("accuracy", { predicted: [[0.2], [-0.4], [3], [-0.1]], target, fromLogits: true })).toBe(1);
  expect(mean("accuracy", { predicted: [[0.2], [-0.4], [3], [-0.1]], target })).toBe(0.75);
});

test("mse and mae are means over rows and columns", () => {
  const pair = {
    predicted: [
      [1, 2],
      [3, 4],
    ],
    target: [
      [1, 0],
      [0, 4],
    ],
  };
  expect(mean("mse", pair)).toBe(13 / 4);
  expect(mean("mae", pair)).toBe(5 / 4);
});

describe.each(Object.keys(metrics) as MetricName[])("%s", (name) => {
  test("calls itself by its name in the table", () => {
    expect(metrics[name]().name).toBe(name);
  });

  test("does not depend on the order of the rows", () => {
    const [predicted, target] = [
      [[0.1], [0.7], [0.4]],
      [[0], [1], [1]],
    ];
    expect(mean(name, { predicted: [...predicted].reverse(), target: [...target].reverse() })).toBeCloseTo(
      mean(name, { predicted, target }),
      14,
    );
  });
});

test("accuracy of quantities is refused", () => {
  expect(() =>
    metrics
      .accuracy()
      .forLoss({ fromLogits: false })
      .checkTarget(Matrix.from([[0], [3.7]]), "fit", 1),
  ).toThrow(
    "fit: accuracy counts right classes, so targets must be 0 and 1; got 3.7 in row 1, column 0. For quantities use the metric mae or mse.",
  );
});
