import { copyRows, makeBatchRows } from "./inputs.js";
import { Matrix } from "./matrix.js";
import type { Random } from "./random.js";
import type { Batch, Samples } from "./training-data.js";

export interface BatchesOptions {
  readonly batchSize: number;
  /** Where the order of the rows comes from; undefined keeps it. */
  readonly order: Random | undefined;
}

/** Cuts samples into batches, epoch after epoch, in buffers that are made once. The last batch may be smaller. */
export class Batches {
  readonly count: number;
  readonly #samples: Samples;
  readonly #batchSize: number;
  readonly #order: Random | undefined;
  readonly #indices: Uint32Array;
  readonly #full: Batch;
  readonly #rest: Batch;
  /** The batch that lies in its buffer already: rows that keep their order and fit into one batch are copied once. */
  #still: boolean = false;

  constructor(samples: Samples, { batchSize, order }: BatchesOptions) {
    const { rows } = samples.x;
    this.count = Math.ceil(rows / batchSize);
    this.#samples = samples;
    this.#batchSize = batchSize;
    this.#order = order;
    this.#indices = Uint32Array.from({ length: rows }, (_, i) => i);
    this.#full = makeBatch(samples, Math.min(batchSize, rows));
    this.#rest = rows % batchSize === 0 ? this.#full : makeBatch(samples, rows % batchSize);
  }

  /** A new order, if one is wanted: from 0, 1, 2, ... each time, so that it depends on the generator alone, not on earlier fits. */
  beginEpoch(): void {
    if (this.#order === undefined) return;
    const indices = this.#indices;
    for (let i = 0; i < indices.length; i++) indices[i] = i;
    this.#order.shuffle(indices);
  }

  /** The rows of the batch with this number, counted from 0; overwritten by the next call. */
  take(number: number): Batch {
    const batch = number === this.count - 1 ? this.#rest : this.#full;
    if (this.#still) return batch;
    const start = number * this.#batchSize;
    const { x, y, weight } = this.#samples;
    copyRows(x, batch.x, this.#indices, start);
    copyRows(y, batch.y, this.#indices, start);
    if (weight !== undefined && batch.weight !== undefined) {
      for (let r = 0; r < batch.weight.length; r++) batch.weight[r] = weight[this.#indices[start + r]];
    }
    this.#still = this.#order === undefined && this.count === 1;
    return batch;
  }
}

function makeBatch({ x, y, weight }: Samples, rows: number): Batch {
  return {
    x: makeBatchRows(x, rows, y.dtype),
    y: Matrix.zeros(rows, y.cols, { dtype: y.dtype, longLived: true }),
    weight: weight && new Float64Array(rows),
  };
}
