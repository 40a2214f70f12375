import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";

/** Loops over single elements that take time in large networks. The loops here are the definition; WebAssembly gives the same bits. */

/** Which elements to drop, and what the others are multiplied by. */
export interface DropSettings {
  /** Random bits below it drop an element: a whole number below 2^32. */
  readonly threshold: number;
  readonly kept: number;
}

/** maskᵢ = 0 where bitsᵢ, read without sign, are below the threshold, else `kept`; y = x · mask. */
export function dropElements(
  { bits, x, mask, y }: { readonly bits: Int32Array } & Readonly<Record<"x" | "mask" | "y", FloatArray>>,
  { threshold, kept }: DropSettings,
): void {
  const n = mask.length;
  const done = activeMachine()?.run([bits, x, mask, y], { written: [2, 3] }, (on, at) =>
    on.dropElements(at[0], at[1], at[2], at[3], n, threshold, kept),
  );
  if (done === true) return;
  for (let i = 0; i < n; i++) {
    mask[i] = bits[i] >>> 0 < threshold ? 0 : kept;
    y[i] = x[i] * mask[i];
  }
}

/** y = a · b, element by element */
export function multiplyElements(a: FloatArray, b: FloatArray, y: FloatArray): void {
  const done = activeMachine()?.run([a, b, y], { written: [2] }, (on, at) =>
    on.multiplyElements(at[0], at[1], at[2], y.length),
  );
  if (done === true) return;
  for (let i = 0; i < y.length; i++) y[i] = a[i] * b[i];
}

/** The place of the first number that is NaN or infinite, or -1. */
export function firstNotFinite(numbers: FloatArray): number {
  const machine = activeMachine();
  const address = machine?.addressOf(numbers);
  if (machine !== undefined && address !== undefined)
    return machine.functions.firstNotFinite(address, numbers.length);
  // A finite number times 0 is 0; NaN and Infinity give NaN. A copy into the memory of the machine would take longer.
  for (let i = 0; i < numbers.length; i++) if (numbers[i] * 0 !== 0) return i;
  return -1;
}
