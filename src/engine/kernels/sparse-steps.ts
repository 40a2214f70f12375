import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import { benchBytes, type Machine } from "./machine.js";
import { adamStep, sgdStep, type AdamSettings } from "./optimizer-steps.js";
import { gradientRow, type SparseBatch } from "./sparse-products.js";

/**
 * Steps of optimizers with a gradient that is never written out: row k of Xᵀ·dZ is made, used and forgotten. Every weight moves as
 * in the dense step, to the last bit, also where the slope is 0 and only the moments fade. The loops here are the definition.
 */

/** The gradient Xᵀ·dZ of a layer's weights, as its two factors. X has been sorted by `turnRows`. */
export interface SparseGradient {
  readonly x: SparseBatch;
  readonly dz: FloatArray;
}

/** W ← W - η Xᵀ·dZ */
export function sparseSgdStep(w: FloatArray, { x, dz }: SparseGradient, eta: number): void {
  const { cols, columnStarts, rowNumbers, turnedValues } = x;
  const units = w.length / cols;
  const arrays = [columnStarts, rowNumbers, turnedValues, dz, w];
  const done = machineFor(units)?.run(arrays, { written: [4] }, (on, at) =>
    on.sparseSgdStep(at[0], at[1], at[2], at[3], at[4], cols, units, eta),
  );
  if (done === true) return;
  const row = w.slice(0, units);
  for (let k = 0; k < cols; k++) {
    if (columnStarts[k] === columnStarts[k + 1]) continue;
    gradientRow(x, dz, k, row);
    sgdStep(w.subarray(k * units, (k + 1) * units), row, eta);
  }
}

/** `adamStep` with the slopes Xᵀ·dZ */
export function sparseAdamStep(
  { w, m, v }: Readonly<Record<"w" | "m" | "v", FloatArray>>,
  { x, dz }: SparseGradient,
  settings: AdamSettings,
): void {
  const { cols, columnStarts, rowNumbers, turnedValues } = x;
  const units = w.length / cols;
  const { alpha, beta1, beta2, epsilon, decay = 0 } = settings;
  const arrays = [columnStarts, rowNumbers, turnedValues, dz, w, m, v];
  const done = machineFor(units)?.run(arrays, { written: [4, 5, 6] }, (on, at) =>
    on.sparseAdamStep(
      ...([at[0], at[1], at[2], at[3], at[4], at[5], at[6], cols, units] as const),
      ...([alpha, 1 - beta1, 1 - beta2, epsilon, decay] as const),
    ),
  );
  if (done === true) return;
  const g = w.slice(0, units);
  for (let k = 0; k < cols; k++) {
    gradientRow(x, dz, k, g);
    const part = (array: FloatArray): FloatArray => array.subarray(k * units, (k + 1) * units);
    adamStep({ w: part(w), g, m: part(m), v: part(v) }, settings);
  }
}

/** The machine, unless a row of slopes is too long for its bench. */
function machineFor(units: number): Machine | undefined {
  return units * 4 <= benchBytes ? activeMachine() : undefined;
}
