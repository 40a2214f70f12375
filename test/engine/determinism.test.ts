import { describe, expect, test } from "vitest";
import {
  adam,
  backend,
  batchNormalization,
  dense,
  dropout,
  Matrix,
  momentum,
  Random,
  rmsprop,
  Sequential,
} from "../../src/engine/index.js";
import type { ActivationName, CompileOptions, FitOptions, Layer } from "../../src/engine/index.js";

const random = new Random(77);
const x = Matrix.zeros(40, 5).map(() => random.normal());
const quantities = Matrix.zeros(40, 2).map((_, r, c) => x.at(r, c) * x.at(r, 4) + 0.1 * random.normal());
const classes = Matrix.zeros(40, 3).map((_, r, c) => (r % 3 === c ? 1 : 0));
const sides = Matrix.zeros(40, 1).map((_, r) => (x.at(r, 0) > x.at(r, 1) ? 1 : 0));

interface Job {
  readonly layers: () => Layer[];
  readonly compile: () => CompileOptions;
  readonly y: Matrix;
  readonly fit?: FitOptions;
}

const hidden = (activation: ActivationName): Layer => dense(7, { activation, inputDim: 5 });

/** Between them: every kernel, eˣ and tanh and logarithms, random masks, running statistics, short and long arrays. */
const jobs: Record<string, Job> = {
  "sigmoid, softmax, adam": {
    layers: () => [hidden("sigmoid"), dense(3, { activation: "softmax" })],
    compile: () => ({ loss: "categoricalCrossentropy", optimizer: adam({ learningRate: 0.01 }) }),
    y: classes,
  },
  "tanh, dropout, batch normalization, momentum": {
    layers: () => [hidden("tanh"), batchNormalization(), dropout(0.3), dense(2)],
    compile: () => ({ loss: "mse", optimizer: momentum({ learningRate: 0.01 }), metrics: ["mae"] }),
    y: quantities,
  },
  "gelu, a wide layer, sigmoid at the end, rmsprop": {
    layers: () => [
      hidden("gelu"),
      dense(40, { activation: "relu" }),
      dense(30, { activation: "softplus" }),
      dense(1, { activation: "sigmoid" }),
    ],
    compile: () => ({ loss: "binaryCrossentropy", optimizer: rmsprop(), metrics: ["accuracy"] }),
    y: sides,
    fit: { batchSize: 1 },
  },
};

/** The bytes of every weight and every figure of the history in 32 bits (FNV-1a). */
async function fingerprint({ layers, compile, y, fit }: Job, dtype: "float32" | "float64"): Promise<string> {
  const model = new Sequential({ seed: 12, dtype, layers: layers() }).compile(compile());
  const { history } = await model.fit(x, y, { epochs: 30, batchSize: 16, ...fit });
  const weights = model.weights.flatMap((layer) => Object.values(layer).map(({ data }) => data));
  let hash = 0x811c9dc5;
  for (const numbers of [
    ...weights,
    ...Object.values(history).map((figures) => Float64Array.from(figures)),
  ]) {
    for (const byte of new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))
      hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/**
 * What Node 20, 22 and 24 all gave (x64). A change of these is a change of every result that anybody has noted, so it needs a reason;
 * the new values are those that the failing test prints.
 */
const golden: Record<string, Record<string, string>> = {
  "typescript float32": {
    "sigmoid, softmax, adam": "894921ef",
    "tanh, dropout, batch normalization, momentum": "7bbbfaef",
    "gelu, a wide layer, sigmoid at the end, rmsprop": "d2ade1aa",
  },
  "wasm float32": {
    "sigmoid, softmax, adam": "91765762",
    "tanh, dropout, batch normalization, momentum": "7e7b8945",
    "gelu, a wide layer, sigmoid at the end, rmsprop": "c9673c7e",
  },
  float64: {
    "sigmoid, softmax, adam": "3796e4a5",
    "tanh, dropout, batch normalization, momentum": "162d6923",
    "gelu, a wide layer, sigmoid at the end, rmsprop": "ab1e5020",
  },
};

describe.each(["float32", "float64"] as const)("%s", (dtype) => {
  const which = dtype === "float64" ? dtype : `${backend()} ${dtype}`;
  test.each(Object.keys(jobs))(
    "%s: the same seed gives the same bits, again and on every Node",
    async (name) => {
      const first = await fingerprint(jobs[name], dtype);
      expect(await fingerprint(jobs[name], dtype)).toBe(first);
      expect({ [name]: first }).toEqual({ [name]: golden[which][name] });
    },
  );
});
