import { describe, expect, test } from "vitest";
import {
  csvLogger,
  dense,
  earlyStopping,
  exponentialDecay,
  modelCheckpoint,
  reduceLROnPlateau,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
import type { Callback, Checkpoint, Logs, TrainingContext } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

function model(): Sequential {
  const net = new Sequential({ layers: [dense(1, { inputDim: 1 })] });
  return net.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.01 }) });
}

/** Tells the callback of these values, epoch by epoch; the first weight is 10 · epoch. Returns the epochs that were run. */
async function play(
  callback: Callback,
  values: readonly number[],
  { name = "val_loss" } = {},
): Promise<Sequential> {
  const net = model();
  let stopped = false;
  const context = (epoch: number, logs: Logs): TrainingContext => ({
    ...{ model: net, epoch, epochs: values.length, batch: 0, batches: 1, logs },
    stop: () => (stopped = true),
  });
  await callback.onTrainBegin?.(context(0, {}));
  for (let epoch = 0; epoch < values.length && !stopped; epoch++) {
    net.layers[0].weights = { kernel: [[10 * epoch]] };
    await callback.onEpochEnd?.(context(epoch, { loss: 0, [name]: values[epoch] }));
  }
  await callback.onTrainEnd?.(context(values.length - 1, {}));
  return net;
}

describe("earlyStopping", () => {
  // Epochs measured with Keras 3.15.1 on the same values (with baseline, too).
  test.each([
    { title: "patience 0", options: {}, values: [3, 2, 2, 1], stopped: 2, best: 1 },
    { title: "patience 2", options: { patience: 2 }, values: [3, 2, 4, 4, 1], stopped: 3, best: 1 },
    {
      title: "an improvement resets it",
      options: { patience: 2 },
      values: [3, 4, 2, 4, 4, 1],
      stopped: 4,
      best: 2,
    },
    { title: "minDelta", options: { minDelta: 0.5 }, values: [3, 2.6, 1], stopped: 1, best: 0 },
    { title: "mode max", options: { mode: "max" as const }, values: [1, 2, 1, 5], stopped: 2, best: 1 },
    { title: "startFromEpoch", options: { startFromEpoch: 3 }, values: [1, 9, 9, 5, 6], stopped: 4, best: 3 },
    {
      title: "baseline",
      options: { patience: 2, baseline: 1 },
      values: [5, 4, 3, 2],
      stopped: undefined,
      best: 3,
    },
    { title: "never", options: {}, values: [4, 3, 2, 1], stopped: undefined, best: 3 },
  ])("$title", async ({ options, values, stopped, best }) => {
    const callback = earlyStopping(options);
    await play(callback, values);
    expect(callback.stoppedEpoch).toBe(stopped);
    expect(callback.bestEpoch).toBe(best);
    expect(callback.best).toBe(values[best]);
  });

  test("larger is better for accuracy by itself", async () => {
    const callback = earlyStopping({ monitor: "val_accuracy" });
    await play(callback, [0.5, 0.9, 0.8], { name: "val_accuracy" });
    expect(callback.bestEpoch).toBe(1);
  });

  test("restoreBestWeights puts back those of the best epoch, only if asked", async () => {
    const values = [3, 1, 2, 2];
    const weightAfter = async (restoreBestWeights: boolean): Promise<number> =>
      (await play(earlyStopping({ patience: 2, restoreBestWeights }), values)).weights[0].kernel.at(0, 0);
    expect(await weightAfter(true)).toBe(10);
    expect(await weightAfter(false)).toBe(30);
  });

  test("ends a real fit, and a second fit starts anew", async () => {
    const net = model();
    const callback = earlyStopping({ monitor: "loss", patience: 3, minDelta: 0.01 });
    const fit = { epochs: 500, callbacks: [callback], shuffle: false };
    const { epoch } = await net.fit([1, 2, 3], [2, 4, 6], fit);
    expect(epoch.length).toBeLessThan(500);
    expect(callback.stoppedEpoch).toBe(epoch.length - 1);
    await net.fit([1, 2, 3], [2, 4, 6], { ...fit, epochs: 2 });
    expect(callback.stoppedEpoch).toBeUndefined();
  });

  test("a figure that is not there, and settings outside their range, are refused", async () => {
    await expect(model().fit([1], [1], { callbacks: [earlyStopping()] })).rejects.toThrow(
      'earlyStopping: there is no "val_loss" to monitor; there are loss. Give fit validationData or validationSplit.',
    );
    expect(() => earlyStopping({ patience: -1 })).toThrow("earlyStopping: patience must be a whole number");
    expect(() => earlyStopping({ mode: "maximum" as "max" })).toThrow(
      'mode "maximum" is unknown; known are auto',
    );
  });
});

describe("reduceLROnPlateau", () => {
  const rateAfter = async (options: object, values: readonly number[]): Promise<number> =>
    (await play(reduceLROnPlateau({ factor: 0.5, patience: 1, ...options }), values)).optimizer.learningRate;

  // Measured with Keras 3.15.1; a cooldown of 1 ends before the next epoch is judged, and so changes nothing at patience 1.
  test("multiplies the rate after epochs that are no better, and again", async () => {
    expect(await rateAfter({}, [3, 2, 1])).toBe(0.01);
    expect(await rateAfter({}, [3, 3])).toBe(0.005);
    expect(await rateAfter({}, [3, 3, 3])).toBe(0.0025);
    expect(await rateAfter({ patience: 2 }, [3, 3, 3])).toBe(0.005);
    expect(await rateAfter({ cooldown: 1 }, [3, 3, 3, 3])).toBe(0.00125);
    expect(await rateAfter({ cooldown: 2 }, [3, 3, 3, 3])).toBe(0.0025);
    expect(await rateAfter({}, [3, 2.99995])).toBe(0.005);
  });

  test("stops at minLearningRate", async () => {
    expect(await rateAfter({ minLearningRate: 0.008 }, [3, 3, 3])).toBe(0.008);
  });

  test("does not go with a schedule, and refuses factors that do not reduce", async () => {
    const net = model();
    const schedule = exponentialDecay({ learningRate: 0.001, decaySteps: 1, decayRate: 0.9 });
    net.compile({ loss: "mse", optimizer: sgd({ learningRate: schedule }) });
    const callbacks = [reduceLROnPlateau({ monitor: "loss", patience: 0, minDelta: 1e9 })];
    await expect(net.fit([1], [1], { epochs: 2, callbacks })).rejects.toThrow("follows a schedule");
    expect(() => reduceLROnPlateau({ factor: 1 })).toThrow("factor must be above 0 and below 1, got 1");
  });
});

describe("modelCheckpoint", () => {
  test("keeps the last epoch, or the best one, and hands each to the writer", async () => {
    const written: Checkpoint[] = [];
    const write = async (checkpoint: Checkpoint): Promise<void> => {
      await Promise.resolve();
      written.push(checkpoint);
    };
    const last = modelCheckpoint();
    await play(last, [3, 1, 2]);
    expect(last.latest?.epoch).toBe(2);
    const best = modelCheckpoint({ saveBestOnly: true, write });
    await play(best, [3, 1, 2]);
    expect(best.latest?.logs).toEqual({ loss: 0, val_loss: 1 });
    expect(best.latest?.weights[0].kernel.at(0, 0)).toBe(10);
    expect(written.map(({ epoch }) => epoch)).toEqual([0, 1]);
  });
});

test("csvLogger writes a header and a line an epoch, figures by name", async () => {
  let text = "";
  const logger = csvLogger({ write: (line) => void (text += line) });
  const net = model();
  const { history } = await net.fit([1, 2], [1, 2], { epochs: 2, validationSplit: 0.5, callbacks: [logger] });
  const lines = text.trimEnd().split("\n");
  expect(lines[0]).toBe("epoch,loss,val_loss");
  expectClose(lines[2].split(",").map(Number), [1, history.loss[1], history.val_loss[1]], { tolerance: 0 });
  expect(lines).toHaveLength(3);
});
