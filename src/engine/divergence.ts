import { DivergenceError } from "./divergence-error.js";
import { largestSize, type Inputs } from "./inputs.js";
import { firstNotFinite } from "./kernels/elements.js";
import type { Trainee } from "./network.js";

/** The first weight that is no finite number, `kernel holds NaN`; undefined if all are finite. */
export function unusableWeight(trainees: readonly Trainee[]): string | undefined {
  for (let i = 0; i < trainees.length; i++) {
    const { parameter } = trainees[i];
    const { data } = parameter.value;
    const bad = firstNotFinite(data);
    if (bad >= 0) return `${parameter.name} holds ${data[bad]}`;
  }
  return undefined;
}

export interface Divergence {
  /** What is no number: `the loss is NaN`. */
  readonly what: string;
  readonly epoch: number;
  readonly epochs: number;
  readonly batch: number;
  readonly batches: number;
  readonly learningRate: number;
  readonly inputs: Inputs;
}

/** The error of a training that left the numbers: where, and the most likely cause. */
export function divergenceError(divergence: Divergence): DivergenceError {
  const { what, epoch, epochs, batch, batches, learningRate, inputs } = divergence;
  const largest = largestSize(inputs);
  const cause =
    largest > 100
      ? `the inputs are large (up to ${Number(largest.toPrecision(3))}): standardize them, or lower the learning rate (${learningRate})`
      : `the learning rate ${learningRate} is too high: try a tenth of it`;
  return new DivergenceError(
    `fit: ${what} in epoch ${epoch + 1} of ${epochs}, batch ${batch + 1} of ${batches}. ` +
      `Most likely ${cause}. The model's weights are unusable now; make it anew.`,
    { epoch, batch },
  );
}
