import { describe, expect, test } from "vitest";
import { adam, momentum, optimizers, sgd } from "../../src/engine/index.js";
import type { Optimizer, OptimizerName } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

/** Five steps on f(w) = w²/2 from 5, whose gradient is w itself, in float32 as Keras did. */
function fiveSteps(optimizer: Optimizer): number[] {
  const w = Float32Array.of(5);
  const step = optimizer.createRule(w);
  return Array.from({ length: 5 }, () => {
    step(w, Float32Array.from(w));
    return w[0];
  });
}

// COURSE.md E4: Keras 3.15.1, float32, printed with seven digits.
test.each([
  { title: "sgd 0.1", optimizer: sgd({ learningRate: 0.1 }), expected: [4.5, 4.05, 3.645, 3.2805, 2.95245] },
  {
    title: "momentum 0.1, 0.9",
    optimizer: momentum({ learningRate: 0.1 }),
    expected: [4.5, 3.6, 2.43, 1.134, -0.1458],
  },
  {
    title: "nesterov 0.1, 0.9",
    optimizer: momentum({ learningRate: 0.1, nesterov: true }),
    expected: [4.05, 2.8755, 1.636605, 0.46944, -0.522908],
  },
  {
    title: "adam 0.01",
    optimizer: adam({ learningRate: 0.01 }),
    expected: [4.99, 4.980001, 4.970003, 4.960005, 4.95001],
  },
])("$title walks the golden trajectory", ({ optimizer, expected }) => {
  expectClose(fiveSteps(optimizer), expected, { tolerance: 1e-6 });
});

describe.each(Object.keys(optimizers) as OptimizerName[])("%s", (name) => {
  test("finds the bottom of a bowl", () => {
    const w = Float64Array.of(3, -2);
    const step = optimizers[name]({ learningRate: 0.05 }).createRule(w);
    for (let i = 0; i < 2000; i++) step(w, Float64Array.of(w[0] - 1, 4 * (w[1] - 0.5)));
    expectClose(w, [1, 0.5], { tolerance: 1e-6 });
  });

  test("two rules of one optimizer have separate memories", () => {
    const optimizer = optimizers[name]();
    const [a, b] = [Float64Array.of(5), Float64Array.of(5)];
    const [stepA, stepB] = [optimizer.createRule(a), optimizer.createRule(b)];
    stepA(a, a);
    stepA(a, a);
    stepB(b, b);
    const alone = Float64Array.of(5);
    optimizers[name]().createRule(alone)(alone, alone);
    expect(b[0]).toBe(alone[0]);
  });

  test("a learning rate changed on the way counts from the next step", () => {
    const optimizer = optimizers[name]();
    const w = Float64Array.of(5);
    const step = optimizer.createRule(w);
    optimizer.learningRate = 1e-12;
    step(w, Float64Array.of(1));
    expect(5 - w[0]).toBeLessThan(1e-10);
  });

  test("a learning rate that is not above 0 is refused", () => {
    for (const learningRate of [0, -0.1, NaN, Infinity]) {
      expect(() => optimizers[name]({ learningRate })).toThrow(
        `learningRate must be a finite number above 0, got ${learningRate}`,
      );
    }
  });

  test("calls itself by its name in the table", () => {
    expect(optimizers[name]().name).toBe(name);
  });
});

test("the first step of adam is the learning rate, however steep the slope", () => {
  for (const slope of [1e-3, 1, 1e6]) {
    const w = Float64Array.of(0);
    adam({ learningRate: 0.01 }).createRule(w)(w, Float64Array.of(slope));
    expectClose(w[0] / -0.01, 1, { tolerance: 0.004 });
  }
});

test("settings outside their range are refused by name", () => {
  expect(() => sgd({ momentum: 1 })).toThrow("sgd: momentum must be at least 0 and below 1, got 1");
  expect(() => adam({ beta2: 1.5 })).toThrow("adam: beta2 must be at least 0 and below 1, got 1.5");
  expect(() => adam({ epsilon: 0 })).toThrow("adam: epsilon must be a finite number above 0, got 0");
});
