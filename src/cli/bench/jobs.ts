import {
  dense,
  loadIris,
  loadNewsgroups,
  loadWine,
  Matrix,
  oneHot,
  Random,
  Sequential,
  shuffle,
  standardize,
  Tokenizer,
  type SparseMatrix,
} from "../../index.js";
import { findDataFile } from "../../datasets/files.js";
import { newsgroupsFile } from "../../datasets/newsgroups.js";
import { wineFiles } from "../../datasets/wine.js";
import type { JobLayer, ProductJob, TrainingJob } from "./job.js";
import { writeJob, writeNumbers, writeTraining } from "./job-files.js";

/** Makes the files of a job in a folder. */
type JobMaker = (folder: string) => void;

/** The course's own jobs, and the product that all large layers come down to. */
export const jobs: Readonly<Record<string, JobMaker>> = { xor, iris, wine, newsgroups, gemm };

/**
 * Keras and scikit-learn add epsilon to √v, PyTorch and tfjs to √(v / (1 - β₂ᵗ)). Beside the small slopes of a large net the usual
 * 1e-7 is no small number: after an epoch of newsgroups some predictions differ by 0.8. With 1e-12 all libraries agree.
 */
const adam = { name: "adam", learningRate: 0.001, epsilon: 1e-12 } as const;

function xor(folder: string): void {
  const x = Matrix.from([[0, 0], [0, 1], [1, 0], [1, 1]]); // prettier-ignore
  makeTraining(folder, {
    name: "xor",
    about: "2-4-1, sigmoid, SGD, 10,000 full-batch steps",
    real: true,
    data: { x, y: Matrix.from([[0], [1], [1], [0]]) },
    sizes: [4, 1],
    activations: ["sigmoid", "sigmoid"],
    loss: "binaryCrossentropy",
    optimizer: { name: "sgd", learningRate: 1, epsilon: 0 },
    batchSize: 4,
    epochs: 10_000,
  });
}

function iris(folder: string): void {
  const { x, y } = shuffle(loadIris());
  makeTraining(folder, {
    name: "iris",
    about: "4-16-3, Adam, batch 1, 50 epochs of 150: 7,500 steps",
    real: true,
    data: { x, y },
    sizes: [16, 3],
    activations: ["relu", "softmax"],
    loss: "categoricalCrossentropy",
    optimizer: adam,
    batchSize: 1,
    epochs: 50,
  });
}

function wine(folder: string): void {
  // Chosen here, so that the loader prints no notice between the lines of --json.
  const synthetic = wineFiles.some(({ name }) => findDataFile(name) === undefined);
  const table = loadWine({ synthetic });
  const order = new Random(0).permutation(table.x.rows);
  makeTraining(folder, {
    name: "wine",
    about: "12-30-12-8-1, Adam, batch 200, 200 epochs of 6,497",
    real: !table.synthetic,
    data: {
      x: standardize(table.x).takeRows(order),
      y: Matrix.from(order.map((row) => [table.codes[row]])),
    },
    sizes: [30, 12, 8, 1],
    activations: ["relu", "relu", "relu", "sigmoid"],
    loss: "binaryCrossentropy",
    optimizer: adam,
    batchSize: 200,
    epochs: 200,
  });
}

/** Where the validation rows of the newsgroups job begin: nine tenths of 11,314. */
const trainingShare = 0.9;

function newsgroups(folder: string): void {
  const { x, y, real } = newsgroupsData();
  makeTraining(folder, {
    name: "newsgroups",
    about: `10000-256-128-20, dropout 0.5, Adam, batch 128, 1 epoch of ${x.rows.toLocaleString("en")}`,
    real,
    data: { x, y },
    sizes: [256, 128, 20],
    activations: ["relu", "relu", "softmax"],
    dropout: 0.5,
    loss: "categoricalCrossentropy",
    optimizer: adam,
    batchSize: 128,
    epochs: 1,
  });
}

/** The rows that the newsgroups job trains on: which of 10,000 words a post has. */
export function newsgroupsData(): { x: SparseMatrix; y: Matrix; real: boolean } {
  const synthetic = findDataFile(newsgroupsFile.name) === undefined;
  const { texts, codes } = loadNewsgroups({ subset: "train", synthetic });
  const rows = Math.floor(texts.length * trainingShare);
  const tokenizer = new Tokenizer({ numWords: 10_000 });
  tokenizer.fitOnTexts(texts);
  return {
    x: tokenizer.textsToMatrix(texts.slice(0, rows), { mode: "binary" }),
    y: oneHot(codes.slice(0, rows), { classes: 20 }),
    real: !synthetic,
  };
}

function gemm(folder: string): void {
  const job: ProductJob = {
    kind: "product",
    name: "gemm",
    about: "512x512 times 512x512 in float32, 20 times",
    real: true,
    size: 512,
    times: 20,
  };
  writeJob(folder, job);
  const random = new Random(512);
  const square = (): Float32Array => Float32Array.from({ length: job.size ** 2 }, () => random.normal());
  writeNumbers(folder, "a.f32", square());
  writeNumbers(folder, "b.f32", square());
}

interface Plan extends Pick<
  TrainingJob,
  "name" | "about" | "real" | "loss" | "optimizer" | "batchSize" | "epochs"
> {
  readonly data: { readonly x: Matrix | SparseMatrix; readonly y: Matrix };
  readonly sizes: readonly number[];
  readonly activations: readonly JobLayer["activation"][];
  /** Behind each layer but the last. */
  readonly dropout?: number;
}

function makeTraining(folder: string, plan: Plan): void {
  const { data, sizes, activations, dropout = 0, ...rest } = plan;
  const { x, y } = data;
  const layers = sizes.map((units, i) => ({
    inputs: i === 0 ? x.cols : sizes[i - 1],
    units,
    activation: activations[i],
    dropout: i === sizes.length - 1 ? 0 : dropout,
  }));
  const start = new Sequential({ seed: 1 });
  for (const { inputs, units, activation } of layers)
    start.add(dense(units, { activation, inputDim: inputs }));
  const job: TrainingJob = {
    kind: "training",
    ...rest,
    rows: x.rows,
    inputs: x.cols,
    outputs: y.cols,
    sparse: !(x instanceof Matrix),
    layers,
  };
  const weights = start.weights.map(({ kernel, bias }) => ({ kernel, bias }));
  writeTraining(folder, job, { x, y, weights });
}
