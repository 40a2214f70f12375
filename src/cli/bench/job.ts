/** A layer of a job's net: Dense with this activation, and dropout of this rate behind it. */
export interface JobLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: "sigmoid" | "relu" | "softmax";
  readonly dropout: number;
}

export interface TrainingJob {
  readonly kind: "training";
  readonly name: string;
  /** For the table: "12-30-12-8-1, Adam, batch 200, 200 epochs of 6,497". */
  readonly about: string;
  /** False if the data are a stand-in. */
  readonly real: boolean;
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  /** The rows are compressed. */
  readonly sparse: boolean;
  readonly layers: readonly JobLayer[];
  readonly loss: "binaryCrossentropy" | "categoricalCrossentropy";
  readonly optimizer: {
    readonly name: "adam" | "sgd";
    readonly learningRate: number;
    /** Of Adam: the same for all, although the libraries' defaults differ. */
    readonly epsilon: number;
  };
  readonly batchSize: number;
  readonly epochs: number;
}

/** Two square matrices of `size`, multiplied `times` times. */
export interface ProductJob {
  readonly kind: "product";
  readonly name: string;
  readonly about: string;
  readonly real: boolean;
  readonly size: number;
  readonly times: number;
}

export type Job = TrainingJob | ProductJob;

/** How many rows of predictions two libraries are compared in. */
export const comparedRows = 2000;

/** What a worker is asked, one JSON line each; it answers each with one. */
export type Question =
  /** Reads the job of a folder; answers `{}`. */
  | { readonly ask: "prepare"; readonly folder: string }
  /** The timed run, from the first weights, with dropout; `epochs` may be a part of the job's. Answers `{ seconds }`. */
  | { readonly ask: "train"; readonly epochs: number }
  /** The same without dropout, then writes what it predicts, in float32, into the file `to`. Answers `{}`. */
  | { readonly ask: "predict"; readonly epochs: number; readonly to: string }
  /** Of the engine's worker only: peak memory so far. Answers `{ megabytes }`. */
  | { readonly ask: "memory" }
  /** Of the engine's worker only: the newsgroups job from the archive on. Answers `{ seconds, megabytes }`. */
  | { readonly ask: "newsgroups from the archive" };

export interface Answer {
  readonly seconds?: number;
  readonly megabytes?: number;
}
