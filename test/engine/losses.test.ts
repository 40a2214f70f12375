import { describe, expect, test } from "vitest";
import {
  activations,
  binaryCrossentropy,
  categoricalCrossentropy,
  checkGradient,
  gaussianNegativeLogLikelihood,
  huber,
  losses,
  mae,
  Matrix,
  mse,
  Random,
  sparseCategoricalCrossentropy,
} from "../../src/engine/index.js";
import type { Loss, LossName } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const cols = 3;
/** Rows of class numbers, one column; and of one target for each pair of mean and log-variance. */
const special: Partial<Record<LossName, { cols: number; target: Float64Array }>> = {
  sparseCategoricalCrossentropy: { cols: 3, target: Float64Array.from([1, 0]) },
  gaussianNegativeLogLikelihood: { cols: 2, target: Float64Array.from([0.5, -1, 2]) },
};
const random = new Random(5);
const oneHot = Float64Array.from([0, 1, 0, 1, 0, 0]);
const all: { title: string; loss: Loss }[] = Object.keys(losses).flatMap((name) =>
  [false, true]
    .map((fromLogits) => losses[name as LossName]({ fromLogits }))
    .filter((loss, i) => i === 0 || loss.fromLogits)
    .map((loss) => ({ title: `${loss.name}${loss.fromLogits ? " from logits" : ""}`, loss })),
);

describe.each(all)("$title", ({ loss }) => {
  const { cols, target } = special[loss.name] ?? { cols: 3, target: oneHot };

  test("its gradient agrees with central differences", () => {
    const at = Float64Array.from({ length: 6 }, () => random.uniform({ low: 0.1, high: 0.9 }));
    const gradient = new Float64Array(6);
    loss.formula.gradient(at, target, gradient, cols);
    const f = (p: Float64Array): number => loss.formula.value(p, target, cols);
    expect(checkGradient({ f, gradient, at }, { tolerance: 1e-8 })).toMatchObject({ ok: true });
  });

  test("value and gradient are finite at 0, 1 and ±1000", () => {
    for (const extreme of [
      [0, 1, 0, 0, 1, 0],
      [1000, -1000, 0, -1000, 1000, 1000],
    ]) {
      if (extreme.includes(1000) && loss.fused !== undefined && !loss.fromLogits) continue; // no probabilities
      const p = Float64Array.from(extreme);
      const gradient = new Float64Array(6);
      loss.formula.gradient(p, target, gradient, cols);
      expect([loss.formula.value(p, target, cols), ...gradient].every(Number.isFinite)).toBe(true);
    }
  });

  test("two equal halves have the loss of one: it is a mean over rows", () => {
    const half = Matrix.from([[0.2, 0.5, 0.3].slice(0, cols)]);
    const due = Matrix.fromArray(target.slice(0, loss.targetColumns(cols)), [1, loss.targetColumns(cols)]);
    const twice = { predicted: half.takeRows([0, 0]), target: due.takeRows([0, 0]) };
    expectClose(loss.value(twice), loss.value({ predicted: half, target: due }), { tolerance: 1e-15 });
    expectClose(
      loss.gradient(twice).row(1),
      loss.gradient({ predicted: half, target: due }).scale(0.5).row(0),
      { tolerance: 1e-15 },
    );
  });

  test("a NaN among the predictions makes the loss NaN, not a number that looks fine", () => {
    const due = Matrix.zeros(1, loss.targetColumns(2));
    expect(loss.value({ predicted: [[NaN, 0.5]], target: due })).toBeNaN();
  });

  test("different shapes are refused", () => {
    const rule = special[loss.name]
      ? `for predicted of [1, 4] target must be [1, ${loss.targetColumns(4)}]`
      : "predicted and target must have the same shape";
    expect(() => loss.value({ predicted: [[1, 2, 3, 4]], target: [[1, 2, 3]] })).toThrow(
      `${loss.name}: ${rule}, got [1, 4] and [1, 3]`,
    );
  });
});

describe.each([
  { loss: binaryCrossentropy(), logits: binaryCrossentropy({ fromLogits: true }) },
  { loss: categoricalCrossentropy(), logits: categoricalCrossentropy({ fromLogits: true }) },
  { loss: sparseCategoricalCrossentropy(), logits: sparseCategoricalCrossentropy({ fromLogits: true }) },
])("$loss.name and its activation", ({ loss, logits }) => {
  const fused = loss.fused!;
  const target = loss.sparse ? Float64Array.from([1, 0]) : oneHot;
  const activation = activations[fused.activation];
  const z = Float64Array.from([0.3, -1.2, 2, 0.1, 0.7, -0.4]);
  const y = new Float64Array(6);
  activation.forward(z, y, cols);

  test("from logits equals from probabilities after the activation", () => {
    expectClose(logits.formula.value(z, target, cols), loss.formula.value(y, target, cols), {
      tolerance: 1e-12,
    });
    expectClose(fused.value(z, target, cols), loss.formula.value(y, target, cols), { tolerance: 1e-12 });
  });

  test("the fused gradient equals the two derivatives one after the other", () => {
    const apart = new Float64Array(6);
    const slope = new Float64Array(6);
    const together = new Float64Array(6);
    loss.formula.gradient(y, target, slope, cols);
    activation.backward(slope, { x: z, y }, apart, cols);
    fused.gradient(y, target, together, cols);
    expectClose(together, apart, { tolerance: 1e-12 });
  });
});

test("categorical cross-entropy ignores a common offset of the logits", () => {
  const loss = categoricalCrossentropy({ fromLogits: true });
  const predicted = Matrix.from([[0.3, -1.2, 2]]);
  const target = [[0, 0, 1]];
  expectClose(loss.value({ predicted: predicted.add(700), target }), loss.value({ predicted, target }), {
    tolerance: 1e-12,
  });
});

test("a confident wrong logit of 1000 costs 1000, not infinity", () => {
  expect(
    categoricalCrossentropy({ fromLogits: true }).value({ predicted: [[1000, 0]], target: [[0, 1]] }),
  ).toBe(1000);
  expect(binaryCrossentropy({ fromLogits: true }).value({ predicted: [[1000]], target: [[0]] })).toBe(1000);
});

test("a perfect prediction costs nothing, up to the clip at 1e-7", () => {
  const pair = { predicted: [[0, 1]], target: [[0, 1]] };
  for (const loss of [mse(), mae(), binaryCrossentropy(), categoricalCrossentropy()]) {
    expectClose(loss.value(pair), 0, { tolerance: 1.1e-7 });
  }
});

test("mse of errors 1 and 3 is 5, mae is 2", () => {
  const pair = { predicted: [[1], [0]], target: [[0], [3]] };
  expect(mse().value(pair)).toBe(5);
  expect(mae().value(pair)).toBe(2);
});

test("cross-entropy refuses targets that are no probabilities", () => {
  const check = (loss: Loss, rows: number[][]) => () => loss.checkTarget(Matrix.from(rows), "fit");
  expect(check(binaryCrossentropy(), [[0], [-1]])).toThrow(
    "fit: the loss binaryCrossentropy needs targets from 0 to 1, got -1 in row 1, column 0. If the classes are -1 and 1, write them as 0 and 1.",
  );
  expect(check(categoricalCrossentropy(), [[1, 1, 0]])).toThrow(
    "fit: the loss categoricalCrossentropy needs one-hot targets, each row summing to 1; row 0 is [1, 1, 0].",
  );
  expect(check(categoricalCrossentropy(), [[0, 2]])).toThrow(
    "got 2 in row 0, column 1. Class numbers need oneHot",
  );
});

test("sparse and one-hot cross-entropy agree, in value and gradient", () => {
  const predicted = Matrix.from([
    [0.2, 0.5, 0.3],
    [0.6, 0.3, 0.1],
  ]);
  const hot = [
    [0, 0, 1],
    [1, 0, 0],
  ];
  for (const fromLogits of [false, true]) {
    const [sparse, dense] = [
      sparseCategoricalCrossentropy({ fromLogits }),
      categoricalCrossentropy({ fromLogits }),
    ];
    const [a, b] = [
      { predicted, target: [2, 0] },
      { predicted, target: hot },
    ];
    expectClose(sparse.value(a), dense.value(b), { tolerance: 1e-15 });
    expectClose(sparse.gradient(a), dense.gradient(b), { tolerance: 1e-15 });
  }
});

test("sparse cross-entropy refuses class numbers that are none", () => {
  const check = (label: number) => () =>
    sparseCategoricalCrossentropy().value({ predicted: [[0.2, 0.8]], target: [label] });
  expect(check(2)).toThrow(
    "needs class numbers 0 to 1, got 2 in row 0. Are the classes counted from 1? They count from 0.",
  );
  expect(check(-1)).toThrow("needs class numbers 0 to 1, got -1 in row 0.");
  expect(check(0.5)).toThrow("needs class numbers 0 to 1, got 0.5 in row 0.");
});

test("huber is half of mse for small errors, and beyond delta it grows by delta a unit", () => {
  const pair = { predicted: [[0.5], [-0.2]], target: [[0], [0]] };
  expectClose(huber().value(pair), mse().value(pair) / 2, { tolerance: 1e-15 });
  const at = (error: number): number => huber({ delta: 2 }).value({ predicted: [[error]], target: [[0]] });
  expect(at(11) - at(10)).toBe(2);
  expect(() => huber({ delta: 0 })).toThrow("huber: delta must be a finite number above 0, got 0");
});

test("the Gaussian loss is -ln of the density, and smallest where the variance is that of the errors", () => {
  const loss = gaussianNegativeLogLikelihood();
  const [mean, variance, t] = [1, 4, 2.5];
  const density = Math.exp(-((t - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  const at = (s: number): number => loss.value({ predicted: [[mean, s]], target: [[t]] });
  expectClose(at(Math.log(variance)), -Math.log(density), { tolerance: 1e-15 });
  const best = Math.log((t - mean) ** 2);
  expect(at(best)).toBeLessThan(Math.min(at(best - 0.1), at(best + 0.1)));
});
