import { expect, test } from "vitest";
import { adam, dense, Matrix, Random, Sequential, sgd } from "../../src/engine/index.js";
import type { Callback } from "../../src/engine/index.js";

const random = new Random(8);
const x = Matrix.zeros(12, 2).map(() => random.normal());
const y = Matrix.zeros(12, 1).map((_, r) => x.at(r, 0) - x.at(r, 1));

const model = (): Sequential =>
  new Sequential({ layers: [dense(4, { activation: "tanh", inputDim: 2 }), dense(1)] }).compile({
    loss: "mse",
    optimizer: adam(),
  });

/** Long enough to meet the change. */
const longRun = { epochs: 1_000_000, batchSize: 4 };

/** Does something once, in the middle of epoch 2. */
function inEpoch2(act: () => void): Callback {
  let done = false;
  return {
    onBatchEnd: ({ epoch, batch }) => {
      if (epoch !== 2 || batch !== 1 || done) return;
      done = true;
      act();
    },
  };
}

test("adding a layer ends the training with an error, and the model has the layer", async () => {
  const net = model();
  const fitting = net.fit(x, y, { ...longRun, callbacks: [inEpoch2(() => void net.add(dense(1)))] });
  await expect(fitting).rejects.toThrow(
    "fit: a layer was added to the model while it was being trained, so this training has ended. Wait for it first: await model.fit(...).",
  );
  expect(net.history!.epoch).toEqual([0, 1]);
  expect(net.layers).toHaveLength(3);
  expect((await net.fit(x, y, { epochs: 2 })).epoch).toEqual([0, 1]);
});

test("a layer that does not fit is refused, and the training goes on", async () => {
  const [net, plain] = [model(), model()];
  const callback = inEpoch2(() => expect(() => net.add(dense(1, { inputDim: 7 }))).toThrow("add: the layer"));
  const { history } = await net.fit(x, y, { epochs: 5, callbacks: [callback] });
  expect(history).toEqual((await plain.fit(x, y, { epochs: 5 })).history);
});

test("compiling anew ends a training that nobody waited for, too", async () => {
  const net = model();
  const first = expect(net.fit(x, y, longRun)).rejects.toThrow(
    "fit: the model was compiled anew while it was being trained",
  );
  net.compile({ loss: "mae", optimizer: sgd() });
  await first;
  expect((await net.fit(x, y, { epochs: 1 })).epoch).toEqual([0]);
});

test("a callback may change the model when training is over", async () => {
  const net = model();
  const onTrainEnd = (): void => {
    net.add(dense(1)).compile({ loss: "mae" });
  };
  expect((await net.fit(x, y, { epochs: 2, callbacks: [{ onTrainEnd }] })).epoch).toEqual([0, 1]);
  expect(net.layers).toHaveLength(3);
});

test("weights of another shape are refused as a whole, and the training goes on with the old ones", async () => {
  const [net, plain] = [model(), model()];
  const callback = inEpoch2(() => {
    const before = net.weights;
    const wrong = [{ kernel: Matrix.zeros(2, 4) }, { kernel: Matrix.zeros(9, 9) }];
    expect(() => (net.weights = wrong)).toThrow('dense "dense_1": kernel must be [4, 1], got [9, 9]');
    expect(net.weights).toEqual(before);
  });
  const { history } = await net.fit(x, y, { epochs: 5, batchSize: 4, callbacks: [callback] });
  expect(history).toEqual((await plain.fit(x, y, { epochs: 5, batchSize: 4 })).history);
});

test("weights of the right shape may be set within a training: it goes on from them", async () => {
  const net = model();
  const zeros = net.weights.map(({ kernel, bias }) => ({ kernel: kernel.scale(0), bias: bias.scale(0) }));
  const at: number[] = [];
  await net.fit(x, y, {
    epochs: 4,
    batchSize: 12,
    callbacks: [
      {
        onEpochEnd: ({ epoch, logs }) => {
          at.push(logs.loss);
          if (epoch === 2) net.weights = zeros;
        },
      },
    ],
  });
  expect(at[3]).toBeCloseTo(y.mul(y).mean(), 6);
});

test("looking at the model within a training, with other numbers of rows, does not disturb it", async () => {
  const [net, plain] = [model(), model()];
  const look = (): void => {
    net.predict(x.sliceRows(0, 5));
    net.evaluate(x, y, { batchSize: 7 });
    net.lossAndGradients(x.sliceRows(3), y.sliceRows(3));
    net.activations(x);
  };
  const { history } = await net.fit(x, y, { epochs: 5, batchSize: 4, callbacks: [{ onBatchEnd: look }] });
  expect(history).toEqual((await plain.fit(x, y, { epochs: 5, batchSize: 4 })).history);
});

test("a second fit from within a callback replaces the first, which says so", async () => {
  const net = model();
  let inner: Promise<unknown> | undefined;
  const callback = inEpoch2(() => {
    inner = net.fit(x, y, { epochs: 2 });
  });
  await expect(net.fit(x, y, { ...longRun, callbacks: [callback] })).rejects.toThrow(
    "fit: a newer fit of this model has replaced this one.",
  );
  await expect(inner).resolves.toMatchObject({ epoch: [0, 1] });
});
