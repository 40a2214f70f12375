import { describe, expect, test } from "vitest";
import * as engine from "../../src/engine/index.js";
import { dense, Matrix, optimizers, Random, Sequential } from "../../src/engine/index.js";
import type { Callback, OptimizerName } from "../../src/engine/index.js";

/** Found from the exports, so that a new member cannot be born untested. */
const random = new Random(6);
const x = Matrix.zeros(24, 3).map(() => random.normal());
const y = x.map((value) => value + 0.5).matmul(Matrix.from([[1], [-1], [0.5]]));

describe.each(Object.keys(optimizers) as OptimizerName[])("the optimizer %s", (name) => {
  test("goes down hill, the same way twice, and calls itself by its name", async () => {
    const train = async (): Promise<number[]> => {
      const model = new Sequential({ seed: 2, layers: [dense(1)] });
      model.compile({ loss: "mse", optimizer: optimizers[name]({ learningRate: 0.01 }) });
      return (await model.fit(x, y, { epochs: 20, batchSize: 8 })).history.loss;
    };
    const [first, second] = [await train(), await train()];
    expect(first.at(-1)).toBeLessThan(first[0]);
    expect(second).toEqual(first);
    expect(optimizers[name]().name).toBe(name);
  });

  test("keeps all that it remembers in its memory", () => {
    // Two rules that have the same memory must take the same step, whatever came before.
    const [used, fresh] = [optimizers[name](), optimizers[name]()];
    const [a, b] = [Float64Array.of(1, -2, 3), Float64Array.of(1, -2, 3)];
    const rule = used.createRule(a);
    for (const slope of [0.5, -1, 2]) rule(a, Float64Array.of(slope, 1, -slope));
    const twin = fresh.createRule(b);
    b.set(a);
    Object.assign(twin.memory.numbers, rule.memory.numbers);
    for (const [part, values] of Object.entries(rule.memory.arrays)) twin.memory.arrays[part].set(values);
    rule(a, Float64Array.of(0.1, 0.2, 0.3));
    twin(b, Float64Array.of(0.1, 0.2, 0.3));
    expect(b).toEqual(a);
  });
});

const moments = ["onTrainBegin", "onEpochBegin", "onBatchEnd", "onEpochEnd", "onTrainEnd"];

/** Every exported function that makes a callback from `{ write }` alone. */
const callbacks = Object.entries(engine as Record<string, unknown>).flatMap(
  ([name, make]): [string, () => Callback][] => {
    if (typeof make !== "function" || !/^[a-z]/.test(name) || name.startsWith("set")) return [];
    const call = (): unknown => (make as (options: object) => unknown)({ write: () => {} });
    try {
      const made = call();
      const isOne = typeof made === "object" && made !== null && moments.some((moment) => moment in made);
      return isOne ? [[name, call as () => Callback]] : [];
    } catch {
      return [];
    }
  },
);

describe("callbacks", () => {
  test("are found", () => {
    expect(callbacks.map(([name]) => name).sort()).toEqual([
      "csvLogger",
      "earlyStopping",
      "modelCheckpoint",
      "reduceLROnPlateau",
    ]);
  });

  test.each(callbacks)(
    "%s changes no bit of a training that it has no reason to change, and serves twice",
    async (_, make) => {
      const train = async (list: readonly Callback[]): Promise<string> => {
        const model = new Sequential({ seed: 2, layers: [dense(4, { activation: "tanh" }), dense(1)] });
        model.compile({ loss: "mse", optimizer: "adam" });
        for (let run = 0; run < 2; run++)
          await model.fit(x, y, { epochs: 3, validationSplit: 0.25, callbacks: list });
        return JSON.stringify(model.weights);
      };
      expect(await train([make()])).toBe(await train([]));
    },
  );

  test.each(callbacks)(
    "%s has a default that names the figure that is missing, or needs none",
    async (_, make) => {
      const model = new Sequential({ layers: [dense(1)] }).compile({ loss: "mse" });
      const trained = model.fit(x, y, { epochs: 1, callbacks: [make()] });
      await trained.catch((error: Error) =>
        expect(error.message).toMatch(
          /there is no "val_loss" to monitor; there are loss\. Give fit validationData/,
        ),
      );
    },
  );
});
