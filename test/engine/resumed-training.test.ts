import { describe, expect, test } from "vitest";
import {
  adam,
  batchNormalization,
  dense,
  dropout,
  earlyStopping,
  exponentialDecay,
  Matrix,
  momentum,
  Random,
  Sequential,
} from "../../src/engine/index.js";
import type { FitOptions, History, Optimizer } from "../../src/engine/index.js";

const random = new Random(5);
const x = Matrix.zeros(23, 3).map(() => random.normal());
const y = Matrix.zeros(23, 1).map((_, r) => Math.sin(x.at(r, 0)) + x.at(r, 1) * x.at(r, 2));

function model(optimizer: Optimizer): Sequential {
  const layers = [
    dense(9, { activation: "tanh", inputDim: 3 }),
    batchNormalization(),
    dropout(0.3),
    dense(1),
  ];
  return new Sequential({ seed: 4, layers }).compile({ loss: "mse", optimizer, metrics: ["mae"] });
}

const optimizers: Record<string, () => Optimizer> = {
  adam: () => adam({ learningRate: 0.02 }),
  momentum: () => momentum({ learningRate: 0.02 }),
  "adam on a schedule": () =>
    adam({ learningRate: exponentialDecay({ learningRate: 0.02, decayRate: 0.9, decaySteps: 7 }) }),
};

/** Every figure and every weight. */
async function trained(net: Sequential, ...fits: readonly FitOptions[]): Promise<unknown> {
  const histories: History[] = [];
  for (const options of fits) histories.push(await net.fit(x, y, { batchSize: 8, ...options }));
  const all = (name: string): number[] => histories.flatMap(({ history }) => history[name] ?? []);
  return {
    epochs: histories.flatMap(({ epoch }) => epoch),
    figures: ["loss", "mae", "val_loss", "val_mae"].map(all),
    weights: net.weights.map((layer) => Object.values(layer).map(({ data }) => Array.from(data))),
  };
}

describe("5 epochs and 5 more from initialEpoch 5 on equal 10 at once, to the last bit", () => {
  test.each(Object.keys(optimizers))("%s", async (name) => {
    const whole = await trained(model(optimizers[name]()), { epochs: 10 });
    const parts = await trained(model(optimizers[name]()), { epochs: 5 }, { initialEpoch: 5, epochs: 10 });
    expect(parts).toEqual(whole);
  });

  test("with rows in their own order, and with validation", async () => {
    const options: FitOptions = { shuffle: false, validationSplit: 0.2 };
    const whole = await trained(model(adam()), { ...options, epochs: 10 });
    const parts = await trained(
      model(adam()),
      { ...options, epochs: 5 },
      { ...options, initialEpoch: 5, epochs: 10 },
    );
    expect(parts).toEqual(whole);
  });
});

test("epochs are counted on in history and callbacks", async () => {
  const net = model(adam());
  const told: number[][] = [];
  const { epoch, history, params } = await net.fit(x, y, {
    initialEpoch: 7,
    epochs: 9,
    callbacks: [
      {
        onTrainBegin: ({ epoch, epochs }) => void told.push([epoch, epochs]),
        onEpochEnd: ({ epoch, epochs }) => void told.push([epoch, epochs]),
        onTrainEnd: ({ epoch, epochs }) => void told.push([epoch, epochs]),
      },
    ],
  });
  expect(epoch).toEqual([7, 8]);
  expect(history.loss).toHaveLength(2);
  expect(params.epochs).toBe(9);
  expect(told).toEqual([
    [7, 9],
    [7, 9],
    [8, 9],
    [8, 9],
  ]);
});

test("early stopping counts the epochs from where training went on", async () => {
  const net = model(adam({ learningRate: 1e-30 }));
  const stopping = earlyStopping({ monitor: "loss", patience: 2, minDelta: 1 });
  const { epoch } = await net.fit(x, y, { initialEpoch: 100, epochs: 200, callbacks: [stopping] });
  expect(epoch).toEqual([100, 101, 102]);
});

test.each<[FitOptions, string]>([
  [
    { initialEpoch: 5, epochs: 5 },
    "fit: initialEpoch must be below epochs (5), which is the number to end at, not how many more: epochs 10 trains 5 more, got 5",
  ],
  [{ initialEpoch: -1, epochs: 5 }, "fit: initialEpoch must be a whole number of at least 0, got -1"],
  [{ initialEpoch: 0.5, epochs: 5 }, "fit: initialEpoch must be a whole number of at least 0, got 0.5"],
])("refuses %o", async (options, message) => {
  await expect(model(adam()).fit(x, y, options)).rejects.toThrow(message);
});
