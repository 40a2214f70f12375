import { describe, expect, test } from "vitest";
import {
  adadelta,
  adagrad,
  adam,
  adamW,
  dense,
  exponentialDecay,
  momentum,
  nag,
  optimizers,
  rmsprop,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
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
    title: "nag 0.1, 0.9",
    optimizer: nag({ learningRate: 0.1 }),
    expected: [4.05, 2.8755, 1.636605, 0.46944, -0.522908],
  },
  {
    title: "adagrad 0.1",
    optimizer: adagrad({ learningRate: 0.1 }),
    expected: [4.900199, 4.830276, 4.773526, 4.724609, 4.681033],
  },
  {
    title: "rmsprop 0.01",
    optimizer: rmsprop({ learningRate: 0.01 }),
    expected: [4.968377, 4.945505, 4.926388, 4.909441, 4.893928],
  },
  {
    title: "adadelta 1",
    optimizer: adadelta({ learningRate: 1 }),
    expected: [4.998586, 4.997154, 4.99571, 4.994257, 4.992797],
  },
  {
    title: "adam 0.01",
    optimizer: adam({ learningRate: 0.01 }),
    expected: [4.99, 4.980001, 4.970003, 4.960005, 4.95001],
  },
])("$title walks the golden trajectory", ({ optimizer, expected }) => {
  expectClose(fiveSteps(optimizer), expected, { tolerance: 1e-6 });
});

/** AdaGrad slows down, Adadelta starts slowly; RMSProp circles about the bottom at its rate; decay pulls AdamW towards 0. */
const bowl: Record<OptimizerName, { learningRate: number; tolerance: number }> = {
  sgd: { learningRate: 0.05, tolerance: 1e-6 },
  momentum: { learningRate: 0.05, tolerance: 1e-6 },
  nag: { learningRate: 0.05, tolerance: 1e-6 },
  adagrad: { learningRate: 0.5, tolerance: 1e-6 },
  adadelta: { learningRate: 5, tolerance: 1e-6 },
  rmsprop: { learningRate: 0.005, tolerance: 0.005 },
  adam: { learningRate: 0.05, tolerance: 1e-6 },
  adamW: { learningRate: 0.05, tolerance: 0.01 },
};

describe.each(Object.keys(optimizers) as OptimizerName[])("%s", (name) => {
  test("finds the bottom of a bowl", () => {
    const { learningRate, tolerance } = bowl[name];
    const w = Float64Array.of(3, -2);
    const step = optimizers[name]({ learningRate }).createRule(w);
    for (let i = 0; i < 2000; i++) step(w, Float64Array.of(w[0] - 1, 4 * (w[1] - 0.5)));
    expectClose(w, [1, 0.5], { tolerance });
  });

  test("a schedule gives each step its rate, and cannot be overwritten", () => {
    const rates = [0.5, 0.25, 0.125];
    const optimizer = optimizers[name]({ learningRate: (step) => rates[step] });
    const plain = optimizers[name]();
    const [a, b] = [Float64Array.of(5), Float64Array.of(5)];
    const [stepA, stepB] = [optimizer.createRule(a), plain.createRule(b)];
    for (const rate of rates) {
      expect(optimizer.learningRate).toBe(rate);
      plain.learningRate = rate;
      stepA(a, Float64Array.from(a));
      stepB(b, Float64Array.from(b));
      expect(a[0]).toBe(b[0]);
    }
    expect(() => (optimizer.learningRate = 1)).toThrow(
      `${name}: the learning rate follows a schedule and cannot be set`,
    );
  });

  test("clips gradients in a model, in one of three ways", async () => {
    const { rows, target } = { rows: [[100, 200]], target: [[1000]] };
    const model = new Sequential({ dtype: "float64", layers: [dense(1, { inputDim: 2 })] });
    const gradients: number[][] = [];
    model.compile({ loss: "mse", optimizer: sgd({ learningRate: 1 }) });
    const raw = model.lossAndGradients(rows, target).gradients[0];
    for (const options of [{ clipNorm: 0.5 }, { clipValue: 0.25 }, { globalClipNorm: 0.5 }]) {
      const g = [raw.kernel.copy().data, raw.bias.copy().data];
      sgd({ ...options }).clipping?.(g);
      gradients.push(g.flatMap((array) => Array.from(array)));
    }
    const length = (...g: number[]): number => Math.hypot(...g);
    const [byNorm, byValue, byGlobal] = gradients;
    expectClose([length(byNorm[0], byNorm[1]), Math.abs(byNorm[2])], [0.5, 0.5], { tolerance: 1e-12 });
    expectClose(byValue.map(Math.abs), [0.25, 0.25, 0.25], { tolerance: 0 });
    expectClose(length(...byGlobal), 0.5, { tolerance: 1e-12 });
    expectClose(byGlobal[1] / byGlobal[2], 200, { tolerance: 1e-12 });
    const before = model.weights[0].kernel;
    model.compile({ loss: "mse", optimizer: sgd({ learningRate: 1, clipValue: 0.25 }) });
    await model.fit(rows, target);
    expectClose(before.sub(model.weights[0].kernel).map(Math.abs), [0.25, 0.25], { tolerance: 1e-12 });
    expect(() => optimizers[name]({ clipNorm: -1 } as object)).toThrow(
      `clipNorm must be a finite number above 0, got -1`,
    );
    expect(() => optimizers[name]({ clipNorm: 1, clipValue: 1 } as object)).toThrow(
      "only one way of clipping can be set, got clipNorm and clipValue",
    );
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

test("adamW takes its share of the weights even where the slope is 0, adam does not", () => {
  const [w, v] = [Float64Array.of(8), Float64Array.of(8)];
  adamW({ learningRate: 0.5, weightDecay: 0.25 }).createRule(w)(w, Float64Array.of(0));
  adam({ learningRate: 0.5 }).createRule(v)(v, Float64Array.of(0));
  expect([w[0], v[0]]).toEqual([7, 8]);
});

test("fit follows a schedule over its epochs", async () => {
  const model = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
  const schedule = exponentialDecay({ learningRate: 0.01, decaySteps: 1, decayRate: 0.5 });
  model.compile({ loss: "mse", optimizer: sgd({ learningRate: schedule }) });
  const rates: number[] = [];
  const onEpochEnd = (): void => void rates.push(model.optimizer.learningRate);
  await model.fit([1, 2, 3], [1, 2, 3], { epochs: 2, batchSize: 1, callbacks: [{ onEpochEnd }] });
  expectClose(rates, [0.01 / 2 ** 3, 0.01 / 2 ** 6], { tolerance: 1e-15 });
});

test("settings outside their range are refused by name", () => {
  expect(() => sgd({ momentum: 1 })).toThrow("sgd: momentum must be at least 0 and below 1, got 1");
  expect(() => adam({ beta2: 1.5 })).toThrow("adam: beta2 must be at least 0 and below 1, got 1.5");
  expect(() => adam({ epsilon: 0 })).toThrow("adam: epsilon must be a finite number above 0, got 0");
  expect(() => rmsprop({ rho: 1 })).toThrow("rmsprop: rho must be at least 0 and below 1, got 1");
  expect(() => adadelta({ epsilon: 0 })).toThrow("adadelta: epsilon must be a finite number above 0, got 0");
  expect(() => adamW({ weightDecay: -1 })).toThrow(
    "adamW: weightDecay must be a finite number of at least 0, got -1",
  );
  expect(() => adagrad({ initialAccumulatorValue: -1 })).toThrow(
    "adagrad: initialAccumulatorValue must be a finite number of at least 0, got -1",
  );
});

describe("what a rule remembers of a weight without slope fades to 0 and never stays subnormal, which processors are slow on", () => {
  const made: Record<string, () => Optimizer> = {
    momentum: () => momentum(),
    nag: () => nag(),
    adam: () => adam({ beta2: 0.9 }),
    adamW: () => adamW({ beta2: 0.9 }),
    rmsprop: () => rmsprop({ momentum: 0.9, centered: true }),
    adadelta: () => adadelta({ rho: 0.9 }),
  };
  // Short and long arrays, because WebAssembly takes the long ones.
  test.each(Object.keys(made).flatMap((name) => [[name, 3] as const, [name, 40] as const]))(
    "%s, %i weights",
    (name, length) => {
      const weights = new Float32Array(length).fill(1);
      const rule = made[name]().createRule(weights);
      const slopes = new Float32Array(length).fill(1e-3);
      rule(weights, slopes);
      slopes.fill(0);
      for (let step = 0; step < 1500; step++) rule(weights, slopes);
      for (const numbers of Object.values(rule.memory.arrays))
        expect(Array.from(numbers)).toEqual(Array(length).fill(0));
      rule(weights, slopes.fill(NaN));
      expect(weights.every(Number.isNaN)).toBe(true);
    },
  );
});
