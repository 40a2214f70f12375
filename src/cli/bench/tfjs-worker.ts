// TensorFlow.js on its WebAssembly backend, in a process of its own: started by bench as `tfjs-worker.js FOLDER`, where FOLDER has the
// packages in its node_modules. gradus does not depend on them, so their types are not there; what is used is written down here.
import { createRequire } from "node:module";
import * as path from "node:path";
import { comparedRows, type TrainingJob } from "./job.js";
import { readFloats, readIntegers, readJob } from "./job-files.js";
import { answerQuestions, type Prepared } from "./worker.js";

interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
  slice(begin: readonly number[], size: readonly number[]): Tensor;
}
interface TfModel {
  add(layer: unknown): void;
  setWeights(weights: readonly Tensor[]): void;
  compile(options: { optimizer: unknown; loss: string }): void;
  fit(x: Tensor, y: Tensor, options: Readonly<Record<string, unknown>>): Promise<unknown>;
  predict(x: Tensor, options: { batchSize: number }): Tensor;
}
interface TensorFlow {
  setBackend(name: string): Promise<boolean>;
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor;
  tensor1d(values: Float32Array): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  sequential(): TfModel;
  readonly layers: {
    dense(options: Readonly<Record<string, unknown>>): unknown;
    dropout(options: { rate: number }): unknown;
  };
  readonly train: {
    adam(rate: number, beta1: number, beta2: number, epsilon: number): unknown;
    sgd(rate: number): unknown;
  };
}

const requireFrom = createRequire(path.join(process.argv[2], "anything.js"));
const tf = requireFrom("@tensorflow/tfjs") as TensorFlow;
const wasm = requireFrom("@tensorflow/tfjs-backend-wasm") as { setThreadsCount(count: number): void };
wasm.setThreadsCount(1);
if (!(await tf.setBackend("wasm"))) throw new Error("the WebAssembly backend of tfjs does not start here");

function prepare(folder: string): Prepared {
  const job = readJob(folder);
  if (job.kind === "product") {
    const a = tf.tensor2d(readFloats(folder, "a.f32"), [job.size, job.size]);
    const b = tf.tensor2d(readFloats(folder, "b.f32"), [job.size, job.size]);
    return {
      train: (epochs) => {
        const started = performance.now();
        for (let i = 0; i < job.times * epochs; i++) tf.matMul(a, b).dispose();
        return Promise.resolve((performance.now() - started) / 1000);
      },
      predict: () => Promise.resolve(tf.matMul(a, b).dataSync()),
    };
  }
  const x = tf.tensor2d(denseRows(folder, job), [job.rows, job.inputs]);
  const y = tf.tensor2d(readFloats(folder, "y.f32"), [job.rows, job.outputs]);
  const start = job.layers.flatMap(({ inputs, units }, i) => [
    tf.tensor2d(readFloats(folder, `kernel${i}.f32`), [inputs, units]),
    tf.tensor1d(readFloats(folder, `bias${i}.f32`)),
  ]);
  const models = new Map<boolean, TfModel>();
  const hasDropout = job.layers.some(({ dropout }) => dropout > 0);
  const fit = async (epochs: number, dropout: boolean): Promise<{ model: TfModel; seconds: number }> => {
    const withDropout = dropout && hasDropout;
    const model = models.get(withDropout) ?? makeModel(job, withDropout);
    models.set(withDropout, model);
    model.setWeights(start);
    compile(model, job);
    const { batchSize } = job;
    const options = { batchSize, epochs, shuffle: false, verbose: 0, yieldEvery: "never" };
    const started = performance.now();
    await model.fit(x, y, options);
    return { model, seconds: (performance.now() - started) / 1000 };
  };
  return {
    train: async (epochs) => (await fit(epochs, true)).seconds,
    predict: async (epochs) => {
      const { model } = await fit(epochs, false);
      const rows = x.slice([0, 0], [Math.min(comparedRows, job.rows), job.inputs]);
      return model.predict(rows, { batchSize: 256 }).dataSync();
    },
  };
}

function makeModel(job: TrainingJob, withDropout: boolean): TfModel {
  const model = tf.sequential();
  job.layers.forEach(({ inputs, units, activation, dropout: rate }, i) => {
    model.add(tf.layers.dense({ units, activation, ...(i === 0 ? { inputShape: [inputs] } : {}) }));
    if (rate > 0 && withDropout) model.add(tf.layers.dropout({ rate }));
  });
  return model;
}

/** Anew before each run: an optimizer that begins without memory. */
function compile(model: TfModel, { optimizer, loss }: TrainingJob): void {
  const { name, learningRate, epsilon } = optimizer;
  model.compile({
    loss,
    optimizer:
      name === "adam" ? tf.train.adam(learningRate, 0.9, 0.999, epsilon) : tf.train.sgd(learningRate),
  });
}

function denseRows(folder: string, { rows, inputs, sparse }: TrainingJob): Float32Array {
  if (!sparse) return readFloats(folder, "x.f32");
  const starts = readIntegers(folder, "row_starts.i32");
  const columns = readIntegers(folder, "columns.i32");
  const values = readFloats(folder, "values.f32");
  const dense = new Float32Array(rows * inputs);
  for (let r = 0; r < rows; r++)
    for (let place = starts[r]; place < starts[r + 1]; place++)
      dense[r * inputs + columns[place]] = values[place];
  return dense;
}

await answerQuestions(prepare);
