// The engine, in a process of its own: started by bench.
import {
  adam,
  dense,
  dropout,
  Matrix,
  Sequential,
  sgd,
  SparseMatrix,
  type DenseWeightValues,
} from "../../index.js";
import { comparedRows, type Answer, type TrainingJob } from "./job.js";
import { readFloats, readIntegers, readJob } from "./job-files.js";
import { newsgroupsData } from "./jobs.js";
import { answerQuestions, type Prepared } from "./worker.js";

function prepare(folder: string): Prepared {
  const job = readJob(folder);
  if (job.kind === "product") {
    const shape = [job.size, job.size] as const;
    const a = Matrix.fromArray(readFloats(folder, "a.f32"), shape, { dtype: "float32" });
    const b = Matrix.fromArray(readFloats(folder, "b.f32"), shape, { dtype: "float32" });
    return {
      train: (epochs) => {
        const started = performance.now();
        for (let i = 0; i < job.times * epochs; i++) a.matmul(b);
        return Promise.resolve(secondsSince(started));
      },
      predict: () => Promise.resolve(Float32Array.from(a.matmul(b).data)),
    };
  }
  const x = readRows(folder, job);
  const y = Matrix.fromArray(readFloats(folder, "y.f32"), [job.rows, job.outputs], { dtype: "float32" });
  const fit = async (
    epochs: number,
    withDropout: boolean,
  ): Promise<{ model: Sequential; seconds: number }> => {
    const model = makeModel(folder, job, withDropout);
    const started = performance.now();
    await model.fit(x, y, { epochs, batchSize: job.batchSize, shuffle: false, verbose: 0 });
    return { model, seconds: secondsSince(started) };
  };
  return {
    train: async (epochs) => (await fit(epochs, true)).seconds,
    predict: async (epochs) => {
      const { model } = await fit(epochs, false);
      return Float32Array.from(model.predict(x.sliceRows(0, comparedRows)).data);
    },
  };
}

function readRows(folder: string, { rows, inputs, sparse }: TrainingJob): Matrix | SparseMatrix {
  if (!sparse) return Matrix.fromArray(readFloats(folder, "x.f32"), [rows, inputs], { dtype: "float32" });
  return new SparseMatrix([rows, inputs], {
    rowStarts: readIntegers(folder, "row_starts.i32"),
    columns: readIntegers(folder, "columns.i32"),
    values: readFloats(folder, "values.f32"),
  });
}

function makeModel(folder: string, job: TrainingJob, withDropout: boolean): Sequential {
  const { name, learningRate, epsilon } = job.optimizer;
  const model = new Sequential({ seed: 1 });
  job.layers.forEach(({ inputs, units, activation, dropout: rate }, i) => {
    const layer = dense(units, { activation, inputDim: inputs });
    model.add(layer);
    const values: DenseWeightValues = {
      kernel: Matrix.fromArray(readFloats(folder, `kernel${i}.f32`), [inputs, units]),
      bias: Matrix.fromArray(readFloats(folder, `bias${i}.f32`), [1, units]),
    };
    layer.weights = values;
    if (rate > 0 && withDropout) model.add(dropout(rate));
  });
  const optimizer = name === "adam" ? adam({ learningRate, epsilon }) : sgd({ learningRate });
  return model.compile({ loss: job.loss, optimizer });
}

function newsgroupsModel(): Sequential {
  const model = new Sequential({ seed: 1 });
  model.add(dense(256, { activation: "relu", inputDim: 10_000 })).add(dropout(0.5));
  model.add(dense(128, { activation: "relu" })).add(dropout(0.5));
  model.add(dense(20, { activation: "softmax" }));
  return model.compile({ loss: "categoricalCrossentropy", optimizer: adam() });
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}

function peakMegabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

async function fromTheArchive(): Promise<Answer> {
  const started = performance.now();
  const { x, y } = newsgroupsData();
  const model = newsgroupsModel();
  await model.fit(x, y, { batchSize: 128, verbose: 0 });
  return { seconds: secondsSince(started), megabytes: peakMegabytes() };
}

await answerQuestions(prepare, {
  memory: () => ({ megabytes: peakMegabytes() }),
  "newsgroups from the archive": fromTheArchive,
});
