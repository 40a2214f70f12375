import { afterEach, describe, expect, test } from "vitest";
import {
  adam,
  categoricalCrossentropy,
  dense,
  DivergenceError,
  Matrix,
  Random,
  Sequential,
  setProgressReporter,
  sgd,
} from "../../src/engine/index.js";
import type { Callback, FitOptions, ProgressEvent, TrainingContext } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

const random = new Random(31);
const rows = 25;
const x = Matrix.zeros(rows, 4).map(() => random.normal());
/** The class is the largest of the first three features. */
const classes = x.map((value, _, c) => (c === 3 ? -Infinity : value)).argmax();
const labels = Matrix.zeros(rows, 3).map((_, r, c) => (classes[r] === c ? 1 : 0));

function model(seed = 1): Sequential {
  const made = new Sequential({
    seed,
    layers: [dense(6, { activation: "relu", inputDim: 4 }), dense(3, { activation: "softmax" })],
  });
  return made.compile({
    loss: "categoricalCrossentropy",
    optimizer: adam({ learningRate: 0.02 }),
    metrics: ["accuracy"],
  });
}

const fit = (options: FitOptions, on: Sequential = model()) => on.fit(x, labels, options);

test("the loss falls and every epoch is in the history", async () => {
  const { epoch, history, params } = await fit({ epochs: 12, batchSize: 10 });
  expect(epoch).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(Object.keys(history)).toEqual(["loss", "accuracy"]);
  expect(history.loss).toHaveLength(12);
  expect(history.loss[11]).toBeLessThan(history.loss[0] * 0.8);
  expect(params).toEqual({ epochs: 12, steps: 3, batchSize: 10, samples: rows });
});

test("the same seed gives the same history and the same weights, to the last bit", async () => {
  const [a, b, c] = [model(5), model(5), model(6)];
  const [first, again, other] = [
    await fit({ epochs: 5 }, a),
    await fit({ epochs: 5 }, b),
    await fit({ epochs: 5 }, c),
  ];
  expect(again).toEqual(first);
  expect(a.weights.every((layer, i) => layer.kernel.equals(b.weights[i].kernel))).toBe(true);
  expect(other.history.loss).not.toEqual(first.history.loss);
});

test("shuffle changes the order of the rows and so the history; fit's own seed decides it", async () => {
  const loss = async (options: FitOptions): Promise<number[]> =>
    (await fit({ epochs: 3, batchSize: 4, ...options })).history.loss;
  const still = await loss({ shuffle: false });
  expect(await loss({ shuffle: true })).not.toEqual(still);
  expect(await loss({ seed: 1 })).toEqual(await loss({ seed: 1 }));
  expect(await loss({ seed: 1 })).not.toEqual(await loss({ seed: 2 }));
});

test("an epoch sees each row once: with learning too slow to matter its mean loss is the loss of all", async () => {
  const frozen = model().compile({
    loss: "categoricalCrossentropy",
    optimizer: sgd({ learningRate: 1e-30 }),
    metrics: ["accuracy"],
  });
  const expected = frozen.evaluate(x, labels);
  for (const batchSize of [1, 7, 25, 100]) {
    const { history } = await fit({ batchSize }, frozen);
    expectClose([history.loss[0], history.accuracy[0]], [expected.loss, expected.accuracy], {
      tolerance: 1e-6,
    });
  }
});

test("one step on all rows equals a step by hand", async () => {
  const trained = model().compile({ loss: "categoricalCrossentropy", optimizer: sgd({ learningRate: 0.5 }) });
  const before = trained.weights;
  const { gradients } = trained.lossAndGradients(x, labels);
  await fit({ batchSize: rows, shuffle: false }, trained);
  trained.weights.forEach((layer, i) => {
    expectClose(layer.kernel, before[i].kernel.sub(gradients[i].kernel.scale(0.5)), { tolerance: 1e-6 });
    expectClose(layer.bias, before[i].bias.sub(gradients[i].bias.scale(0.5)), { tolerance: 1e-6 });
  });
});

test("fitting 2 epochs and then 3 equals fitting 5", async () => {
  const [parts, whole] = [model(), model()];
  await fit({ epochs: 2 }, parts);
  await fit({ epochs: 3 }, parts);
  await fit({ epochs: 5 }, whole);
  expect(parts.predict(x).equals(whole.predict(x))).toBe(true);
});

test("training leaves the data as they were", async () => {
  const [xBefore, yBefore] = [x.copy(), labels.copy()];
  await fit({ epochs: 2 });
  expect(x.equals(xBefore) && labels.equals(yBefore)).toBe(true);
});

describe("validation", () => {
  test("validationSplit takes the last rows, before shuffling", async () => {
    const [split, given] = [model(), model()];
    const a = await fit({ epochs: 3, validationSplit: 0.2 }, split);
    const validationData = { x: x.sliceRows(20), y: labels.sliceRows(20) };
    const b = await given.fit(x.sliceRows(0, 20), labels.sliceRows(0, 20), { epochs: 3, validationData });
    expect(a).toEqual(b);
    expect(a.params.samples).toBe(20);
    expect(Object.keys(a.history)).toEqual(["loss", "accuracy", "val_loss", "val_accuracy"]);
    expectClose(a.history.val_loss[2], split.evaluate(validationData.x, validationData.y).loss, {
      tolerance: 1e-7,
    });
  });

  test("it may be written as [x, y] and does not change the training", async () => {
    const plain = await fit({ epochs: 2 });
    const watched = await fit({ epochs: 2, validationData: [x, labels] });
    expect(watched.history.loss).toEqual(plain.history.loss);
  });

  test("10 % of 11,314 rows leaves 10,182, as in Keras", async () => {
    const net = new Sequential({ layers: [dense(1, { inputDim: 1 })] }).compile({ loss: "mse" });
    const many = Matrix.zeros(11_314, 1);
    const { params } = await net.fit(many, many, { validationSplit: 0.1, batchSize: 128 });
    expect(params).toMatchObject({ samples: 10_182, steps: 80 });
  });
});

describe("callbacks", () => {
  test("are told of beginning and end, epochs and batches, in order", async () => {
    const heard: string[] = [];
    const hear = (what: string) => (context: TrainingContext) =>
      void heard.push(`${what} ${context.epoch}.${context.batch}`);
    const callback: Callback = {
      onTrainBegin: hear("begin"),
      onEpochBegin: hear("epoch"),
      onBatchEnd: hear("batch"),
      onEpochEnd: hear("epochEnd"),
      onTrainEnd: hear("end"),
    };
    await fit({ epochs: 2, batchSize: 16, callbacks: [callback] });
    expect(heard).toEqual(
      "begin 0.0,epoch 0.0,batch 0.0,batch 0.1,epochEnd 0.1,epoch 1.0,batch 1.0,batch 1.1,epochEnd 1.1,end 1.1".split(
        ",",
      ),
    );
  });

  test("see the logs of the history", async () => {
    const seen: number[] = [];
    const { history } = await fit({
      epochs: 3,
      callbacks: [{ onEpochEnd: ({ logs }) => void seen.push(logs.loss) }],
    });
    expect(seen).toEqual(history.loss);
  });

  test("can stop after an epoch, or within one", async () => {
    const stopAt: Callback = { onEpochEnd: ({ epoch, stop }) => void (epoch === 2 && stop()) };
    expect((await fit({ epochs: 50, callbacks: [stopAt] })).epoch).toEqual([0, 1, 2]);
    let batches = 0;
    const stopSoon: Callback = { onBatchEnd: ({ stop }) => void (++batches === 2 && stop()) };
    await fit({ epochs: 50, batchSize: 1, callbacks: [stopSoon] });
    expect(batches).toBe(2);
  });

  test("are waited for", async () => {
    let done = false;
    const slow: Callback = {
      onEpochEnd: async () => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        done = true;
      },
    };
    await fit({ callbacks: [slow] });
    expect(done).toBe(true);
  });

  test("that throw end the training with their error", async () => {
    const failing: Callback = {
      onEpochEnd: () => {
        throw new Error("from the callback");
      },
    };
    await expect(fit({ callbacks: [failing] })).rejects.toThrow("from the callback");
  });
});

describe("the event loop", () => {
  const longRun = { epochs: 1_000_000, batchSize: 1 };

  test("gets a turn about every 30 ms, and a signal ends training with its reason and keeps the weights", async () => {
    const controller = new AbortController();
    let turns = 0;
    const ticking = setInterval(() => void (++turns === 3 && controller.abort(new Error("enough"))), 1);
    const net = model();
    await expect(fit({ ...longRun, signal: controller.signal }, net)).rejects.toThrow("enough");
    clearInterval(ticking);
    expect(turns).toBe(3);
    expect(net.history!.epoch.length).toBeGreaterThan(0);
    expect(net.predict(x).data.every(Number.isFinite)).toBe(true);
  });

  test("a signal that is aborted already lets no step happen", async () => {
    const net = model();
    const before = net.predict(x);
    await expect(fit({ signal: AbortSignal.abort(new Error("at once")) }, net)).rejects.toThrow("at once");
    expect(net.predict(x).equals(before)).toBe(true);
  });

  test("a newer fit of the same model replaces one that nobody waited for", async () => {
    const net = model();
    const first = expect(fit(longRun, net)).rejects.toThrow("Did you forget `await` before model.fit?");
    await expect(fit({ epochs: 2 }, net)).resolves.toMatchObject({ epoch: [0, 1] });
    await first;
  });

  test("pauses do not change the result", async () => {
    const pausing: Callback = { onBatchEnd: () => new Promise((resolve) => setImmediate(resolve)) };
    expect((await fit({ epochs: 2, callbacks: [pausing] })).history).toEqual(
      (await fit({ epochs: 2 })).history,
    );
  });
});

describe("the progress reporter", () => {
  const events: ProgressEvent[] = [];
  afterEach(() => {
    setProgressReporter(undefined);
    events.length = 0;
  });

  test("hears of begin, each epoch and the end, unless verbose is 0", async () => {
    setProgressReporter((event) => void events.push(event));
    await fit({ verbose: 0 });
    expect(events).toEqual([]);
    const { history } = await fit({ epochs: 2, batchSize: 10 });
    const told = events.filter(({ kind }) => kind !== "batch");
    expect(told[0]).toEqual({ kind: "begin", epochs: 2, stepsPerEpoch: 3 });
    expect(told[2]).toMatchObject({ kind: "epoch", epoch: 1, epochs: 2, logs: { loss: history.loss[1] } });
    expect(told[3]).toEqual({ kind: "end", stopped: false });
    expect(told).toHaveLength(4);
  });

  test("hears that training stopped, by a callback or by an error", async () => {
    setProgressReporter((event) => void events.push(event));
    await fit({ epochs: 5, callbacks: [{ onEpochEnd: ({ stop }) => stop() }] });
    expect(events.at(-1)).toEqual({ kind: "end", stopped: true });
    await expect(fit({ signal: AbortSignal.abort() })).rejects.toThrow();
    expect(events.at(-1)).toEqual({ kind: "end", stopped: true });
  });

  test("hears of batches in a long epoch", async () => {
    setProgressReporter((event) => void events.push(event));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    await expect(fit({ epochs: 1_000_000, batchSize: 1, signal: controller.signal })).rejects.toThrow();
    expect(events.find(({ kind }) => kind === "batch")).toMatchObject({ epochs: 1_000_000, batches: rows });
  });
});

describe("bad use is explained", () => {
  test.each<[FitOptions, string]>([
    [{ batchSize: 0 }, "fit: batchSize must be a whole number of at least 1, got 0"],
    [{ batchSize: 2.5 }, "fit: batchSize must be a whole number of at least 1, got 2.5"],
    [{ epochs: -1 }, "fit: epochs must be a whole number of at least 1, got -1"],
    [{ epochs: 0.5 }, "fit: epochs must be a whole number of at least 1, got 0.5"],
    [{ validationSplit: 1 }, "fit: validationSplit must be at least 0 and below 1, got 1"],
    [
      { validationSplit: 0.99 },
      "fit: validationSplit 0.99 of 25 rows leaves 0 to train on and 25 to validate with",
    ],
    [{ seed: 0.5 }, "Random: seed must be a whole number, got 0.5"],
    [{ validationData: { x: [[1, 2]], y: [[1, 0, 0]] } }, 'dense "dense": expects 4 input features, got 2'],
    [
      { validationData: { x: [[1, 2, 3, NaN]], y: [[1, 0, 0]] } },
      "fit, validationData: x has NaN in row 0, column 3",
    ],
  ])("%o", async (options, message) => {
    await expect(fit(options)).rejects.toThrow(message);
  });

  test("a model that is not compiled", async () => {
    await expect(new Sequential({ layers: [dense(1)] }).fit([1], [1])).rejects.toThrow(
      "fit: the model is not compiled.",
    );
  });

  test("a step activation in a net that is to learn", async () => {
    const net = new Sequential({ layers: [dense(3, { activation: "step" }), dense(1)] }).compile({
      loss: "mse",
    });
    await expect(net.fit([1], [1])).rejects.toThrow(
      'fit: the layer "dense" has the activation "step", whose derivative is 0 everywhere, so gradient descent cannot learn through it.',
    );
    expect(net.evaluate([1], [1]).loss).toBeGreaterThanOrEqual(0);
  });

  test("a learning rate that explodes: epoch, batch and cause are named", async () => {
    const net = new Sequential({ layers: [dense(4, { inputDim: 4 }), dense(3)] });
    net.compile({ loss: "mse", optimizer: sgd({ learningRate: 1000 }) });
    const error: unknown = await fit({ epochs: 100, batchSize: 5 }, net).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DivergenceError);
    const { epoch, batch, message } = error as DivergenceError;
    expect(message).toMatch(/^fit: the loss is (NaN|Infinity) in epoch \d+ of 100, batch \d of 5\./);
    expect(message).toContain(`epoch ${epoch + 1} of 100, batch ${batch + 1} of 5`);
    expect(message).toContain("Most likely the learning rate 1000 is too high: try a tenth of it.");
  });

  test("inputs that are too large: the message advises to standardize", async () => {
    const net = new Sequential({ layers: [dense(3, { inputDim: 4 })] });
    net.compile({ loss: "mse", optimizer: sgd({ learningRate: 0.1 }) });
    await expect(net.fit(x.scale(1e6), labels, { epochs: 100 })).rejects.toThrow(
      /the inputs are large \(up to .*\): standardize them/,
    );
  });

  test("weights that overflow in the very last step", async () => {
    const net = new Sequential({ layers: [dense(3, { inputDim: 4 })] });
    net.compile({
      loss: categoricalCrossentropy({ fromLogits: true }),
      optimizer: sgd({ learningRate: 1e300 }),
    });
    await expect(fit({ batchSize: rows }, net)).rejects.toThrow(
      /fit: kernel holds -?Infinity in epoch 1 of 1, batch 1 of 1/,
    );
  });
});
