import type { FloatArray } from "../dtype.js";
import { wasmAffine, wasmAffineInputGradient, wasmAffineWeightGradient } from "./wasm-affine.js";

/**
 * The three products of a dense layer, on flat row-major arrays that the caller has sized. Each inner loop runs over one
 * contiguous row. A zero factor is skipped: inputs that are mostly zeros (one-hot rows, word counts, ReLU outputs) cost
 * only their non-zeros. The loops here are the definition; in float32 WebAssembly does the same work where it can.
 */

/** Z = X·W + b. X is rows × inputs, W is inputs × units, b has `units` numbers (or is absent), Z is rows × units. */
export function affine(
  x: FloatArray,
  w: FloatArray,
  b: FloatArray | undefined,
  z: FloatArray,
  units: number,
): void {
  if (wasmAffine(x, w, b, z, units)) return;
  const rows = z.length / units;
  const inputs = rows === 0 ? 0 : x.length / rows;
  for (let r = 0; r < rows; r++) {
    const zStart = r * units;
    if (b === undefined) for (let j = 0; j < units; j++) z[zStart + j] = 0;
    else for (let j = 0; j < units; j++) z[zStart + j] = b[j];
    for (let k = 0; k < inputs; k++) {
      const factor = x[r * inputs + k];
      if (factor === 0) continue;
      const wStart = k * units;
      for (let j = 0; j < units; j++) z[zStart + j] += factor * w[wStart + j];
    }
  }
}

/** dW = Xᵀ·dZ and db = the column sums of dZ: what the loss's slope dZ means for the weights. Overwrites dW and db. */
export function affineWeightGradient(x: FloatArray, dz: FloatArray, dw: FloatArray, db: FloatArray): void {
  if (wasmAffineWeightGradient(x, dz, dw, db)) return;
  const units = db.length;
  const rows = dz.length / units;
  const inputs = dw.length / units;
  // By loops, because the few numbers of a small layer are set before a call of `fill` is done.
  for (let i = 0; i < dw.length; i++) dw[i] = 0;
  for (let j = 0; j < units; j++) db[j] = 0;
  for (let r = 0; r < rows; r++) {
    const zStart = r * units;
    for (let j = 0; j < units; j++) db[j] += dz[zStart + j];
    for (let k = 0; k < inputs; k++) {
      const factor = x[r * inputs + k];
      if (factor === 0) continue;
      const wStart = k * units;
      for (let j = 0; j < units; j++) dw[wStart + j] += factor * dz[zStart + j];
    }
  }
}

/** dX = dZ·Wᵀ: what the loss's slope dZ means for the inputs. Overwrites dX. */
export function affineInputGradient(dz: FloatArray, w: FloatArray, dx: FloatArray, units: number): void {
  if (wasmAffineInputGradient(dz, w, dx, units)) return;
  const rows = dz.length / units;
  const inputs = rows === 0 ? 0 : dx.length / rows;
  for (let r = 0; r < rows; r++) {
    const zStart = r * units;
    for (let k = 0; k < inputs; k++) {
      const wStart = k * units;
      let sum = 0;
      for (let j = 0; j < units; j++) sum += dz[zStart + j] * w[wStart + j];
      dx[r * inputs + k] = sum;
    }
  }
}
