import * as fs from "node:fs";
import * as path from "node:path";
import { SparseMatrix, type Matrix } from "../../index.js";
import type { Job, TrainingJob } from "./job.js";

type Numbers = Float32Array | Int32Array;

/** Raw little-endian numbers, which numpy, tfjs and we read alike. */
export function writeNumbers(folder: string, name: string, numbers: Numbers): void {
  fs.writeFileSync(
    path.join(folder, name),
    new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
  );
}

export function readFloats(folder: string, name: string): Float32Array {
  return new Float32Array(aligned(path.join(folder, name)));
}

export function readIntegers(folder: string, name: string): Int32Array {
  return new Int32Array(aligned(path.join(folder, name)));
}

function aligned(file: string): ArrayBuffer {
  return new Uint8Array(fs.readFileSync(file)).buffer;
}

export function writeJob(folder: string, job: Job): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "job.json"), JSON.stringify(job, null, 2));
}

export function readJob(folder: string): Job {
  return JSON.parse(fs.readFileSync(path.join(folder, "job.json"), "utf8")) as Job;
}

/** What a training job learns from, and where it begins. */
export interface TrainingData {
  readonly x: Matrix | SparseMatrix;
  /** float32, `[rows, outputs]`. */
  readonly y: Matrix;
  readonly weights: readonly { readonly kernel: Matrix; readonly bias: Matrix }[];
}

export function writeTraining(folder: string, job: TrainingJob, { x, y, weights }: TrainingData): void {
  writeJob(folder, job);
  if (x instanceof SparseMatrix) {
    writeNumbers(folder, "row_starts.i32", x.rowStarts);
    writeNumbers(folder, "columns.i32", x.columns);
    writeNumbers(folder, "values.f32", x.values);
  } else writeNumbers(folder, "x.f32", Float32Array.from(x.data));
  writeNumbers(folder, "y.f32", Float32Array.from(y.data));
  weights.forEach(({ kernel, bias }, i) => {
    writeNumbers(folder, `kernel${i}.f32`, Float32Array.from(kernel.data));
    writeNumbers(folder, `bias${i}.f32`, Float32Array.from(bias.data));
  });
}
