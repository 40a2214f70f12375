import type { FloatArray } from "../dtype.js";
import { activeMachine } from "./backend.js";
import type { KernelFunctions } from "./machine.js";

/**
 * The products of `affine.ts` in WebAssembly. Each function returns false, having done nothing, where plain TypeScript is to
 * compute: no WebAssembly, an array in float64, or a layer so small that the call costs more than it saves. That choice looks at
 * the weights only, never at the number of rows, so that a row's output does not depend on the rows around it.
 */

/** Measured: a layer with fewer weights is as fast in TypeScript. */
const leastWeights = 8;

/** From so many inputs on it pays to count the zeros of X, and to skip them if at most one number in eight is none. */
const leastInputsToCount = 64;
const mostNonZeros = 1 / 8;

/** From so many rows on, W is transposed once instead of taking dot products. */
const leastRowsToTranspose = 8;

export function wasmAffine(
  x: FloatArray,
  w: FloatArray,
  b: FloatArray | undefined,
  z: FloatArray,
  units: number,
): boolean {
  if (w.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || z.length === 0) return false;
  const rows = z.length / units;
  const inputs = w.length / units;
  const atX = machine.addressOf(x);
  const atW = machine.addressOf(w);
  const atB = b === undefined ? 0 : machine.addressOf(b);
  const atZ = machine.addressOf(z);
  if (atX !== undefined && atW !== undefined && atB !== undefined && atZ !== undefined) {
    const { functions } = machine;
    functions.affine(atX, atW, atB, atZ, rows, inputs, units, isSparse(functions, atX, rows, inputs));
    return true;
  }
  const arrays = [x, w, b, z];
  if (!areFloat32(arrays)) return false;
  machine.runOnCopies(arrays, { written: [3] }, (on, [toX, toW, toB, toZ]) =>
    on.affine(toX, toW, toB, toZ, rows, inputs, units, isSparse(on, toX, rows, inputs)),
  );
  return true;
}

export function wasmAffineWeightGradient(
  x: FloatArray,
  dz: FloatArray,
  dw: FloatArray,
  db: FloatArray,
): boolean {
  if (dw.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || dz.length === 0) return false;
  const units = db.length;
  const rows = dz.length / units;
  const inputs = dw.length / units;
  const atX = machine.addressOf(x);
  const atDz = machine.addressOf(dz);
  const atDw = machine.addressOf(dw);
  const atDb = machine.addressOf(db);
  if (atX !== undefined && atDz !== undefined && atDw !== undefined && atDb !== undefined) {
    const { functions } = machine;
    const sparse = isSparse(functions, atX, rows, inputs);
    functions.affineWeightGradient(atX, atDz, atDw, atDb, rows, inputs, units, sparse);
    return true;
  }
  const arrays = [x, dz, dw, db];
  if (!areFloat32(arrays)) return false;
  machine.runOnCopies(arrays, { written: [2, 3] }, (on, [toX, toDz, toDw, toDb]) =>
    on.affineWeightGradient(toX, toDz, toDw, toDb, rows, inputs, units, isSparse(on, toX, rows, inputs)),
  );
  return true;
}

export function wasmAffineInputGradient(
  dz: FloatArray,
  w: FloatArray,
  dx: FloatArray,
  units: number,
): boolean {
  if (w.length < leastWeights) return false;
  const machine = activeMachine();
  if (machine === undefined || dz.length === 0) return false;
  const rows = dz.length / units;
  const inputs = w.length / units;
  const room = rows < leastRowsToTranspose ? 0 : w.length;
  const atDz = machine.addressOf(dz);
  const atW = machine.addressOf(w);
  const atDx = machine.addressOf(dx);
  if (atDz !== undefined && atW !== undefined && atDx !== undefined) {
    const turned = room === 0 ? 0 : machine.borrow(room);
    if (room === 0 || turned !== 0) {
      machine.functions.affineInputGradient(atDz, atW, atDx, turned, rows, inputs, units);
      if (turned !== 0) machine.giveBack(turned, room);
      return true;
    }
  }
  const arrays = [dz, w, dx];
  if (!areFloat32(arrays)) return false;
  machine.runOnCopies(arrays, { written: [2], room }, (on, [toDz, toW, toDx, toRoom]) =>
    on.affineInputGradient(toDz, toW, toDx, room === 0 ? 0 : toRoom, rows, inputs, units),
  );
  return true;
}

/** Whether to skip the zeros of X, which lies at `x`. */
function isSparse(functions: KernelFunctions, x: number, rows: number, inputs: number): boolean {
  const size = rows * inputs;
  return inputs >= leastInputsToCount && functions.countNonZeros(x, size) <= size * mostNonZeros;
}

function areFloat32(arrays: readonly (FloatArray | undefined)[]): boolean {
  return arrays.every((array) => array === undefined || array instanceof Float32Array);
}
