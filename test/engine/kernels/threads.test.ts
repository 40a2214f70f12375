import { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  adam,
  dense,
  dropout,
  Matrix,
  type Optimizer,
  Random,
  Sequential,
  setBackend,
  setThreadSpawner,
  sgd,
  SparseMatrix,
  usesThreads,
} from "../../../src/engine/index.js";
import { activeMachine } from "../../../src/engine/kernels/backend.js";
import { forSharedMemory } from "../../../src/engine/kernels/shared-module.js";
import { type Part, Team } from "../../../src/engine/kernels/team.js";
import { helperThread } from "../../../src/helper-thread.js";
import { wasmInstalled } from "./install-wasm.js";

let before: ReturnType<typeof setThreadSpawner>;
beforeAll(() => (before = setThreadSpawner(helperThread)));
afterAll(() => setThreadSpawner(before));
afterEach(() => setBackend(wasmInstalled ? "wasm" : "typescript"));

/** Lets the helper start, so that it does take part. */
async function helperReady(): Promise<void> {
  for (let i = 0; i < 400 && activeMachine()?.helperReady !== true; i++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(activeMachine()?.helperReady).toBe(true);
}

function words(rows: number, cols: number): SparseMatrix {
  const random = new Random(5);
  const dense = Matrix.zeros(rows, cols);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < 40; i++) dense.data[r * cols + Math.floor(cols * random.uniform() ** 3)] = 1;
  return SparseMatrix.fromMatrix(dense);
}

async function trained(optimizer: Optimizer, threads: 1 | 2): Promise<Float32Array> {
  setBackend("wasm", { threads });
  if (threads === 2) await helperReady();
  const x = words(200, 3000);
  const y = Array.from({ length: 200 }, (_, i) => [i % 7]);
  const model = new Sequential({
    seed: 3,
    layers: [
      dense(96, { activation: "relu", inputDim: 3000 }),
      dropout(0.5),
      dense(64, { activation: "relu" }),
      dense(7, { activation: "softmax" }),
    ],
  });
  model.compile({ loss: "sparseCategoricalCrossentropy", optimizer });
  await model.fit(x, y, { epochs: 2, batchSize: 64, verbose: 0 });
  return Float32Array.from([
    ...model.layers.flatMap((layer) => Object.values(layer.weights).flatMap(({ data }) => [...data])),
    ...model.predict(x).data,
  ]);
}

describe.skipIf(!wasmInstalled)("two threads", () => {
  test.each([
    ["adam", () => adam()],
    ["sgd", () => sgd()],
  ])("train a large network with %s to the same last bit as one", async (_name, optimizer) => {
    const one = await trained(optimizer(), 1);
    expect(usesThreads()).toBe(1);
    const two = await trained(optimizer(), 2);
    expect(usesThreads()).toBe(2);
    expect(two.findIndex((value, i) => value !== one[i])).toBe(-1);
  });

  test("multiply large matrices as one does", async () => {
    const random = new Random(1);
    const make = (rows: number, cols: number): number[][] =>
      Array.from({ length: rows }, () => Array.from({ length: cols }, () => random.normal()));
    const [x, w] = [make(133, 70), make(70, 61)];
    const product = (): number[] => {
      const layer = dense(61, { inputDim: 70, useBias: false });
      const model = new Sequential({ layers: [layer] });
      layer.weights = { kernel: w };
      return [...model.predict(x, { batchSize: 133 }).data];
    };
    setBackend("wasm");
    const one = product();
    setBackend("wasm", { threads: 2 });
    await helperReady();
    const two = product();
    expect(two.findIndex((value, i) => value !== one[i])).toBe(-1);
  });

  test("a model made before stays right", async () => {
    setBackend("wasm");
    const model = new Sequential({ seed: 1, layers: [dense(300, { inputDim: 40 }), dense(2)] });
    const x = [Array.from({ length: 40 }, (_, i) => i / 40)];
    const one = [...model.predict(x).data];
    setBackend("wasm", { threads: 2 });
    await helperReady();
    expect([...model.predict(x).data]).toEqual(one);
  });

  test("are one where no thread can be started", () => {
    const spawner = setThreadSpawner(undefined);
    setBackend("wasm", { threads: 2 });
    expect(usesThreads()).toBe(1);
    setThreadSpawner(spawner);
  });

  test("are one or two", () => {
    expect(() => setBackend("wasm", { threads: 4 as 2 })).toThrow("setBackend: threads is 1 or 2, got 4");
  });

  test("only a memory with a maximum is made shareable", () => {
    // (module (import "env" "memory" (memory 1)))
    const module = Uint8Array.of(
      ...[0, 97, 115, 109, 1, 0, 0, 0],
      ...[2, 15, 1, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 0, 1],
    );
    expect(() => forSharedMemory(module)).toThrow("do not import a memory with a maximum");
    const limited = Uint8Array.of(...module.subarray(0, 8), 2, 16, ...module.subarray(10, 23), 1, 1, 2);
    expect(forSharedMemory(limited).at(-3)).toBe(3);
    expect(limited.at(-3)).toBe(1);
  });
});

describe("a team", () => {
  /** Takes parts as the helper does, but never gets round to them. */
  const idle: ReturnType<typeof setThreadSpawner> = () => {};

  test("does all parts itself while the helper sleeps", () => {
    const spawner = setThreadSpawner(idle);
    const done: number[] = [];
    const start = { module: {}, memory: {}, bench: 0, kernels: [] };
    const team = new Team(start, (_kernel, args) => done.push(args[0]));
    expect(team.ready).toBe(false);
    team.run(Array.from({ length: 8 }, (_, i): Part => [0, [i]]));
    team.run([[0, [9]]]);
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9]);
    setThreadSpawner(spawner);
  });

  test.skipIf(!wasmInstalled)("does each part once, in thousands of rounds", async () => {
    setBackend("wasm", { threads: 2 });
    await helperReady();
    const model = new Sequential({ seed: 1, layers: [dense(64, { inputDim: 64 })] });
    const x = Array.from({ length: 64 }, (_, r) => Array.from({ length: 64 }, (_, c) => (r * c) % 5));
    const first = [...model.predict(x).data];
    for (let i = 0; i < 3000; i++) expect(model.predict(x).data[i % 4096]).toBe(first[i % 4096]);
  });

  test("lets the process end", async () => {
    const script = `
      const { Worker } = require("node:worker_threads");
      const shared = new Int32Array(new SharedArrayBuffer(4));
      new Worker("Atomics.wait(require('node:worker_threads').workerData, 0, 0)", { eval: true, workerData: shared }).unref();`;
    const worker = new Worker(script, { eval: true });
    expect(await new Promise((resolve) => worker.on("exit", resolve))).toBe(0);
  });
});
