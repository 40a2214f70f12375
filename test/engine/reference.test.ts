import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  activations,
  adam,
  dense,
  losses,
  momentum,
  optimizers,
  Sequential,
  sgd,
} from "../../src/engine/index.js";
import type { ActivationName, Dtype, LossName, Optimizer } from "../../src/engine/index.js";
import { expectClose } from "../expect-close.js";

/** Written by test/fixtures/engine/make_fixture.py, which names the versions. */
interface Fixture {
  readonly x: number[][];
  readonly targets: Record<LossName, number[][]>;
  readonly activations: {
    readonly x: number[];
    readonly y: Record<string, number[]>;
    readonly softmaxX: number[][];
    readonly softmaxY: number[][];
  };
  readonly nets: readonly Net[];
}

interface Net {
  readonly loss: LossName;
  readonly fromLogits: boolean;
  readonly hidden: ActivationName;
  readonly output: ActivationName;
  readonly weights: Arrays;
  readonly prediction: number[][];
  readonly lossValue: number;
  readonly gradients: Arrays;
  readonly trajectories: Record<Walk, { readonly losses: number[]; readonly weights: Arrays }>;
}

type Arrays = [kernel1: number[][], bias1: number[], kernel2: number[][], bias2: number[]];
type Walk = "sgd" | "momentum" | "nesterov" | "adam";

const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/engine/keras.json", import.meta.url), "utf8"),
) as Fixture;

/** Written by make_training_fixture.py; training-reference.test.ts compares it. */
const training = JSON.parse(
  readFileSync(new URL("../fixtures/engine/training.json", import.meta.url), "utf8"),
) as {
  readonly losses: readonly { readonly loss: LossName }[];
  readonly activations: { readonly y: Record<string, number[]> };
  readonly optimizers: Record<string, unknown>;
};

/** The settings of make_fixture.py. */
const walks: Record<Walk, () => Optimizer> = {
  sgd: () => sgd({ learningRate: 1 / 8 }),
  momentum: () => momentum({ learningRate: 1 / 8, momentum: 7 / 8 }),
  nesterov: () => momentum({ learningRate: 1 / 8, momentum: 7 / 8, nesterov: true }),
  adam: () => adam({ learningRate: 1 / 64, beta1: 7 / 8, beta2: 1 - 1 / 1024 }),
};

/** float64 must agree almost to the last digit; float32 has seven digits, of which 20 steps may use up some. */
const tolerances: Record<Dtype, number> = { float64: 1e-9, float32: 1e-5 };

function build(net: Net, { dtype, optimizer }: { dtype: Dtype; optimizer: Optimizer }): Sequential {
  const units = net.weights[3].length;
  const model = new Sequential({
    dtype,
    layers: [dense(5, { activation: net.hidden, inputDim: 3 }), dense(units, { activation: net.output })],
  });
  const [kernel1, bias1, kernel2, bias2] = net.weights;
  model.layers[0].weights = { kernel: kernel1, bias: bias1 };
  model.layers[1].weights = { kernel: kernel2, bias: bias2 };
  model.compile({ loss: losses[net.loss]({ fromLogits: net.fromLogits }), optimizer });
  return model;
}

function flat(layers: readonly Readonly<Record<string, { data: ArrayLike<number> }>>[]): number[] {
  return layers.flatMap(({ kernel, bias }) => [...Array.from(kernel.data), ...Array.from(bias.data)]);
}

const dtypes = Object.keys(tolerances) as Dtype[];
const cases = fixture.nets.flatMap((net) =>
  dtypes.map((dtype) => ({
    net,
    dtype,
    title: `${net.hidden}, ${net.output}, ${net.loss}${net.fromLogits ? " from logits" : ""}, ${dtype}`,
  })),
);

describe.each(cases)("Keras agrees: $title", ({ net, dtype }) => {
  const tolerance = tolerances[dtype];
  const y = fixture.targets[net.loss];

  test("on outputs, loss and every gradient", () => {
    const model = build(net, { dtype, optimizer: walks.sgd() });
    expectClose(model.predict(fixture.x), net.prediction, { tolerance });
    const { loss, gradients } = model.lossAndGradients(fixture.x, y);
    expectClose(loss, net.lossValue, { tolerance });
    expectClose(flat(gradients), net.gradients.flat(2), { tolerance });
  });

  test.each(Object.keys(walks) as Walk[])("on 20 steps of %s", async (walk) => {
    const model = build(net, { dtype, optimizer: walks[walk]() });
    const { history } = await model.fit(fixture.x, y, { epochs: 20, batchSize: 8, shuffle: false });
    expectClose(history.loss, net.trajectories[walk].losses, { tolerance });
    expectClose(flat(model.weights), net.trajectories[walk].weights.flat(2), { tolerance });
  });
});

test("Keras agrees on every activation from -1000 to 1000", () => {
  const { x, y, softmaxX, softmaxY } = fixture.activations;
  for (const [name, expected] of Object.entries(y)) {
    expectClose(activations[name as ActivationName].apply([x]).row(0), expected, { tolerance: 1e-14 });
  }
  expectClose(activations.softmax.apply(softmaxX).toArray(), softmaxY, { tolerance: 1e-14 });
});

test("the fixtures cover every loss, optimizer and trainable activation", () => {
  const used = new Set([
    ...fixture.nets.flatMap(({ loss, hidden, output }) => [loss, hidden, output]),
    ...training.losses.map(({ loss }) => loss),
    ...Object.keys(training.activations.y),
  ]);
  const trainable = Object.values(activations).filter((activation) => activation.differentiable);
  for (const name of [...Object.keys(losses), ...trainable.map(({ name }) => name)])
    expect(used).toContain(name);
  const walked = [...Object.keys(fixture.nets[0].trajectories), ...Object.keys(training.optimizers)];
  expect(walked).toEqual(expect.arrayContaining(Object.keys(optimizers)));
});
