import {
  activation,
  adam,
  batchNormalization,
  dense,
  dropout,
  exponentialDecay,
  flatten,
  input,
  l1l2,
  leakyRelu,
  Matrix,
  maxNorm,
  metrics,
  Random,
  randomNormal,
  Sequential,
  softmax,
} from "../../../src/engine/index.js";
import type { CompileOptions, Dtype } from "../../../src/engine/index.js";

const random = new Random(2);

export const x: Matrix = Matrix.zeros(40, 5).map(() => random.normal());
export const y: Matrix = Matrix.zeros(40, 3).map((_, r, c) => (r % 3 === c ? 1 : 0));

/** A net with every layer and most kinds of options. */
export function everything({
  dtype = "float32",
  ...compile
}: Partial<CompileOptions> & { dtype?: Dtype } = {}): Sequential {
  return new Sequential({
    seed: 3,
    dtype,
    name: "everything",
    layers: [
      input(5),
      dense(8, {
        name: "first",
        activation: leakyRelu({ slope: 0.1 }),
        kernelInitializer: randomNormal({ standardDeviation: 0.4 }),
        kernelRegularizer: l1l2({ l1: 0.001, l2: 0.002 }),
        kernelConstraint: maxNorm(3),
      }),
      batchNormalization({ momentum: 0.9 }),
      activation("gelu"),
      dropout(0.3),
      flatten(),
      dense(6, { activation: "tanh", useBias: false, activityRegularizer: "l2" }),
      dense(3),
      activation(softmax({ temperature: 1.5 })),
    ],
  }).compile({
    loss: "categoricalCrossentropy",
    optimizer: adam({
      learningRate: exponentialDecay({ learningRate: 0.01, decaySteps: 10, decayRate: 0.9 }),
      clipNorm: 1,
    }),
    metrics: ["accuracy", metrics.topKAccuracy({ k: 2, name: "topTwo" })],
    ...compile,
  });
}

/** A small trained net, of which every byte can be changed in turn. */
export async function small(): Promise<Sequential> {
  const net = new Sequential({
    seed: 1,
    layers: [dense(2, { inputDim: 2, activation: "tanh" }), batchNormalization(), dropout(0.5), dense(1)],
  });
  net.compile({ loss: "mse", optimizer: adam(), metrics: ["mae"] });
  await net.fit([[0, 1], [1, 0], [1, 1]], [1, 1, 0], { epochs: 2 }); // prettier-ignore
  return net;
}

/** All numbers of a model, as text: equal only if every bit is. */
export function bits(model: Sequential): string {
  return JSON.stringify(
    model.weights.map((layer) => Object.entries(layer).map(([name, m]) => [name, ...m.data])),
  );
}
